"""The jobs of maintenance: one for each visit, one for each item that was not in order."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import func, select

from assets.maintenance import slots
from assets.maintenance.models import Occurrence, Visit
from assets.maintenance.states import State, VisitState
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import deadlines, intake, work
from helpdesk.tickets.rules.intake import Report
from helpdesk.tickets.rules.work import Result
from helpdesk.tickets.states import OPEN, WAITING, Category, Cause, Kind, Outcome
from helpdesk.tickets.states import State as TicketState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date
from office.calendar.queries import calendar_for

TIMETABLE = Viewer(name="timetable")


def fill() -> None:
    """Let maintenance make jobs in the queue."""
    slots.fill(order=order, repair=repair, settle=settle, follow=follow)


def order(visit: Visit) -> str:
    """Make the job of a visit, given to its caretaker where it has one; return its number."""
    with speaking("th"):
        detail = "\n".join(
            [
                _("Maintenance on %(day)s", day=format_date(visit.day, language="th")),
                _("The checklist of every item: %(address)s", address=_address(visit)),
            ]
        )
    ticket = intake.report(
        Report(
            unit_id=visit.unit_id,
            kind=Kind.SERVICE,
            category=Category.COMPUTER,
            detail=detail,
            source="maintenance",
            reporter_name=_("Plan of maintenance"),
            begins_at=_beginning(visit),
        ),
        by=TIMETABLE,
    )
    db.session.flush()  # the caretaker is given a job that has its id
    if visit.person_id is not None:
        work.assign(ticket, visit.person_id, by=TIMETABLE)
    return ticket.number


def follow(visit: Visit, by: Viewer) -> None:
    """Let the job of a visit begin on the visit's day, and be done by who does the visit."""
    ticket = _job_of(visit)
    if ticket is None:
        return
    deadlines.begin_at(ticket, _beginning(visit))
    if visit.person_id is not None and ticket.assignee_id != visit.person_id:
        work.assign(ticket, visit.person_id, by=by)


def repair(occurrence: Occurrence, faults: list[str], by: Viewer) -> str:
    """Make a repair of what was not in order on an item; return its number."""
    with speaking("th"):
        # The first line is what the job is called.
        first = _("Found in maintenance: %(fault)s", fault=faults[0]) if faults else ""
        detail = "\n".join([first, *faults[1:]])
    ticket = intake.report(
        Report(asset=occurrence.item.asset, detail=detail, source="maintenance"), by=by
    )
    return ticket.number


def settle(visit: Visit, by: Viewer) -> None:
    """End the job of a visit that is over, with what became of it."""
    ticket = _job_of(visit)
    if ticket is None:
        return
    if visit.state == VisitState.CANCELLED:
        work.cancel(ticket, visit.note, by=by)
        return
    if ticket.state == TicketState.NEW:
        work.take(ticket, by=by)
    if ticket.state in WAITING:
        work.resume(ticket, by=by)
    if ticket.state == TicketState.ACCEPTED:
        work.start(ticket, by=by)
    result = Result(Outcome.WORKS_AS_IS, Cause.ADDITIONAL_NEED, _told(visit))
    work.resolve(ticket, result, by=by)
    work.close(ticket, by=by)


def _job_of(visit: Visit) -> Ticket | None:
    """Return the job of a visit, None where it has none that is open."""
    ticket = db.session.scalar(select(Ticket).where(Ticket.number == visit.ticket_number))
    return ticket if ticket is not None and TicketState(ticket.state) in OPEN else None


def _beginning(visit: Visit) -> datetime:
    """Return the moment at which the school opens on the day of a visit."""
    return calendar_for(visit.unit_id, visit.day).opening(clock.at(visit.day, time.min))


def _told(visit: Visit) -> str:
    rows = db.session.execute(
        select(Occurrence.state, func.count())
        .where(Occurrence.visit_id == visit.id)
        .group_by(Occurrence.state)
    )
    counted = {State(state): number for state, number in rows}
    with speaking("th"):
        return _(
            "Maintained: %(done)s, left out: %(skipped)s",
            done=counted.get(State.DONE, 0),
            skipped=counted.get(State.SKIPPED, 0),
        )


def _address(visit: Visit) -> str:
    return f"/maintenance/visits/{visit.id}"
