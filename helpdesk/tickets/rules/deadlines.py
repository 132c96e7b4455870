"""When a ticket is due: targets in working time, whose clock stops while the ticket waits (R-W4).

A ticket has two deadlines: the first answer, counted from the report, and the end, counted over
the stretches in which work runs. ``next_due_at`` is the nearer one that is still open, or the day
to look at a waiting ticket again. All of it is reckoned from the ticket's stretches alone, so
reckoning again after a change of targets or calendar gives what it would have been all along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketInterval
from helpdesk.tickets.states import OPEN, RUNNING, State
from helpdesk.tickets.targets import targets
from kernel import clock
from kernel.db import db
from office.calendar.queries import calendar_for
from office.calendar.working_time import Stretch

LOOK_AGAIN_DAYS = 3


def begin(ticket: Ticket) -> None:
    """Give a ticket that is opened just now its deadlines (R-W1, R-W2)."""
    _reckon(ticket, [(ticket.opened_at, None)])
    ticket.next_due_at = _nearest(ticket)


def begin_at(ticket: Ticket, moment: datetime) -> None:
    """Let the clock of planned work run from another moment on; a finished one stays as it is."""
    if ticket.is_open:
        ticket.begins_at = moment
        renew(ticket)


def enter(ticket: Ticket, state: State, *, look_again: date | None = None) -> None:
    """Put a ticket into a state: keep the finished stretch, work out what is due next.

    Args:
        ticket: the ticket, in its old state.
        state: the new one.
        look_again: for a waiting state, the day to look at it again; three working days on when
            left out.
    """
    now = clock.now()
    stretches = _finished(ticket)
    if ticket.state in RUNNING:
        stretches.append((ticket.state_since, now))
    db.session.add(
        TicketInterval(
            ticket_id=ticket.id, state=ticket.state, started_at=ticket.state_since, ended_at=now
        )
    )
    # A ticket that stops is reckoned as if it went on now: what is used up stays used up.
    _reckon(ticket, [*stretches, (now, None)])
    ticket.state, ticket.state_since = state, now
    if state in RUNNING:
        ticket.next_due_at = _nearest(ticket)
    else:
        ticket.next_due_at = _opening_of(ticket, look_again) if state in OPEN else None


def respond(ticket: Ticket) -> None:
    """Note the first answer to the reporter; what is due next is the end."""
    if ticket.first_response_at is not None:
        return
    ticket.first_response_at = clock.now()
    if ticket.state in RUNNING:
        renew(ticket)


def renew(ticket: Ticket) -> None:
    """Reckon the deadlines of an open ticket anew, after its priority or category changed (R-W5).

    A finished one keeps what it was measured by.
    """
    if ticket.is_open:
        reckon_anew(ticket, _finished(ticket))


def reckon_anew(ticket: Ticket, finished: Sequence[Stretch]) -> None:
    """Reckon the deadlines of an open ticket from its finished running stretches."""
    _reckon(ticket, [*finished, (ticket.state_since, None)])
    if ticket.state in RUNNING:
        ticket.next_due_at = _nearest(ticket)


def stretches_of(ticket_ids: Sequence[int]) -> Mapping[int, Sequence[Stretch]]:
    """Return the finished stretches in which the clocks of these tickets ran, in one query."""
    found: dict[int, list[Stretch]] = {one: [] for one in ticket_ids}
    for row in db.session.execute(
        select(TicketInterval.ticket_id, TicketInterval.started_at, TicketInterval.ended_at)
        .where(TicketInterval.ticket_id.in_(ticket_ids), TicketInterval.state.in_(RUNNING))
        .order_by(TicketInterval.id)
    ):
        found[row.ticket_id].append((row.started_at, row.ended_at))
    return found


def spent_seconds(ticket: Ticket, until: datetime) -> int:
    """Return the working seconds in which the ticket's clock ran, up to a moment."""
    calendar = calendar_for(ticket.unit_id)
    stretches = _finished(ticket)
    if ticket.state in RUNNING:
        stretches.append((ticket.state_since, until))
    ran = _from_beginning(ticket, stretches)
    return sum(calendar.seconds_between(start, end or until) for start, end in ran)


def _finished(ticket: Ticket) -> list[Stretch]:
    return list(stretches_of([ticket.id])[ticket.id])


def _reckon(ticket: Ticket, stretches: Sequence[Stretch]) -> None:
    target = targets().of(ticket.priority, ticket.category)
    calendar = calendar_for(ticket.unit_id)
    begins = max(ticket.opened_at, ticket.begins_at or ticket.opened_at)
    ticket.response_due_at = calendar.add(begins, target.response)
    ran = _from_beginning(ticket, stretches)
    ticket.resolution_due_at = calendar.used_up(ran, target.resolution)


def _from_beginning(ticket: Ticket, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return what of some stretches lies after the moment at which planned work begins."""
    begins = ticket.begins_at
    if begins is None:
        return list(stretches)
    return [(max(start, begins), end) for start, end in stretches if end is None or end > begins]


def _nearest(ticket: Ticket) -> datetime | None:
    ends, answered = ticket.resolution_due_at, ticket.first_response_at is not None
    if answered or ticket.response_due_at is None or ends is None:
        return ends
    return min(ticket.response_due_at, ends)


def _opening_of(ticket: Ticket, day: date | None) -> datetime:
    calendar = calendar_for(ticket.unit_id)
    if day is None:
        day = clock.today()
        for _number in range(LOOK_AGAIN_DAYS):
            day = calendar.next_open_day(day + timedelta(days=1))
    return calendar.opening(clock.at(day, time.min))
