"""Telling people in time: the technician when a deadline is near, the head when it has passed.

Each step is a row that can stand only once, written in the same unit of work as the messages, so
nobody is told twice however often the timetable asks and however many processes run it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from helpdesk.tickets import access
from helpdesk.tickets.deadline_models import TicketEscalation
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import RUNNING
from helpdesk.tickets.targets import Targets
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_moment
from office.bookkeeping import rules as bookkeeping
from office.calendar.queries import calendar_for
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

MOST_TOLD = 20
RESPONSE, RESOLUTION = "response", "resolution"
TECHNICIAN, HEAD = "technician", "head"


class Step(NamedTuple):
    """A step that a ticket has reached: which deadline, who is told, when it was or is due."""

    deadline: str
    who: str
    due_at: datetime


def steps_of(ticket: Ticket, hold: Targets, now: datetime) -> list[Step]:
    """Return the steps that a running ticket has reached, told or not.

    Args:
        ticket: an open one.
        hold: the targets and warnings in force.
        now: the moment to judge by.
    """
    if ticket.state not in RUNNING:
        return []
    target = hold.of(ticket.priority, ticket.category)
    pairs = [(RESOLUTION, ticket.resolution_due_at, target.resolution)]
    if ticket.first_response_at is None:
        pairs.insert(0, (RESPONSE, ticket.response_due_at, target.response))
    calendar = calendar_for(ticket.unit_id)
    found: list[Step] = []
    for deadline, due_at, whole in pairs:
        if due_at is None:
            continue
        if hold.tone(calendar.seconds_between(now, due_at), whole) == "danger":
            found.append(Step(deadline, TECHNICIAN, due_at))
        if due_at < now:
            found.append(Step(deadline, HEAD, due_at))
    return found


def escalate(ticket: Ticket, hold: Targets) -> int:
    """Take the steps that a ticket has reached and that were not taken yet; return how many."""
    taken = 0
    for step in steps_of(ticket, hold, clock.now()):
        new = bookkeeping.insert_or_skip(
            TicketEscalation,
            ticket_id=ticket.id,
            deadline=step.deadline,
            step=step.who,
            due_at=step.due_at,
            at=clock.now(),
        )
        if new:
            taken += 1
            for person in _told(ticket, step.who):
                _tell(ticket, step, person)
    return taken


def _told(ticket: Ticket, who: str) -> Sequence[Person]:
    """Return who is told: the technician of the ticket, else those who may take it; the heads."""
    if who == TECHNICIAN and ticket.assignee is not None:
        return [ticket.assignee]
    roles = access.TAKE.roles if who == TECHNICIAN else {Role.APPROVER}
    return _holders(ticket.unit_id, roles)


def _holders(unit_id: int, roles: set[Role] | frozenset[str]) -> Sequence[Person]:
    """Return people whose role reaches a unit and who have not left, the nearest ones first."""
    granted, here = aliased(Unit), aliased(Unit)
    reaches = or_(RoleGrant.unit_id.is_(None), here.path.startswith(granted.path))
    found = db.session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(here, here.id == unit_id)
        .outerjoin(granted, granted.id == RoleGrant.unit_id)
        .where(RoleGrant.role.in_(roles), reaches, Person.left_on.is_(None))
        .order_by(granted.path.is_(None), granted.path.desc(), Person.id)
        .limit(MOST_TOLD)
    )
    return list(dict.fromkeys(found))


def _tell(ticket: Ticket, step: Step, person: Person) -> None:
    with speaking(person.language):
        values = {"number": ticket.number, "when": show_moment(step.due_at)}
        subject = {
            (RESPONSE, TECHNICIAN): _("%(number)s wants an answer by %(when)s", **values),
            (RESOLUTION, TECHNICIAN): _("%(number)s is due by %(when)s", **values),
            (RESPONSE, HEAD): _("%(number)s was not answered by %(when)s", **values),
            (RESOLUTION, HEAD): _("%(number)s was not finished by %(when)s", **values),
        }[step.deadline, step.who]
        who = ticket.assignee.name if ticket.assignee else _("nobody yet")
        lines = [ticket.title, ticket.unit.name, _("Technician: %(name)s", name=who)]
        bookkeeping.send(
            kind="ticket_deadline",
            subject=subject,
            body="\n".join(lines),
            language=person.language,
            person_id=person.id,
            link=ticket.staff_path,
        )
