"""What people may type about systems and rights."""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, Required, WholeField
from kernel.i18n import lazy_gettext as _l


class GrantForm(ActionForm):
    """That an account was made; there is no field for a password."""

    account = StringField(_l("Name of the account"), [AtMost(120)])
    words = TextAreaField(_l("A word to the asker"), [AtMost(500)])


class WhyForm(ActionForm):
    """A button that asks for the reason."""

    words = StringField(_l("Reason"), [AtMost(300)])


class SystemForm(ActionForm):
    """A system with its owners and keepers, one name a line."""

    code = StringField(_l("Code"), [Required(), AtMost(20)])
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(160)])
    name_en = StringField(_l("Name in English"), [AtMost(160)])
    purpose = TextAreaField(_l("What it is for"), [AtMost(500)])
    unit_id = SelectField(_l("Unit"), [Required()])
    owners = TextAreaField(_l("Owners"), [Required(), AtMost(1000)])
    keepers = TextAreaField(_l("Keepers"), [Required(), AtMost(1000)])
    review_months = WholeField(_l("Reviewed every how many months"), [Required()])
    longest_months = WholeField(_l("Given for at most how many months"), [Required()])
