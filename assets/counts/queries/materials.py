"""What the stores of a round's units took in, handed out and have left (working papers ก and ค)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from assets.counts import access
from assets.counts.models import Round, RoundUnit
from assets.counts.queries.report import Sums, spoken
from assets.stock.count_models import StockCount, StockCountLine
from assets.stock.ledger_models import StockMovement, StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.quantities import Quantity
from assets.stock.states import CountState
from assets.stock.states import Kind as MoveKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import Money, db
from office.places.models import Unit

# A store is counted around 30 September, at the latest while the inspectors are at work.
COUNTED_BEFORE, COUNTED_AFTER = timedelta(days=31), timedelta(days=92)
COUNTED = (CountState.REVIEWING, CountState.SUBMITTED, CountState.CLOSED)


@dataclass(frozen=True)
class Moved:
    """What one document brought (or, negative, took) of one item; ``value`` is in baht."""

    on: date
    slip: StockSlip
    item: StockItem
    unit: str
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True)
class Left:
    """What the book has of an item on the day of the round, and what a count of the store found.

    ``count`` is None where the store was not counted around that day, or not this item.
    """

    item: StockItem
    unit: str
    quantity: Decimal
    count: StockCountLine | None

    @property
    def counted_on(self) -> date | None:
        """The day on which somebody counted it."""
        at = self.count.counted_at if self.count else None
        return clock.local(at).date() if at else None


def moves(
    viewer: Viewer, one: Round, *, limit: int | None = None, offset: int = 0
) -> Iterator[Moved]:
    """Yield what came in and went out from 1 October to 30 September, by unit, day and document.

    What a store began with is no receipt and left out.

    Args:
        viewer: who reads; narrowed to the units in reach.
        one: the round.
        limit: how many at most.
        offset: how many to pass over.
    """
    quantity = func.sum(StockMovement.quantity, type_=Quantity())
    value = func.sum(StockMovement.value, type_=Money())
    first = func.min(StockMovement.posted_on)
    query = (
        _moves(viewer, one, first, StockSlip, StockItem, Unit, quantity, value)
        .order_by(Store.unit_id, first, StockSlip.id, StockItem.id)
        .limit(limit)
        .offset(offset)
    )
    for on, slip, item, unit, pieces, worth in db.session.execute(query):
        yield Moved(on, slip, item, spoken(unit.name_th, unit.name_en), pieces, worth)


def _moves(viewer: Viewer, one: Round, *columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - what to read
    begun = date(one.counted_day.year - 1, 10, 1)
    return (
        select(*columns)
        .select_from(StockMovement)
        .join(Store, Store.id == StockMovement.store_id)
        .join(Unit, Unit.id == Store.unit_id)
        .join(StockSlip, StockSlip.id == StockMovement.slip_id)
        .join(StockItem, StockItem.id == StockMovement.item_id)
        .where(
            _in_round(viewer, one),
            StockMovement.posted_on.between(begun, one.counted_day),
            StockMovement.kind != MoveKind.OPENED,
        )
        .group_by(Store.id, Unit.id, StockSlip.id, StockItem.id)
    )


def _in_round(viewer: Viewer, one: Round) -> Any:  # noqa: ANN401 - a WHERE term
    units = select(RoundUnit.unit_id).where(RoundUnit.round_id == one.id)
    return and_(Store.unit_id.in_(units), access.lines_seen(viewer, one, Store.unit_id))


def left(
    viewer: Viewer, one: Round, *, limit: int | None = None, offset: int = 0
) -> Iterator[Left]:
    """Yield what the stores have on 30 September, by unit, class and name.

    The arguments are those of ``moves``.
    """
    query = (
        _left(viewer, one)
        .order_by(Store.unit_id, StockItem.supply_class, StockItem.name_sort, StockItem.id)
        .limit(limit)
        .offset(offset)
    )
    for item, unit, quantity, line in db.session.execute(query):
        yield Left(item, spoken(unit.name_th, unit.name_en), quantity, line)


def _left(viewer: Viewer, one: Round) -> Select[*tuple[Any, ...]]:
    by_then = case((StockMovement.posted_on <= one.counted_day, StockMovement.quantity), else_=0)
    book = (
        select(
            StockMovement.store_id,
            StockMovement.item_id,
            func.sum(by_then, type_=Quantity()).label("quantity"),
        )
        .group_by(StockMovement.store_id, StockMovement.item_id)
        .subquery()
    )
    counts = _counts(one)
    line = and_(StockCountLine.count_id == counts.c.id, StockCountLine.item_id == book.c.item_id)
    return (
        select(StockItem, Unit, book.c.quantity, StockCountLine)
        .select_from(book)
        .join(Store, Store.id == book.c.store_id)
        .join(Unit, Unit.id == Store.unit_id)
        .join(StockItem, StockItem.id == book.c.item_id)
        .outerjoin(counts, counts.c.store_id == book.c.store_id)
        .outerjoin(StockCountLine, line)
        .where(_in_round(viewer, one), or_(book.c.quantity != 0, StockCountLine.counted > 0))
    )


def _counts(one: Round) -> Any:  # noqa: ANN401 - a subquery
    """Return the last count of each store around the day of the round."""
    first = clock.at(one.counted_day - COUNTED_BEFORE, time.min)
    last = clock.at(one.counted_day + COUNTED_AFTER, time.min)
    return (
        select(StockCount.store_id, func.max(StockCount.id).label("id"))
        .where(StockCount.state.in_(COUNTED), StockCount.frozen_at.between(first, last))
        .group_by(StockCount.store_id)
        .subquery()
    )


def move_sums(viewer: Viewer, one: Round) -> Sums:
    """Return how many lines ``moves`` has."""
    return _length(_moves(viewer, one, StockSlip.id))


def left_sums(viewer: Viewer, one: Round) -> Sums:
    """Return how many lines ``left`` has."""
    return _length(_left(viewer, one).with_only_columns(StockItem.id))


def _length(query: Select[*tuple[Any, ...]]) -> Sums:
    return Sums(db.session.scalar(select(func.count()).select_from(query.subquery())) or 0)
