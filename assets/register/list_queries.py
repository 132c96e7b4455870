"""Reading lists of items: a page, all of it for a download, and what others do with a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from assets.catalogue.models import AssetClass, ExtraField
from assets.register import access, columns
from assets.register.columns import Holder, ListColumn, Owner
from assets.register.filters import Filters, narrowed
from assets.register.models import Asset
from assets.register.valuation import Wider
from kernel.access import Scope, Viewer
from kernel.db import db
from office.people.models import Person
from office.places.models import Room

PAGE = 50
CHUNK = 500
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
    reach = viewer.scope(access.SEE)
    found = (
        _ids(reach, filters.sort)
        .where(*narrowed(filters))
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
        .subquery()
    )
    query = _rows(tuple(shown), filters.sort).join(found, found.c.id == Asset.id)
    return db.session.execute(query).all()


def exported(filters: Filters, shown: Sequence[ListColumn], viewer: Viewer) -> Iterator[Any]:
    """Yield the whole list as ``items`` would show it page by page, reading it in chunks."""
    reach = viewer.scope(access.SEE).clause(Asset.owner_unit_id, Asset.holding_unit_id)
    query = _rows(tuple(shown), filters.sort).where(reach, *narrowed(filters))
    found = db.session.execute(query.execution_options(yield_per=CHUNK))
    for part in found.partitions():
        yield from part


def _ids(reach: Scope, sort: str) -> Select[Any]:
    """Return the list without its filters: only ids, so that passing over pages costs little."""
    query = select(Asset.id).where(reach.clause(Asset.owner_unit_id, Asset.holding_unit_id))
    if sort != "newest":
        query = _joined(query, columns.chosen([sort.removeprefix("-")])[0].joins if sort else ())
    return query.order_by(*columns.order_of(sort))


@lru_cache(KEPT_STATEMENTS)
def _rows(shown: tuple[ListColumn, ...], sort: str) -> Select[Any]:
    """Return what the columns read; building it costs more than running it."""
    reads: dict[str, Any] = {"id": Asset.id, "thumbnail_key": Asset.thumbnail_key}
    for column in shown:
        reads |= dict(column.reads)
    ordering = columns.chosen([sort.removeprefix("-")]) if sort and sort != "newest" else ()
    joins = [join for column in (*shown, *ordering[:1]) for join in column.joins]
    query = select(*(read.label(name) for name, read in reads.items()))
    return _joined(query, joins).order_by(*columns.order_of(sort))


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
    query = _ids(Scope(None), filters.sort).where(*terms, *narrowed(filters))
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
