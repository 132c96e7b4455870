"""What people may type when things move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from assets.transfers.states import KINDS, REMARK_KINDS, LineAction
from kernel.forms import ActionForm, AtMost, DateField, Required
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp

ARRIVALS = {
    "good": _lp("arrival", "Arrived, in order"),
    "damaged": _lp("arrival", "Arrived, damaged"),
    "missing": _lp("arrival", "Did not arrive"),
    "back": _lp("arrival", "Send back"),
}
ARRIVAL_ACTIONS = {
    "good": LineAction.ARRIVE,
    "damaged": LineAction.ARRIVE,
    "missing": LineAction.MISS,
    "back": LineAction.REFUSE,
}


class LinesForm(ActionForm):
    """Ticked lines, with a sentence about them."""

    lines = SelectMultipleField(_l("Items"), coerce=int, validate_choice=False)
    reason = TextAreaField(_l("Reason"), [AtMost(400)])


class ProposeForm(ActionForm):
    """Ticked items, and who shall answer for them."""

    items = SelectMultipleField(_l("Items"), coerce=int, validate_choice=False)
    to_person = HiddenField(_l("New person in charge"))
    reason = StringField(_l("Reason"), [AtMost(400)])


class RemarkForm(ActionForm):
    """What is wrong with an item in the own name."""

    kind = RadioField(
        _l("What do you want to say?"), [Required()], choices=list(REMARK_KINDS.items())
    )
    said = StringField(_l("What do you know of it?"), [AtMost(400)])


class SettleForm(ActionForm):
    """The storekeeper's answer to a remark."""

    act = HiddenField()
    answer = StringField(_l("Answer"), [AtMost(400)])


class PlaceForm(ActionForm):
    """A scan that puts an item into a room."""

    room = HiddenField()
    code = StringField(_l("Scan or type an item"), [AtMost(200)])


class BringForm(ActionForm):
    """Ticked items of another room."""

    room = HiddenField()
    items = SelectMultipleField(_l("Items"), coerce=int, validate_choice=False)


class MoveForm(ActionForm):
    """Another room for one item."""

    unit_id = SelectField(_l("Unit"), coerce=int)
    room = SelectField(_l("Room"), coerce=int)
    reason = StringField(_l("Reason"), [AtMost(400)])

    def offer(self, units: Sequence[Any], rooms: Sequence[Any], nowhere: str) -> None:
        """Fill the choices: the units the person may move to, and the rooms of the chosen one."""
        self.unit_id.choices = [(unit.id, unit.name) for unit in units]
        self.room.choices = [(0, nowhere), *((room.id, room.name) for room in rooms)]


def _number_or_none(value: object) -> int | None:
    return int(str(value)) if value not in (None, "", "None") else None


class PrepareForm(ActionForm):
    """The head of a transfer."""

    kind = RadioField(
        _l("Kind"), [Required()], choices=list(KINDS.items()), default=next(iter(KINDS))
    )
    from_unit_id = SelectField(_l("From unit"), coerce=int)
    to_unit_id = SelectField(_l("To unit"), [Required()], coerce=_number_or_none)
    reason = TextAreaField(_l("Reason"), [Required(), AtMost(400)])
    letter_no = StringField(_l("Letter number"), [AtMost(80)])
    letter_on = DateField(_l("Letter of"))

    def offer(self, mine: Sequence[Any], every: Sequence[Any]) -> None:
        """Fill the choices: units the person may send from, and all that can receive."""
        self.from_unit_id.choices = [(unit.id, unit.name) for unit in mine]
        self.to_unit_id.choices = [("", "–"), *((unit.id, unit.name) for unit in every)]


class ListForm(ActionForm):
    """A scan, or the things of a room, put on the list of a transfer."""

    code = StringField(_l("Scan or type an item"), [AtMost(200)])
    room = HiddenField()


class ReasonForm(ActionForm):
    """A button that asks for the reason."""

    reason = StringField(_l("Reason"), [AtMost(400)])


class ArrivalForm(ActionForm):
    """Where the things go that arrived; what is said of each item stands beside its line."""

    room = SelectField(_l("Put them into"), coerce=int)
    custodian = SelectField(_l("Person in charge from now on"), coerce=int)

    def offer(self, rooms: Sequence[Any], people: Sequence[Any], nobody: str) -> None:
        """Fill the choices: the rooms and the people of the receiving unit."""
        self.room.choices = [(0, nobody), *((room.id, room.name) for room in rooms)]
        self.custodian.choices = [(0, nobody), *((one.id, one.name) for one in people)]
