"""What the room does when a ticket moves, and what it asks before one is resolved."""

from __future__ import annotations

from helpdesk.repairs import queries
from helpdesk.repairs.rules import checklists, links, replacing, times
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import DONE, State
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def before_resolving(ticket: Ticket) -> None:
    """Refuse to resolve what is still away, not ticked, or waits for its parts."""
    _check_away(ticket)
    checklists.check(ticket)
    links.check(ticket)


def moved(ticket: Ticket, by: Viewer) -> None:
    """Follow a ticket: its checklists once it is taken on; its timers and loans at its end.

    Refuses an end while the item is with a vendor.
    """
    if ticket.state in (State.ACCEPTED, State.IN_PROGRESS) and ticket.resolved_at is None:
        for checklist in checklists.fit(ticket):
            checklists.put_on(ticket, checklist, by=by)
    if ticket.state in DONE:
        _check_away(ticket)
        times.end_timers(ticket, by)
        replacing.drop(ticket)
        replacing.remind(ticket, by)


def _check_away(ticket: Ticket) -> None:
    away = queries.away(ticket.id)
    if away is not None:
        raise Refusal(
            _(
                "The item is still with %(vendor)s (%(number)s). Take it back first.",
                vendor=away.vendor.name,
                number=away.number,
            )
        )
