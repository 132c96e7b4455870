"""Reading lists of items: a page, all of it for a download, and what others do with a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from assets.catalogue.models import AssetClass, ExtraField
from assets.register import access, columns, valuation
from assets.register.columns import Holder, ListColumn, Owner
from assets.register.filters import Filters, narrowed
from assets.register.models import Asset
from assets.register.valuation import Wider
from kernel import clock
from kernel.access import Scope, Viewer
from kernel.db import Money, db
from office.people.models import Person
from office.places.models import Room

PAGE = 50
CHUNK = 500
# Counting the values of so many takes about a second.
MOST_BY_WORTH = 30_000
KEPT_STATEMENTS = 256
# Each table a column may need, and how it is joined to the item; "wider" stands on "class".
JOINS: dict[str, tuple[Any, Any]] = {
    "holder": (Holder, Holder.id == Asset.holding_unit_id),
    "owner": (Owner, Owner.id == Asset.owner_unit_id),
    "room": (Room, Room.id == Asset.room_id),
    "class": (AssetClass, AssetClass.id == Asset.class_id),
    "wider": (Wider, Wider.id == AssetClass.parent_id),
    "custodian": (Person, Person.id == Asset.custodian_id),
}


@dataclass(frozen=True)
class Sums:
    """What a list holds together.

    Attributes:
        items, pieces: how many.
        cost: what they cost in baht, as far as it is known.
        unpriced: items whose price is not known.
    """

    items: int
    pieces: int
    cost: Decimal
    unpriced: int


def items(
    filters: Filters, shown: Sequence[ListColumn], viewer: Viewer, *, page: int = 1
) -> Sequence[Any]:
    """Return one page of the list and one row more where another page follows.

    Args:
        filters: what the list is narrowed to, and its order.
        shown: the columns; a row has what they read by name, and ``id``.
        viewer: who looks; what they may not see is left out.
        page: from 1.
    """
    reach, first = viewer.scope(access.SEE), (page - 1) * PAGE
    by_worth = _by_worth(filters, access.visible(viewer))
    if by_worth is not None:
        return _in_turn(by_worth[first : first + PAGE + 1], shown)
    by = _column_of(filters.sort, shown)
    found = (
        _ids(reach, filters.sort, by)
        .where(*narrowed(filters))
        .limit(PAGE + 1)
        .offset(first)
        .subquery()
    )
    query = _rows(tuple(shown), filters.sort, by).join(found, found.c.id == Asset.id)
    return db.session.execute(query).all()


def exported(filters: Filters, shown: Sequence[ListColumn], viewer: Viewer) -> Iterator[Any]:
    """Yield the whole list as ``items`` would show it page by page, reading it in chunks."""
    reach = access.visible(viewer)
    by_worth = _by_worth(filters, reach)
    if by_worth is not None:
        for start in range(0, len(by_worth), CHUNK):
            yield from _in_turn(by_worth[start : start + CHUNK], shown)
        return
    by = _column_of(filters.sort, shown)
    query = _rows(tuple(shown), filters.sort, by).where(reach, *narrowed(filters))
    found = db.session.execute(query.execution_options(yield_per=CHUNK))
    for part in found.partitions():
        yield from part


def summed(filters: Filters, viewer: Viewer) -> Sums:
    """Return what a list holds together; reads all of it, so pages ask for it apart."""
    row = db.session.execute(
        select(
            func.count().label("items"),
            func.coalesce(func.sum(Asset.quantity), 0).label("pieces"),
            func.sum(Asset.price * Asset.quantity, type_=Money()).label("cost"),
            func.count(Asset.price).label("priced"),
        ).where(access.visible(viewer), *narrowed(filters))
    ).one()
    return Sums(row.items, int(row.pieces), row.cost or Decimal(0), row.items - row.priced)


def is_by_worth(filters: Filters) -> bool:
    """Tell whether a list is asked for in the order of book values."""
    return filters.sort.removeprefix("-") == columns.WORTH


def _by_worth(filters: Filters, *terms: ColumnElement[bool]) -> list[int] | None:
    """Return all ids of a list in the order of book values; what has none comes last.

    None where the list is not asked for in that order, or is longer than ``MOST_BY_WORTH``.
    """
    if not is_by_worth(filters):
        return None
    down, today = filters.sort.startswith("-"), clock.today()
    read = columns.COLUMNS[columns.WORTH]
    query = _rows((read,), "-" if down else "", None).where(*terms, *narrowed(filters))
    rows = db.session.execute(query.limit(MOST_BY_WORTH + 1)).all()
    if len(rows) > MOST_BY_WORTH:
        return None
    convention = valuation.in_force()
    valued: list[tuple[Decimal, int]] = []
    blank: list[int] = []
    for row in rows:
        worth = valuation.of_row(row, today, convention)
        if worth is None or worth.net is None:
            blank.append(row.id)
        else:
            valued.append((worth.net, row.id))
    valued.sort(key=itemgetter(0), reverse=down)
    return [*(one for _net, one in valued), *blank]


def _in_turn(ids: Sequence[int], shown: Sequence[ListColumn]) -> list[Any]:
    """Return the rows of some items in this order."""
    found = db.session.execute(_rows(tuple(shown), "", None).where(Asset.id.in_(ids)))
    by_id = {row.id: row for row in found}
    return [by_id[one] for one in ids if one in by_id]


def _column_of(sort: str, shown: Sequence[ListColumn] = ()) -> ListColumn | None:
    """Return the column that a list is ordered by; None is the order of numbers, or ``newest``."""
    key = sort.removeprefix("-")
    known = {column.key: column for column in shown} | columns.COLUMNS
    if key.startswith(columns.EXTRA) and key not in known:
        wanted = ExtraField.key == key.removeprefix(columns.EXTRA)
        field = db.session.scalar(select(ExtraField).where(wanted))
        return columns.of_field(field) if field else None
    return known.get(key)


def _ids(reach: Scope, sort: str, by: ListColumn | None) -> Select[Any]:
    """Return the list without its filters: only ids, so that passing over pages costs little."""
    query = select(Asset.id).where(reach.clause(Asset.owner_unit_id, Asset.holding_unit_id))
    return _joined(query, by.joins if by else ()).order_by(*columns.order_of(sort, by))


@lru_cache(KEPT_STATEMENTS)
def _rows(shown: tuple[ListColumn, ...], sort: str, by: ListColumn | None) -> Select[Any]:
    """Return what the columns read; building it costs more than running it."""
    reads: dict[str, Any] = {"id": Asset.id, "thumbnail_key": Asset.thumbnail_key}
    for column in shown:
        reads |= dict(column.reads)
    joins = [join for column in (*shown, *((by,) if by else ())) for join in column.joins]
    query = select(*(read.label(name) for name, read in reads.items()))
    return _joined(query, joins).order_by(*columns.order_of(sort, by))


def _joined(query: Select[Any], joins: Sequence[str]) -> Select[Any]:
    for name, join in JOINS.items():
        if name in joins:
            query = query.outerjoin(*join)
    return query


def chosen(
    filters: Filters, *terms: ColumnElement[bool], limit: int, offset: int = 0
) -> Sequence[Asset]:
    """Return items of a list with their places, in its order, as far as the terms let them be seen.

    Args:
        filters: what the list is narrowed to.
        terms: who may see them (``access.visible``), and whatever else must hold.
        limit: how many at most.
        offset: how many of the list to pass over.
    """
    ids = chosen_ids(filters, *terms, limit=limit, offset=offset)
    found = db.session.scalars(
        select(Asset)
        .where(Asset.id.in_(ids))
        .options(joinedload(Asset.holding_unit), joinedload(Asset.room))
    )
    by_id = {asset.id: asset for asset in found}
    return [by_id[one] for one in ids if one in by_id]


def chosen_ids(
    filters: Filters, *terms: ColumnElement[bool], limit: int, offset: int = 0
) -> Sequence[int]:
    """Return the ids of items of a list in its order; the arguments are those of ``chosen``."""
    by_worth = _by_worth(filters, *terms)
    if by_worth is not None:
        return by_worth[offset : offset + limit]
    query = _ids(Scope(None), filters.sort, _column_of(filters.sort))
    query = query.where(*terms, *narrowed(filters))
    return db.session.scalars(query.limit(limit).offset(offset)).all()


def count(filters: Filters, *terms: ColumnElement[bool]) -> int:
    """Count the items of a list; for work that must know its size, not for pages."""
    query = select(func.count()).select_from(Asset).where(*terms, *narrowed(filters))
    return db.session.scalar(query) or 0


def count_up_to(most: int, filters: Filters, viewer: Viewer) -> int:
    """Count the items of a list that a viewer may see, stopping one above ``most``."""
    found = select(Asset.id).where(access.visible(viewer), *narrowed(filters)).limit(most + 1)
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def seen_ids(ids: Sequence[int], viewer: Viewer) -> Sequence[int]:
    """Return those of some items that a viewer may see, in the order of numbers."""
    return db.session.scalars(
        select(Asset.id)
        .where(Asset.id.in_(ids), access.visible(viewer))
        .order_by(Asset.asset_no_sort, Asset.id)
    ).all()


def holding_units(ids: Sequence[int]) -> Sequence[int]:
    """Return the ids of the units that hold some items; asked where all lie in one unit."""
    return db.session.scalars(
        select(Asset.holding_unit_id).where(Asset.id.in_(ids)).distinct().limit(2)
    ).all()


def extra_columns(class_ids: Sequence[int]) -> list[ListColumn]:
    """Return the columns of the extra fields of a class and of the classes above it.

    Args:
        class_ids: the class and those above it; none, no columns.
    """
    if not class_ids:
        return []
    fields = db.session.scalars(
        select(ExtraField)
        .where(ExtraField.class_id.in_(class_ids), ExtraField.retired.is_(False))
        .order_by(ExtraField.class_id, ExtraField.position, ExtraField.id)
    )
    return [columns.of_field(field) for field in fields]
