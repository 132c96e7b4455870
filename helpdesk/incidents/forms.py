"""What people type about incidents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from helpdesk.access_rights.models import InformationSystem
from helpdesk.incidents.states import GRAVITIES, KINDS, RISKS
from kernel import clock
from kernel.forms import (
    ActionForm,
    AtMost,
    ClockField,
    DateField,
    NoCitizenNumber,
    Required,
    WholeField,
)
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p


def moment_of(day: date, hour: time | None) -> datetime:
    """Return a typed moment; without an hour the beginning of the day."""
    return clock.at(day, hour or time(0, 0))


class ReportForm(ActionForm):
    """What somebody noticed."""

    kind = SelectField(
        _p("incident", "What happened?"), choices=[(k.value, v) for k, v in KINDS.items()]
    )
    title = StringField(_p("incident", "In one sentence"), [Required(), AtMost(200)])
    story = TextAreaField(
        _p("incident", "What do you know?"),
        [AtMost(5000), NoCitizenNumber()],
        description=_l("No passwords, and no personal data of others beyond what is needed."),
    )
    found_on = DateField(_p("incident", "Noticed on"))
    found_time = ClockField(_p("incident", "At what time"))
    systems_text = StringField(_p("incident", "Which system or device"), [AtMost(300)])

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column; a day without an hour is its beginning."""
        found = self.found_on.data
        return {
            "kind": self.kind.data,
            "title": self.title.data,
            "story": self.story.data or "",
            "systems_text": self.systems_text.data or "",
            "found_at": moment_of(found, self.found_time.data) if found else None,
        }


class ClassifyForm(ActionForm):
    """How grave it is and whom it concerns."""

    kind = SelectField(_p("incident", "Kind"), choices=[(k.value, v) for k, v in KINDS.items()])
    gravity = SelectField(
        _p("incident", "How grave for the work"),
        choices=[(k.value, v.label) for k, v in GRAVITIES.items()],
    )
    risk = SelectField(
        _p("incident", "Personal data"), choices=[(k.value, v) for k, v in RISKS.items()]
    )
    handler = StringField(
        _p("incident", "Who handles it"),
        [AtMost(200)],
        description=_l("A full name or an e-mail address."),
    )
    known_on = DateField(_p("incident", "The office knew on"), [Required()])
    known_time = ClockField(_p("incident", "At what time"), [Required()])
    systems = SelectMultipleField(_p("incident", "Registered systems"), coerce=int)
    systems_text = StringField(_p("incident", "Which system or device"), [AtMost(300)])
    data_kinds = StringField(
        _p("incident", "Which data"),
        [AtMost(500)],
        description=_l("Such as names, telephone numbers, marks."),
    )
    people_kinds = StringField(
        _p("incident", "Whose data"), [AtMost(300)], description=_l("Such as teachers, pupils.")
    )
    people_count = WholeField(_p("incident", "How many people"))
    records_count = WholeField(_p("incident", "How many records"))
    consequences = TextAreaField(_p("incident", "What may come of it"), [AtMost(5000)])
    cause = TextAreaField(_p("incident", "Cause"), [AtMost(5000)])

    def fill(self, systems: Iterable[InformationSystem]) -> None:
        """Offer the registered systems."""
        self.systems.choices = [(one.id, one.name) for one in systems]

    def validate_people_count(self, field: WholeField) -> None:
        """Refuse a number below zero."""
        _check_count(field)

    def validate_records_count(self, field: WholeField) -> None:
        """Refuse a number below zero."""
        _check_count(field)

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        texts = ("systems_text", "data_kinds", "people_kinds", "consequences", "cause")
        return {
            **{name: self[name].data or "" for name in texts},
            **{name: self[name].data or 0 for name in ("people_count", "records_count")},
            **{name: self[name].data for name in ("kind", "gravity", "risk")},
            "known_at": moment_of(self.known_on.data, self.known_time.data),
        }


def _check_count(field: WholeField) -> None:
    if field.data is not None and not 0 <= field.data <= 1_000_000_000:
        raise ValidationError(_("Please give a number from 0 on."))


class WordsForm(ActionForm):
    """What was done, or why."""

    words = TextAreaField(_p("incident", "In words"), [Required(), AtMost(5000)])


class NoticeForm(ActionForm):
    """That the Committee was told."""

    on = DateField(_p("incident", "Sent on"), [Required()])
    hour = ClockField(_p("incident", "At what time"), [Required()])
    reference = StringField(_p("incident", "Number of the letter or receipt"), [AtMost(120)])
    late_why = StringField(_p("incident", "Why later than 72 hours"), [AtMost(400)])


class TellForm(ActionForm):
    """That the people concerned were told."""

    on = DateField(_p("incident", "Told on"), [Required()])
    hour = ClockField(_p("incident", "At what time"), [Required()])
    how = StringField(_p("incident", "How"), [AtMost(300)])


class MeasureForm(ActionForm):
    """Something to be done."""

    what = StringField(_p("incident", "Measure"), [Required(), AtMost(400)])
    responsible = StringField(
        _p("incident", "Who does it"),
        [AtMost(200)],
        description=_l("A full name or an e-mail address."),
    )
    due_on = DateField(
        _p("incident", "Until"), description=_l("Leave it empty where it is done already.")
    )


class TicketForm(ActionForm):
    """A ticket to be tied."""

    number = StringField(_p("incident", "Number of the ticket"), [Required(), AtMost(24)])
