"""What people type about meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import MultipleFileField, SelectField, StringField, TextAreaField

from helpdesk.minutes.models import AgendaItem, Meeting
from helpdesk.minutes.states import ADOPTED, DUTIES, Adopted, Duty
from kernel import clock
from kernel.forms import ActionForm, AtMost, ClockField, DateField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l


class WhenForm(ActionForm):
    """When and where."""

    day = DateField(_l("Day"), [Required()])
    begins = ClockField(_l("Begins at"), [Required()])
    ends = ClockField(_l("Ends at"), [Required()])
    place = StringField(_l("Place"), [Required(), AtMost(200)])

    def when(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {
            "starts_at": self.moment("begins"),
            "ends_at": self.moment("ends"),
            "place": (self.place.data or "").strip(),
        }

    def moment(self, name: str) -> datetime:
        """Return the moment of a typed time on the typed day."""
        return clock.at(self.day.data, self[name].data)

    def show(self, meeting: Meeting) -> None:
        """Fill in the time and place of a meeting."""
        begins = clock.local(meeting.starts_at)
        self.day.data, self.begins.data = begins.date(), begins.time()
        self.ends.data = clock.local(meeting.ends_at).time()
        self.place.data = meeting.place


class MeetingForm(WhenForm):
    """What a meeting is of."""

    body = StringField(
        _l("Meeting of"),
        [Required(), AtMost(200)],
        description=_l("The working group or the people, as it stands over the minutes."),
    )
    session_no = WholeField(_l("Session"), description=_l("Empty: the next number of this year."))
    unit_id = SelectField(_l("Unit"), [Required()])
    programme_id = SelectField(_l("Programme"), coerce=int, default=0)
    booking = StringField(
        _l("Booking of room and video"),
        [AtMost(40)],
        description=_l("The number of the loan request, if you like."),
    )

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column, without the booking."""
        return {
            **self.when(),
            "body": (self.body.data or "").strip(),
            "session_no": self.session_no.data,
            "unit_id": int(self.unit_id.data),
            "programme_id": self.programme_id.data or None,
        }


class NewForm(MeetingForm):
    """A meeting with its people."""

    people = TextAreaField(
        _l("People"),
        [AtMost(4000)],
        description=_l(
            "One a line: full name or e-mail. Empty: the working group of the programme."
        ),
    )


class PersonForm(ActionForm):
    """Somebody for the list."""

    person = StringField(
        _l("Person of the office or a school"),
        [AtMost(200)],
        description=_l("Full name or e-mail."),
    )
    name = StringField(_l("or a guest from outside"), [AtMost(200)])
    position = StringField(_l("Position of the guest"), [AtMost(300)])
    duty = SelectField(
        _l("Duty"), choices=[(str(k), v) for k, v in DUTIES.items()], default=Duty.MEMBER.value
    )


class ItemForm(ActionForm):
    """An item of the agenda."""

    title = StringField(_l("Title"), [Required(), AtMost(300)])
    detail = TextAreaField(_l("Detail"), [AtMost(5000)])


class NewItemForm(ItemForm):
    """An item with the section it belongs to."""

    section = SelectField(_l("Section"), coerce=int)


class WrittenForm(ActionForm):
    """The minutes of an item."""

    minutes = TextAreaField(_l("What was said"), [AtMost(20000)])
    resolution = TextAreaField(_l("Resolved"), [AtMost(5000)])


class HoldForm(ActionForm):
    """The hours of a meeting that was held."""

    began = ClockField(_l("Began at"), [Required()])
    ended = ClockField(_l("Ended at"), [Required()])


class TaskForm(ActionForm):
    """A task."""

    what = StringField(_l("Task"), [Required(), AtMost(500)])
    person = StringField(
        _l("Who"), [Required(), AtMost(200)], description=_l("Full name or e-mail.")
    )
    due_on = DateField(_l("To be done by"), [Required()])
    item_id = SelectField(_l("Item of the agenda"), coerce=int, default=0)


class WordsForm(ActionForm):
    """What was done, or why a meeting is cancelled."""

    words = StringField(_l("What was done"), [Required(), AtMost(300)])


class FilesForm(ActionForm):
    """Photos and documents, and what on the agenda they belong to."""

    files = MultipleFileField(_l("Photos and files"))
    item_id = SelectField(_l("Belongs to"), coerce=int, default=0)
    caption = StringField(_l("Caption"), [AtMost(200)])

    def offer(self, items: Sequence[AgendaItem]) -> None:
        """Put the choices of items in."""
        told = [(one.id, f"{one.number} {one.title}") for one in items]
        self.item_id.choices = [(0, _("The whole meeting")), *told]


class AdoptForm(ActionForm):
    """How the minutes were adopted."""

    how = SelectField(
        _l("Adopted"),
        choices=[(str(k), v) for k, v in ADOPTED.items()],
        default=Adopted.NEXT.value,
    )
    corrections = TextAreaField(_l("Corrections"), [AtMost(2000)])
