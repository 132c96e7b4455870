"""What happens to tickets because time passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import notices, presence
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import AUTO_CLOSE_DAYS, TICKET, Action
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work

TIMETABLE = Viewer(name="timetable")
RATE_AFTER, RATE_UNTIL = timedelta(days=3), timedelta(days=10)


def tickets_to_close() -> Sequence[int]:
    """Return ids of the tickets that were resolved more than 7 days ago (R-R5)."""
    found = queries.resolved_before(clock.now() - timedelta(days=AUTO_CLOSE_DAYS))
    db.session.rollback()
    return found


def close_resolved(ticket_ids: Sequence[int]) -> int:
    """Close tickets that nobody complained about, one unit of work each.

    Args:
        ticket_ids: of ``tickets_to_close``; one that was reopened meanwhile is left alone.

    Returns:
        how many were closed.
    """
    closed = 0
    for ticket_id in ticket_ids:
        with work():
            ticket = db.session.get(Ticket, ticket_id)
            if ticket is not None and TICKET.allows(ticket.state, Action.CLOSE):
                rules.close(ticket, by=TIMETABLE, role="system")
                closed += 1
    return closed


def remind_to_rate() -> int:
    """Ask the persons served once how the work was, three days after the end.

    One unit of work a ticket; who has rated, or was asked before, is left alone.

    Returns:
        how many were asked.
    """
    now, after, asked = clock.now(), 0, 0
    while True:
        found = queries.not_rated_between(now - RATE_UNTIL, now - RATE_AFTER, after)
        db.session.rollback()
        for ticket_id in found:
            with work():
                ticket = db.session.get(Ticket, ticket_id)
                if ticket is not None and queries.rating_of(ticket_id) is None:
                    asked += notices.remind_to_rate(ticket, by=TIMETABLE)
        if not found:
            return asked
        after = found[-1]


def forget_presence() -> int:
    """Forget who had which ticket open; return how many rows."""
    with work():
        return presence.forget_old()
