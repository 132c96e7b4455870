"""Reading lists of items: a page, all of it for a download, and what others do with a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from assets.catalogue.models import ExtraField
from assets.register import (
    access,
    columns,
    field_columns,
    valuation,
    worth_in_sql,
    worth_kept,
)
from assets.register.book_value import Convention
from assets.register.columns import ListColumn
from assets.register.filters import Filters, narrowed
from assets.register.list_groups import Listed, joined
from assets.register.list_marks import ids_beside
from assets.register.list_pages import page_ids
from assets.register.models import Asset
from assets.register.worth_models import AssetWorth
from kernel import clock
from kernel.access import Scope, Viewer
from kernel.db import Money, db
from kernel.pages import Mark

PAGE = 50
# Pages after this one are found beside a row; whatever has so many of them is not rare.
MARKED_FROM = 20
CHUNK = 500
KEPT_STATEMENTS = 256
Found = TypeVar("Found")


@dataclass(frozen=True)
class Sums:
    """What a list holds together.

    Attributes:
        items, pieces: how many.
        cost: what they cost in baht, as far as it is known.
        unpriced: items whose price is not known.
        net: what they are worth in the books today, as far as it can be told; None where it is
            not asked for.
    """

    items: int
    pieces: int
    cost: Decimal
    unpriced: int
    net: Decimal | None


def items(
    filters: Filters,
    shown: Sequence[ListColumn],
    viewer: Viewer,
    *,
    page: int = 1,
    mark: Mark | None = None,
) -> Sequence[Any]:
    """Return one page of the list and one row more where another page follows.

    Args:
        filters: what the list is narrowed to, and its order.
        shown: the columns; a row has what they read by name, and ``id``.
        viewer: who looks; what they may not see is left out.
        page: from 1.
        mark: the row that a deep page lies beside; without it what lies before is counted.
    """
    listed = Listed(viewer.scope(access.SEE), filters.sort, None, tuple(narrowed(filters)))
    asked = (page - 1) * PAGE, mark if page > MARKED_FROM else None
    if filters.sort.removeprefix("-") == columns.WORTH:
        return by_worth(lambda by: _page(replace(listed, by=by), shown, *asked))
    return _page(replace(listed, by=_column_of(filters.sort, shown)), shown, *asked)


def _page(
    listed: Listed, shown: Sequence[ListColumn], first: int, mark: Mark | None
) -> Sequence[Any]:
    by = listed.by
    ids: Sequence[int] | None = None
    if mark:
        ids = ids_beside(listed, mark, PAGE if mark.is_behind else PAGE + 1)
    if ids is None:
        ids = page_ids(listed, first, PAGE + 1)
    if ids is not None:
        query = _rows(tuple(shown), listed.sort, by).where(Asset.id.in_(ids))
        return db.session.execute(query).all()
    if by is None or by.filled is None:
        return _shown_of(listed.ids(), first, shown, listed)
    rows = _shown_of(listed.ids(by.filled, filled=True), first, shown, listed)
    if len(rows) > PAGE:
        return rows
    # Blanks come last in both directions, which no index gives on both engines.
    before = first + len(rows) if rows or not first else _count_of(listed, by.filled)
    blanks = listed.numbered(by.blank)
    return [*rows, *_shown_of(blanks, max(first - before, 0), shown, listed, less=len(rows))]


def _shown_of(
    ids: Select[Any], first: int, shown: Sequence[ListColumn], listed: Listed, *, less: int = 0
) -> Sequence[Any]:
    found = ids.limit(PAGE + 1 - less).offset(first).subquery()
    query = _rows(tuple(shown), listed.sort, listed.by).join(found, found.c.id == Asset.id)
    return db.session.execute(query).all()


def _count_of(listed: Listed, *terms: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(Asset).where(listed.seen, *listed.terms, *terms)
    return db.session.scalar(query) or 0


def exported(filters: Filters, shown: Sequence[ListColumn], viewer: Viewer) -> Iterator[Any]:
    """Yield the whole list as ``items`` would show it page by page, reading it in chunks."""
    reach = access.visible(viewer)
    by = _column_of(filters.sort, shown)
    query = _rows(tuple(shown), filters.sort, by).where(reach, *narrowed(filters))
    found = db.session.execute(query.execution_options(yield_per=CHUNK))
    for part in found.partitions():
        yield from part


def summed(filters: Filters, viewer: Viewer) -> Sums:
    """Return what a list holds together; reads all of it, so pages ask for it apart.

    The value in the books is added up for those who may see it (``access.VALUE``).
    """
    query = select(
        func.count().label("items"),
        func.coalesce(func.sum(Asset.quantity), 0).label("pieces"),
        func.sum(Asset.price * Asset.quantity, type_=Money()).label("cost"),
        func.count(Asset.price).label("priced"),
    ).where(access.visible(viewer), *narrowed(filters))
    may_value = viewer.may(access.VALUE)
    row = by_worth(lambda by: _valued(query, by)) if may_value else db.session.execute(query).one()
    net = (row.net or Decimal(0)) if may_value else None
    return Sums(row.items, int(row.pieces), row.cost or Decimal(0), row.items - row.priced, net)


def _valued(query: Select[*tuple[Any, ...]], by: ListColumn) -> Any:  # noqa: ANN401 - a row with sums
    (net,) = by.order or ()
    with_net: Select[Any] = query.add_columns(func.sum(net, type_=Money()).label("net"))
    return db.session.execute(joined(with_net, by.joins)).one()


def by_worth(read: Callable[[ListColumn], Found]) -> Found:
    """Return what is read by the column of values as it is today, with its order.

    What is kept is read where it holds good for today, from before the reading until after it.
    """
    mark = worth_kept.whole(clock.today(), valuation.in_force())
    if mark is not None:
        found = read(_KEPT_WORTH)
        if worth_kept.mark() == mark:
            return found
    return read(_counted_worth())


def _counted_worth() -> ListColumn:
    return _worth_column(clock.today(), valuation.in_force(), worth_in_sql.words_in_use())


def _column_of(sort: str, shown: Sequence[ListColumn] = ()) -> ListColumn | None:
    """Return the column that a list is ordered by; None is the order of numbers, or ``newest``."""
    key = sort.removeprefix("-")
    if key == columns.WORTH:
        return _counted_worth()
    known = {column.key: column for column in shown} | columns.COLUMNS
    if key.startswith(columns.EXTRA) and key not in known:
        wanted = ExtraField.key == key.removeprefix(columns.EXTRA)
        field = db.session.scalar(select(ExtraField).where(wanted))
        return field_columns.of_field(field) if field else None
    return known.get(key)


@lru_cache(8)
def _worth_column(on: date, convention: Convention, words: worth_in_sql.Words) -> ListColumn:
    """Return the column of values with its order, the same one as long as nothing changes."""
    by = worth_in_sql.net(on, convention, words)
    return replace(columns.COLUMNS[columns.WORTH], order=(by,), joins=("class", "wider"))


_KEPT_WORTH = replace(
    columns.COLUMNS[columns.WORTH], order=(AssetWorth.net,), joins=("worth",), is_kept=True
)


@lru_cache(KEPT_STATEMENTS)
def _rows(shown: tuple[ListColumn, ...], sort: str, by: ListColumn | None) -> Select[Any]:
    """Return what the columns read; building it costs more than running it."""
    reads: dict[str, Any] = {"id": Asset.id, "thumbnail_key": Asset.thumbnail_key}
    for column in shown:
        reads |= dict(column.reads)
    joins = [join for column in (*shown, *((by,) if by else ())) for join in column.joins]
    query = select(*(read.label(name) for name, read in reads.items()))
    return joined(query, joins).order_by(*columns.order_of(sort, by))


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
    listed = Listed(Scope(None), filters.sort, None, tuple(narrowed(filters)))

    def read(by: ListColumn | None) -> Sequence[int]:
        query = replace(listed, by=by).ids(*terms)
        return db.session.scalars(query.limit(limit).offset(offset)).all()

    if filters.sort.removeprefix("-") == columns.WORTH:
        return by_worth(read)
    return read(_column_of(filters.sort))


def count(filters: Filters, *terms: ColumnElement[bool]) -> int:
    """Count the items of a list; for work that must know its size, not for pages."""
    query = select(func.count()).select_from(Asset).where(*terms, *narrowed(filters))
    return db.session.scalar(query) or 0


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
    return [field_columns.of_field(field) for field in fields]
