"""When a ticket is due: one target in working time, which stops while the ticket waits (R-W4)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketInterval
from helpdesk.tickets.states import OPEN, RUNNING, TARGETS, State
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
    due: datetime | None = None
    if state in RUNNING:
        due = _due_after(ticket, now, spent_seconds(ticket, now))
    elif state in OPEN:
        due = _opening_of(ticket, look_again)
    db.session.add(
        TicketInterval(
            ticket_id=ticket.id, state=ticket.state, started_at=ticket.state_since, ended_at=now
        )
    )
    ticket.state, ticket.state_since, ticket.next_due_at = state, now, due


def due_when_running(ticket: Ticket) -> datetime:
    """Return the end of the target for a ticket whose clock runs, after its priority changed."""
    now = clock.now()
    return _due_after(ticket, now, spent_seconds(ticket, now))


def spent_seconds(ticket: Ticket, until: datetime) -> int:
    """Return the working seconds in which the ticket's clock ran, up to a moment."""
    calendar = calendar_for(ticket.unit_id)
    stretches = db.session.execute(
        select(TicketInterval.started_at, TicketInterval.ended_at).where(
            TicketInterval.ticket_id == ticket.id, TicketInterval.state.in_(RUNNING)
        )
    )
    spent = sum(calendar.seconds_between(row.started_at, row.ended_at) for row in stretches)
    if ticket.state in RUNNING:
        spent += calendar.seconds_between(ticket.state_since, until)
    return spent


def _due_after(ticket: Ticket, moment: datetime, spent: int) -> datetime:
    left = TARGETS[ticket.priority] - spent
    if left > 0:
        return calendar_for(ticket.unit_id).add(moment, left)
    # The target has run out: a ticket that was late stays as late as it was.
    return min(ticket.next_due_at or moment, moment)


def _opening_of(ticket: Ticket, day: date | None) -> datetime:
    calendar = calendar_for(ticket.unit_id)
    if day is None:
        day = clock.today()
        for _number in range(LOOK_AGAIN_DAYS):
            day = calendar.next_open_day(day + timedelta(days=1))
    return calendar.opening(clock.at(day, time.min))
