"""When a ticket is due: one target in working time, which stops while the ticket waits (R-W4)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketInterval
from helpdesk.tickets.states import RUNNING, TARGETS, State
from kernel import clock
from kernel.db import db
from office.calendar.queries import calendar_for

LOOK_AGAIN_DAYS = 3


def due_of_new(ticket: Ticket) -> datetime:
    """Return when a ticket that was opened just now is due (R-W1, R-W2)."""
    return calendar_for(ticket.unit_id).add(ticket.opened_at, TARGETS[ticket.priority])


def enter(ticket: Ticket, state: State, *, look_again: date | None = None) -> None:
    """Put a ticket into a state: keep the finished stretch, work out what is due next.

    Args:
        ticket: the ticket, in its old state.
        state: the new one.
        look_again: for a waiting state, the day to look at it again; three working days on when
            left out.
    """
    now = clock.now()
    db.session.add(
        TicketInterval(
            ticket_id=ticket.id, state=ticket.state, started_at=ticket.state_since, ended_at=now
        )
    )
    db.session.flush()  # the stretch that ends here counts below
    ticket.state, ticket.state_since = state, now
    if state in RUNNING:
        ticket.next_due_at = due_when_running(ticket)
    elif ticket.is_open:
        ticket.next_due_at = _opening_of(ticket, look_again)
    else:
        ticket.next_due_at = None


def due_when_running(ticket: Ticket) -> datetime:
    """Return the end of the target for a ticket whose clock runs; now where it has run out."""
    calendar = calendar_for(ticket.unit_id)
    left = TARGETS[ticket.priority] - finished_seconds(ticket)
    since = ticket.state_since
    return calendar.add(since, left) if left > 0 else since


def finished_seconds(ticket: Ticket) -> int:
    """Return the working seconds of the finished stretches in which the clock ran."""
    calendar = calendar_for(ticket.unit_id)
    stretches = db.session.execute(
        select(TicketInterval.state, TicketInterval.started_at, TicketInterval.ended_at).where(
            TicketInterval.ticket_id == ticket.id, TicketInterval.state.in_(RUNNING)
        )
    )
    return sum(calendar.seconds_between(row.started_at, row.ended_at) for row in stretches)


def _opening_of(ticket: Ticket, day: date | None) -> datetime:
    calendar = calendar_for(ticket.unit_id)
    if day is None:
        day = clock.today()
        for _number in range(LOOK_AGAIN_DAYS):
            day = calendar.next_open_day(day + timedelta(days=1))
    return calendar.opening(clock.at(day, time.min))
