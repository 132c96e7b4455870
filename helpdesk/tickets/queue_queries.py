"""Reading the queue: a page of it, all of it, the counts of its views, what to filter it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    select,
)

from assets.catalogue.models import AssetClass
from assets.register.models import Asset
from helpdesk.tickets import access, queue_groups
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.news_queries import newest
from helpdesk.tickets.queue_columns import CLASS, COLUMNS, JOINS, Assignee, order_of, sorted_by
from helpdesk.tickets.queue_filters import Filters, narrowed
from helpdesk.tickets.queue_views import COUNTED, VIEWS, View, asked_by
from kernel import search
from kernel.access import Scope, Viewer
from kernel.db import db, fixed, thai_order
from kernel.pages import MOST_COUNTED
from office.places.models import Room, Unit

KEPT_STATEMENTS = 256
CHUNK = 500
LISTED = (
    Ticket.id,
    Ticket.number,
    Ticket.kind,
    Ticket.subject,
    Ticket.subject_en,
    Ticket.state,
    Ticket.state_since,
    Ticket.priority,
    Ticket.category,
    Ticket.next_due_at,
    Ticket.first_response_at,
    Ticket.opened_at,
    Ticket.unit_id,
    Ticket.assignee_id,
    Ticket.place_text,
    Ticket.reporter_name,
    Ticket.waiting_reason,
    Ticket.version,
    Asset.name.label("asset_name"),
    Asset.asset_no,
    Unit.name_th.label("unit_th"),
    Unit.name_en.label("unit_en"),
    Room.name.label("room_name"),
    Assignee.name_th.label("assignee_th"),
    Assignee.name_en.label("assignee_en"),
    *CLASS,
)


def queue(viewer: Viewer, filters: Filters, number: int, size: int) -> Sequence[Any]:
    """Return up to ``size + 1`` rows: open ones by what is due next, others newest first.

    Args:
        viewer: who looks; what they may not see is left out.
        filters: the view, what it is narrowed to, its order.
        number: of the page, from 1.
        size: rows of a page.
    """
    sort = sorted_by(filters.sort, is_open=filters.is_open)
    part = {"most": size + 1, "skipped": (number - 1) * size}
    if filters.is_open and queue_groups.is_grouped(sort):
        return _by_name(viewer, filters, sort, part)
    reach, terms = viewer.scope(access.SEE), narrowed(filters)
    if not terms:
        asked = {**asked_by(viewer), **part}
        return db.session.execute(_page(filters.view, reach, sort), asked).all()
    ids = _ids(filters.view, reach, sort)
    if filters.text and not filters.is_open:
        # Read in the order of numbers, the search ends with the page however much it would find.
        ids = ids.order_by(None).where(*narrowed(replace(filters, text="")))
        ids = search.first(ids, Ticket.search_key, filters.text, newest=sort != "number")
    else:
        ids = ids.where(*terms)
    return _found(ids, sort, filters, {**asked_by(viewer), **part})


def _by_name(viewer: Viewer, filters: Filters, sort: str, part: dict[str, int]) -> Sequence[Any]:
    """Return the rows of a page in the order of names, reading the tickets of those names only."""
    reach, terms, asked = viewer.scope(access.SEE), narrowed(filters), asked_by(viewer)
    page = (part["skipped"], part["most"])
    stretch = queue_groups.stretch_of(filters.view, reach, sort, terms, page, asked)
    if stretch is None:
        return []
    ids = _ids(filters.view, reach, "" if stretch.one else sort).where(stretch.term, *terms)
    return _found(ids, sort, filters, {**asked, **part, "skipped": stretch.skipped})


def _found(
    ids: Select[Any], sort: str, filters: Filters, values: Mapping[str, Any]
) -> Sequence[Any]:
    return db.session.execute(_with_rows(ids, sort, is_open=filters.is_open), values).all()


def exported(viewer: Viewer, filters: Filters) -> Iterator[Any]:
    """Yield the whole list as ``queue`` would show it page by page, reading it in chunks."""
    sort = sorted_by(filters.sort, is_open=filters.is_open)
    reach = viewer.scope(access.SEE).clause(Ticket.unit_id)
    query = _rows(sort, is_open=filters.is_open).where(
        *VIEWS[filters.view].terms(), reach, *narrowed(filters)
    )
    found = db.session.execute(query.execution_options(yield_per=CHUNK), asked_by(viewer))
    for part in found.partitions():
        yield from part


# Building these statements costs more than running them, so each is built once for a reach.
@lru_cache(KEPT_STATEMENTS)
def _ids(view: str, reach: Scope, sort: str) -> Select[Any]:
    """Return a page without its columns: passing over rows and sorting them then costs little."""
    query = select(Ticket.id).where(*VIEWS[view].terms(), reach.clause(Ticket.unit_id))
    needed = COLUMNS[sort.removeprefix("-")].joins if sort else ""
    if needed:
        query = query.outerjoin(*JOINS[needed])
    return (
        query.order_by(*order_of(sort, is_open=VIEWS[view].is_open))
        .limit(bindparam("most", type_=Integer, literal_execute=True))
        .offset(bindparam("skipped", type_=Integer, literal_execute=True))
    )


@lru_cache(KEPT_STATEMENTS)
def _page(view: str, reach: Scope, sort: str) -> Select[*tuple[Any, ...]]:
    """Return a page of a view that is not narrowed."""
    return _with_rows(_ids(view, reach, sort), sort, is_open=VIEWS[view].is_open)


def _with_rows(ids: Select[Any], sort: str, *, is_open: bool) -> Select[*tuple[Any, ...]]:
    found = ids.subquery()
    return _rows(sort, is_open=is_open).join(found, found.c.id == Ticket.id)


@lru_cache(KEPT_STATEMENTS)
def _rows(sort: str, *, is_open: bool) -> Select[Any]:
    return with_places(select(*LISTED)).order_by(*order_of(sort, is_open=is_open))


def with_places(
    query: Select[*tuple[Any, ...]], found: FromClause | None = None
) -> Select[*tuple[Any, ...]]:
    """Return a query of ``LISTED`` with the tables that its columns stand in.

    Args:
        query: the SELECT.
        found: a subquery with the ids that are wanted. It comes first: PostgreSQL joins what comes
            behind the eighth table in the order it is written, and read every ticket for it.
    """
    tickets = query.select_from(Ticket)
    if found is not None:
        tickets = query.select_from(found).join(Ticket, Ticket.id == found.c.id)
    return (
        tickets.join(Unit, Unit.id == Ticket.unit_id)
        .outerjoin(Asset, Asset.id == Ticket.asset_id)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .outerjoin(*JOINS["room"])
        .outerjoin(*JOINS["assignee"])
    )


def view_counts(viewer: Viewer) -> dict[str, int]:
    """Return how many tickets each counted view of the queue holds, in one query.

    With them come ``last_entry`` and ``last_ticket``, which tell later whether there is news.
    Counting stops at ``MOST_COUNTED`` + 1, so that it takes no longer however many there are.
    """
    row = db.session.execute(_counts(viewer.scope(access.SEE)), asked_by(viewer)).one()
    return {name: int(value) for name, value in row._asdict().items()}


@lru_cache(KEPT_STATEMENTS)
def _counts(reach: Scope) -> Select[*tuple[Any, ...]]:
    def counted(view: View) -> ColumnElement[int]:
        found: Select[Any] = select(literal_column("1")).select_from(Ticket)
        found = found.where(*view.terms(), reach.clause(Ticket.unit_id))
        found = found.limit(fixed(MOST_COUNTED + 1))
        return select(func.count()).select_from(found.subquery()).scalar_subquery().label(view.key)

    return select(*(counted(view) for view in COUNTED), *newest())


def units_of_queue(viewer: Viewer) -> Sequence[Any]:
    """Return the units a viewer may filter the queue by."""
    return db.session.execute(_units(viewer.scope(access.SEE))).all()


@lru_cache(KEPT_STATEMENTS)
def _units(reach: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(reach.clause(Unit.id), Unit.closed_on.is_(None))
        .order_by(thai_order(Unit.name_th))
    )


def rooms_of(unit_id: int) -> Sequence[Any]:
    """Return the rooms of a unit that the queue may be filtered by."""
    return db.session.execute(
        select(Room.id, Room.name)
        .where(Room.unit_id == unit_id, Room.closed_on.is_(None))
        .order_by(thai_order(Room.name))
    ).all()


def classes() -> Sequence[Any]:
    """Return the classes that the queue may be filtered by."""
    return db.session.execute(
        select(AssetClass.id, AssetClass.name_th, AssetClass.name_en).order_by(AssetClass.code)
    ).all()
