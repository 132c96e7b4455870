"""What somebody at the desk types when taking reports down."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as LongField

from helpdesk.tickets.forms import ASKED_KINDS, LONGEST_TEXT, PhotoForm
from helpdesk.tickets.states import KINDS, PRIORITIES, Kind, Priority
from kernel.forms import ActionForm, AtMost, Required
from kernel.i18n import lazy_gettext as _l


def _whole(value: Any) -> int:  # noqa: ANN401 - WTForms passes anything
    return int(value) if str(value).isdecimal() and len(str(value)) < 12 else 0


class ForSomebodyForm(PhotoForm):
    """A report on somebody else's behalf; person and item were chosen in the boxes above."""

    person = HiddenField()
    item = HiddenField()
    name = StringField(_l("Name of the caller"), [AtMost(120)])
    contact = StringField(
        _l("Phone or e-mail"),
        [AtMost(254)],
        description=_l("An e-mail address gets the private link at once."),
    )
    kind = RadioField(
        _l("What is it?"),
        [Required()],
        choices=[(kind, KINDS[kind]) for kind in ASKED_KINDS],
        default=Kind.REPAIR,
        validate_choice=False,
    )
    unit = SelectField(_l("School or group"), coerce=_whole, validate_choice=False)
    place = StringField(_l("Room or place"), [AtMost(120)])
    category = SelectField(_l("About what?"), validate_choice=False)
    priority = SelectField(
        _l("Priority"),
        choices=[(priority, face.label) for priority, face in PRIORITIES.items()],
        default=Priority.NORMAL,
        validate_choice=False,
    )
    detail = LongField(_l("What happens?"), [Required(), AtMost(LONGEST_TEXT)])


class ManyForm(ActionForm):
    """One report on many items."""

    items = SelectMultipleField(_l("Items"), coerce=_whole, validate_choice=False)
    detail = LongField(_l("What is wrong with each of them?"), [Required(), AtMost(LONGEST_TEXT)])
    category = SelectField(_l("About what?"), validate_choice=False)
    priority = SelectField(
        _l("Priority"),
        choices=[(priority, face.label) for priority, face in PRIORITIES.items()],
        default=Priority.NORMAL,
        validate_choice=False,
    )
    how = RadioField(
        _l("How many tickets?"),
        [Required()],
        choices=[
            ("each", _l("One for each item, held together by one over them")),
            ("one", _l("One for all of them")),
        ],
        default="each",
        validate_choice=False,
    )
