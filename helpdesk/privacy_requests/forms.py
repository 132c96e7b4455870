"""What people type about requests for own data."""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField

from helpdesk.privacy_requests.states import KINDS
from kernel.forms import ActionForm, AtMost, Required
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p


class AskForm(ActionForm):
    """What the person asks."""

    words = TextAreaField(_l("Anything we should know"), [AtMost(2000)])


class EnterForm(ActionForm):
    """What somebody asks at the office, by letter or telephone."""

    kind = SelectField(
        _l("What is asked for"), choices=[(one.value, label) for one, label in KINDS.items()]
    )
    contact = StringField(
        _p("privacy request", "Who"),
        [Required(), AtMost(300)],
        description=_l(
            "The guest’s tracking link, telephone or e-mail, or the full name of somebody who has "
            "left the office."
        ),
    )
    recognised = StringField(
        _l("How was the person recognised?"),
        [Required(), AtMost(300)],
        description=_l("Such as: called from the number on the report, showed the tracking link."),
    )
    words = TextAreaField(_l("What the person wrote"), [AtMost(2000)])


class WordsForm(ActionForm):
    """Why a request is refused."""

    words = TextAreaField(_l("The ground, as the person will read it"), [Required(), AtMost(500)])
