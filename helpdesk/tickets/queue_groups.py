"""Which schools, rooms or technicians a page of the ordered queue holds.

Ordering all open tickets by a name compares two Thai names for every ticket. The tickets of each
name are counted instead, from an index, and only the names are brought into their order; a page
then reads the tickets of the few names that stand on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.queue_columns import COLUMNS, Assignee, name_order
from helpdesk.tickets.queue_views import VIEWS
from kernel.access import Scope
from kernel.db import db
from office.places.models import Room, Unit

KEPT_STATEMENTS = 256
# What the ticket points at, the table it points into, and the name there.
GROUPS: Mapping[str, tuple[Any, Any, Any]] = {
    "unit": (Ticket.unit_id, Unit, Unit.name_th),
    "room": (Ticket.room_id, Room, Room.name),
    "assignee": (Ticket.assignee_id, Assignee, Assignee.name_th),
}


@dataclass(frozen=True)
class Stretch:
    """The part of the ordered queue that holds a page.

    Attributes:
        term: true for the tickets of its names.
        skipped: how many of them come before the page.
        one: they share one name, so that nothing but what is due orders them.
    """

    term: ColumnElement[bool]
    skipped: int
    one: bool


def is_grouped(sort: str) -> bool:
    """Tell whether a sort that ``sorted_by`` allowed orders by a name."""
    return bool(sort) and COLUMNS[sort.removeprefix("-")].joins in GROUPS


def stretch_of(
    view: str,
    reach: Scope,
    sort: str,
    terms: Sequence[ColumnElement[bool]],
    page: tuple[int, int],
    asked: Mapping[str, Any],
) -> Stretch | None:
    """Return the names that stand on a page; None where the queue ends before it.

    Args:
        view: the view of the queue.
        reach: of the viewer's right to see.
        sort: one that ``is_grouped``.
        terms: what the view is narrowed to.
        page: how many rows come before it, and how many it wants.
        asked: the values that the terms of the view are asked with.
    """
    skipped, most = page
    counts = db.session.execute(_counted(view, reach, sort, tuple(terms)), asked)
    keys: list[int | None] = []
    before, inside, names = 0, 0, 0
    for _name, rows in groupby(counts, key=lambda row: row.name):
        found = list(rows)
        behind = before + sum(row.tickets for row in found)
        if behind > skipped:
            inside = inside if keys else skipped - before
            keys += [row.key for row in found]
            names += 1
        before = behind
        if before >= skipped + most:
            break
    return Stretch(_among(sort, keys), inside, names == 1) if keys else None


def _counted(
    view: str, reach: Scope, sort: str, terms: tuple[ColumnElement[bool], ...]
) -> Select[*tuple[Any, ...]]:
    if not terms:
        return _counted_whole(view, reach, sort)
    return _counted_whole.__wrapped__(view, reach, sort, terms)


@lru_cache(KEPT_STATEMENTS)
def _counted_whole(
    view: str, reach: Scope, sort: str, terms: tuple[ColumnElement[bool], ...] = ()
) -> Select[*tuple[Any, ...]]:
    column, table, name = GROUPS[COLUMNS[sort.removeprefix("-")].joins]
    counts = (
        select(column.label("key"), func.count().label("tickets"))
        .where(*VIEWS[view].terms(), reach.clause(Ticket.unit_id), *terms)
        .group_by(column)
        .subquery()
    )
    return (
        select(counts.c.key, counts.c.tickets, name.label("name"))
        .select_from(counts)
        .outerjoin(table, table.id == counts.c.key)
        .order_by(*name_order(sort), counts.c.key)
    )


def _among(sort: str, keys: Sequence[int | None]) -> ColumnElement[bool]:
    column = GROUPS[COLUMNS[sort.removeprefix("-")].joins][0]
    known = [key for key in keys if key is not None]
    terms: list[ColumnElement[bool]] = [column.is_(None)] if None in keys else []
    if known:
        terms.append(column == known[0] if len(known) == 1 else column.in_(known))
    return or_(*terms)
