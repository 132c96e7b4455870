"""What happens to deadlines because time passed, or because calendar or targets have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update

from helpdesk.tickets.deadline_models import DeadlineChoice, TicketEscalation
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import deadlines, escalating
from helpdesk.tickets.states import RUNNING, Priority
from helpdesk.tickets.targets import AMBER_PERCENT, RED_PERCENT, Targets, in_force
from kernel import clock
from kernel.db import db, fixed
from kernel.work import work
from office.bookkeeping.rules import insert_or_skip
from office.calendar import queries as calendar
from office.calendar.models import ClosedDay

CHUNK = 200
# A school may be closed when the office is open, which brings its red hour nearer.
SPARE_SECONDS = 40 * 3600
DUES = ("response_due_at", "resolution_due_at", "next_due_at")
CLOCKED = (
    Ticket.id,
    Ticket.unit_id,
    Ticket.state,
    Ticket.state_since,
    Ticket.priority,
    Ticket.category,
    Ticket.opened_at,
    Ticket.begins_at,
    Ticket.first_response_at,
    Ticket.response_due_at,
    Ticket.resolution_due_at,
    Ticket.next_due_at,
    Ticket.version,
)


def escalate() -> int:
    """Tell technicians of deadlines that are near and heads of those that have passed.

    Only tickets that can have reached a step are looked at, some hundred at a time; what one has
    reached is told in a unit of work of its own.

    Returns:
        how many steps were taken.
    """
    hold, now = in_force(), clock.now()
    horizon = _horizon(hold, now)
    taken, last = 0, (datetime.min.replace(tzinfo=now.tzinfo), 0)
    while chunk := _near(horizon, last):
        last = (chunk[-1].next_due_at or now, chunk[-1].id)
        told = _told([one.id for one in chunk])
        reached = [
            one.id
            for one in chunk
            if any(
                (one.id, s.deadline, s.who) not in told for s in escalating.steps_of(one, hold, now)
            )
        ]
        db.session.rollback()
        for ticket_id in reached:
            with work():
                ticket = db.session.get(Ticket, ticket_id)
                taken += escalating.escalate(ticket, hold) if ticket else 0
    return taken


def _horizon(hold: Targets, now: datetime) -> datetime:
    """Return the moment after which no deadline can be red yet."""
    shipped = [hold.of(priority) for priority in Priority]
    longest = max(one.resolution for one in (*shipped, *hold.own.values()))
    ahead = longest * (100 - hold.red_percent) // 100
    return calendar.calendar_for().add(now, ahead + SPARE_SECONDS)


def _near(horizon: datetime, last: tuple[datetime, int]) -> Sequence[Any]:
    ended = select(TicketEscalation.ticket_id).where(
        TicketEscalation.deadline == escalating.RESOLUTION, TicketEscalation.step == escalating.HEAD
    )
    after = or_(
        Ticket.next_due_at > last[0], and_(Ticket.next_due_at == last[0], Ticket.id > last[1])
    )
    return db.session.execute(
        select(*CLOCKED)
        .where(Ticket.next_due_at < horizon, after, Ticket.state.in_(RUNNING))
        .where(Ticket.id.not_in(ended))
        .order_by(Ticket.next_due_at, Ticket.id)
        .limit(fixed(CHUNK))
    ).all()


def _told(ticket_ids: Sequence[int]) -> set[tuple[int, str, str]]:
    rows = db.session.execute(
        select(TicketEscalation.ticket_id, TicketEscalation.deadline, TicketEscalation.step).where(
            TicketEscalation.ticket_id.in_(ticket_ids)
        )
    )
    return {(row.ticket_id, row.deadline, row.step) for row in rows}


def renew_deadlines() -> int:
    """Reckon the deadlines of all open tickets anew where calendar or targets changed (R-W5).

    Finished tickets keep what they were measured by. It goes through the open ones by their
    numbers, some hundred at a time, and starts again where it was interrupted: reckoning twice
    gives the same.

    Returns:
        how many tickets got other deadlines.
    """
    basis = _fingerprint()
    if db.session.scalar(select(DeadlineChoice.reckoned_with)) == basis:
        return 0
    changed, last = 0, 0
    while chunk := _open_after(last):
        last = chunk[-1]
        with work():
            changed += _renewed(chunk)
    with work():
        _remember(basis)
    return changed


def _open_after(last: int) -> Sequence[int]:
    found = db.session.scalars(
        select(Ticket.id)
        .where(Ticket.id > last, Ticket.next_due_at.is_not(None))
        .order_by(Ticket.id)
        .limit(fixed(CHUNK))
    ).all()
    db.session.rollback()
    return found


def _renewed(ticket_ids: Sequence[int]) -> int:
    """Reckon anew; the version stays, for nobody's open form is about this."""
    stretches = deadlines.stretches_of(ticket_ids)
    changed = 0
    rows = db.session.execute(select(*CLOCKED).where(Ticket.id.in_(ticket_ids)))
    for row in rows.all():
        # A ticket of its own that the session does not know: its version must not move.
        ticket = Ticket(**row._asdict())
        if not ticket.is_open:
            continue
        before = _dues(ticket)
        deadlines.reckon_anew(ticket, stretches[ticket.id])
        after = _dues(ticket)
        if after != before:
            changed += 1
            values = dict(zip(DUES, after, strict=True))
            same = (Ticket.id == row.id, Ticket.version == row.version)
            db.session.execute(update(Ticket).where(*same).values(**values))
    return changed


def _dues(ticket: Ticket) -> list[datetime | None]:
    return [getattr(ticket, name) for name in DUES]


def _remember(basis: str) -> None:
    insert_or_skip(
        DeadlineChoice,
        id=1,
        amber_percent=AMBER_PERCENT,
        red_percent=RED_PERCENT,
        reckoned_with="",
        version=0,
    )
    db.session.execute(update(DeadlineChoice).values(reckoned_with=basis))


def _fingerprint() -> str:
    """Return what deadlines hang on as one short text: hours, closed days, targets."""
    days = db.session.execute(
        select(ClosedDay.day, ClosedDay.unit_id, ClosedDay.removed).order_by(ClosedDay.id)
    )
    said = repr(
        (
            sorted(calendar.hours().items()),
            [tuple(day) for day in days],
            sorted((key, one) for key, one in in_force().own.items()),
        )
    )
    return hashlib.sha256(said.encode()).hexdigest()
