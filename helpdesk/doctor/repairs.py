"""Checks of tickets: their states, times and stretches agree, and so do their holds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, or_, select

from assets.register.models import Hold
from assets.register.states import HoldKind
from helpdesk.doctor.findings import Check, named, rows
from helpdesk.tickets.models import Ticket, TicketInterval
from helpdesk.tickets.states import AT_WORK, DONE, OPEN, Kind, State
from kernel.i18n import lazy_gettext as _l


def repair_holds() -> Iterator[str]:
    """Yield holds without an open accepted repair, and such repairs without their hold."""
    held = and_(Hold.kind == HoldKind.REPAIR, Hold.ended_at.is_(None))
    same = and_(Ticket.number == Hold.reference, Ticket.asset_id == Hold.asset_id)
    at_work = and_(Ticket.kind == Kind.REPAIR, Ticket.state.in_(AT_WORK))
    yield from named("hold", select(Hold.id).where(held, ~exists().where(same, at_work)))
    lacking = and_(at_work, Ticket.asset_id.is_not(None), ~exists().where(same, held))
    yield from named("ticket", select(Ticket.id).where(lacking))


def ticket_states() -> Iterator[str]:
    """Yield tickets whose state, next hour, outcome and end do not agree."""
    due, resolved, closed = (
        column.is_not(None) for column in (Ticket.next_due_at, Ticket.resolved_at, Ticket.closed_at)
    )
    judged = Ticket.outcome != ""
    wrong = (
        and_(Ticket.state.in_(OPEN), or_(~due, resolved, closed, judged)),
        and_(Ticket.state.in_(DONE), due),
        and_(Ticket.state == State.RESOLVED, or_(~resolved, closed, ~judged)),
        and_(Ticket.state == State.CLOSED, or_(~resolved, ~closed, ~judged)),
        and_(Ticket.state == State.CANCELLED, or_(resolved, ~closed, judged)),
        Ticket.state.not_in([*OPEN, *DONE]),
    )
    return named("ticket", select(Ticket.id).where(or_(*wrong)).order_by(Ticket.id))


def ticket_stretches() -> Iterator[str]:
    """Yield tickets of which two stretches overlap, also with the state they are in."""
    last_id, last_end, told = None, None, None
    columns = (
        TicketInterval.ticket_id,
        TicketInterval.started_at,
        TicketInterval.ended_at,
        Ticket.state_since,
    )
    query = select(*columns).join(Ticket, Ticket.id == TicketInterval.ticket_id)
    order = (TicketInterval.ticket_id, TicketInterval.started_at, TicketInterval.ended_at)
    for row in rows(query.order_by(*order)):
        too_soon = row.ticket_id == last_id and last_end is not None and row.started_at < last_end
        too_late = row.ended_at > row.state_since or row.ended_at < row.started_at
        if (too_soon or too_late) and told != row.ticket_id:
            told = row.ticket_id
            yield f"ticket {row.ticket_id}"
        last_id, last_end = row.ticket_id, row.ended_at


CHECKS = (
    Check(
        "repair_holds",
        _l("An item is held for repair exactly while an accepted ticket of it is open."),
        _l(
            "Take a step in the ticket: let it wait and go on working, or reopen one that ended "
            "and resolve it. Every step sets the hold anew."
        ),
        repair_holds,
    ),
    Check(
        "ticket_states",
        _l("State, next hour, outcome and end of every ticket agree."),
        _l("Restore the tickets from a backup of before; no page of the service writes this."),
        ticket_states,
    ),
    Check(
        "ticket_stretches",
        _l("No ticket was in two states at once."),
        _l(
            "Check that the clocks of all machines agree (NTP); the working time may be told wrong."
        ),
        ticket_stretches,
    ),
)
