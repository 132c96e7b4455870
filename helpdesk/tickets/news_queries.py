"""What changed since a page was shown: two numbers that only grow, and how many rows they touch.

Every act on a ticket writes an entry, every report a ticket; the highest number of each table is
found at the end of its primary key, however long the table is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all

from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.queue_filters import Filters, narrowed
from helpdesk.tickets.queue_views import VIEWS, asked_by
from kernel.access import Viewer
from kernel.db import db, fixed

MOST = 100


class Mark(NamedTuple):
    """How far a page has seen: the last entry and the last ticket."""

    entry: int
    ticket: int

    def __str__(self) -> str:
        return f"{self.entry}.{self.ticket}"


def mark_from(said: str | None) -> Mark | None:
    """Return a mark as an address or a header says it, None for nonsense."""
    parts = (said or "").strip('W/"').split(".")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return Mark(int(parts[0]), int(parts[1]))


def newest() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return the two numbers as columns for a query that is asked anyway."""
    entry = select(func.max(TicketEntry.id)).scalar_subquery()
    ticket = select(func.max(Ticket.id)).scalar_subquery()
    return func.coalesce(entry, 0).label("last_entry"), func.coalesce(ticket, 0).label(
        "last_ticket"
    )


def mark() -> Mark:
    """Return how far things are now."""
    return Mark(*db.session.execute(select(*newest())).one())


def news(viewer: Viewer, filters: Filters, since: Mark, shown: Sequence[int]) -> tuple[Mark, int]:
    """Return how far things are now, and how many tickets others changed, in one query.

    Counted are tickets that belong on the page and those that stood on it; at most 100.

    Args:
        viewer: who looks; what they may not see and what they did themselves is left out.
        filters: of the page.
        since: how far the page has seen.
        shown: the tickets that stand on it.
    """
    others = or_(TicketEntry.actor_id.is_(None), TicketEntry.actor_id != viewer.id)
    changed: Select[Any] = (
        select(TicketEntry.ticket_id.label("id"))
        .where(TicketEntry.id > since.entry, others)
        .order_by(TicketEntry.id.desc())
        .limit(fixed(MOST))
    )
    made: Select[Any] = (
        select(Ticket.id.label("id"))
        .where(Ticket.id > since.ticket)
        .order_by(Ticket.id.desc())
        .limit(fixed(MOST))
    )
    ids = union_all(select(changed.subquery()), select(made.subquery())).subquery()
    belongs = and_(*VIEWS[filters.view].terms(), *narrowed(filters))
    found = (
        select(func.count(func.distinct(Ticket.id)))
        .join(ids, ids.c.id == Ticket.id)
        .where(
            or_(belongs, Ticket.id.in_(shown)) if shown else belongs,
            viewer.scope(access.SEE).clause(Ticket.unit_id),
        )
    )
    row = db.session.execute(
        select(*newest(), found.scalar_subquery().label("many")), asked_by(viewer)
    ).one()
    return Mark(int(row.last_entry), int(row.last_ticket)), int(row.many)
