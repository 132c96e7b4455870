"""Reports of the simulated year and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as acting
from helpdesk.tickets.states import Action, Priority
from helpdesk.tickets.states import State as TicketState
from kernel.db import db
from kernel.work import work
from office.places.models import Unit
from tests.factories.office import viewer_for
from tests.factories.tickets import RESULT, make_ticket
from tests.helpdesk.demonstration.year.slow_work import Job, Span
from tests.helpdesk.demonstration.year.the_office import Office, person
from tests.helpdesk.demonstration.year.visits_at_work import TEN, Story

RESOLVED = (date(2026, 12, 29), date(2027, 4, 9))


@dataclass(frozen=True)
class Reported:
    """A report at ten on a day, and what becomes of it at ten on others."""

    on: date
    priority: Priority = Priority.NORMAL
    taken: date | None = None
    waits: date | None = None
    resumed: date | None = None
    resolved: date | None = None

    def job(self, number: str, unit: int) -> Job:
        """Return it as the slow calculation takes it."""
        begins = datetime.combine(self.on, TEN)
        spans: list[Span] = [(begins, _ten(self.waits or self.resolved))]
        if self.resumed:
            spans.append((datetime.combine(self.resumed, TEN), _ten(self.resolved)))
        taken = "technician" if self.taken else ""
        return Job(number, unit, self.priority, begins, tuple(spans), _ten(self.taken), taken)


REPORTS = (
    # Nobody takes it over the new year; over Songkran one is taken at once and late all the same.
    Reported(date(2026, 12, 30)),
    Reported(date(2027, 4, 8), taken=date(2027, 4, 8), resolved=date(2027, 4, 30)),
    Reported(
        date(2027, 2, 2),
        Priority.NORMAL,
        taken=date(2027, 2, 2),
        waits=date(2027, 2, 3),
        resumed=date(2027, 2, 15),
        resolved=date(2027, 2, 17),
    ),
    Reported(date(2027, 7, 1), Priority.LOW, taken=date(2027, 7, 1), resolved=date(2027, 7, 8)),
    Reported(date(2027, 8, 13), Priority.URGENT, resolved=date(2027, 8, 18)),
)


def _ten(day: date | None) -> datetime | None:
    return datetime.combine(day, TEN) if day else None


def resolve_at_once(story: Story, day: date, unit_id: int) -> None:
    thep, unit = viewer_for(person("technician")), db.session.get_one(Unit, unit_id)
    made = make_ticket(unit=unit, state=TicketState.RESOLVED, technician=thep)
    story.numbers[day] = made.number


def plan_report(office: Office, story: Story, one: Reported, unit_id: int) -> None:
    def act(verb: Callable[[Ticket], object]) -> None:
        with work():
            number = story.numbers[one]
            verb(db.session.execute(select(Ticket).filter_by(number=number)).scalar_one())

    def report() -> None:
        thep = viewer_for(person("technician"))
        story.numbers[one] = make_ticket(unit=db.session.get_one(Unit, unit_id)).number
        act(lambda ticket: acting.prioritize(ticket, one.priority, by=thep))
        if one.taken:
            act(lambda ticket: acting.take(ticket, by=thep))

    office.on(one.on, report)
    for day, verb in ((one.waits, _wait), (one.resumed, _resume), (one.resolved, _resolve)):
        if day is not None:
            office.on(day, partial(act, verb))


def _wait(ticket: Ticket) -> None:
    acting.wait(ticket, Action.AWAIT_PARTS, "รออะไหล่", by=viewer_for(person("technician")))


def _resume(ticket: Ticket) -> None:
    acting.resume(ticket, by=viewer_for(person("technician")))


def _resolve(ticket: Ticket) -> None:
    thep = viewer_for(person("technician"))
    if ticket.state == TicketState.NEW:
        acting.take(ticket, by=thep)
    if ticket.state != TicketState.IN_PROGRESS:
        acting.start(ticket, by=thep)
    acting.resolve(ticket, RESULT, by=thep)
