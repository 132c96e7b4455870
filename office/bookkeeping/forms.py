"""What an auditor looks for."""

from __future__ import annotations

from wtforms import SelectField, StringField

from kernel.forms import AtMost, DateField, Form
from kernel.i18n import lazy_gettext as _l


class AuditForm(Form):
    """Filters of the audit trail; they live in the address, so there is no token."""

    class Meta(Form.Meta):
        """A form that only reads."""

        csrf = False

    actor = StringField(_l("By whom"), [AtMost(200)])
    act = SelectField(_l("What was done"), validate_choice=False)
    kind = SelectField(_l("To what"), validate_choice=False)
    first = DateField(_l("From"))
    last = DateField(_l("To"))
