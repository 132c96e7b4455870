"""The list of stock: what each store has of each item, filtered and sorted; what is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from assets.stock import access
from assets.stock.ledger_models import StockLayer
from assets.stock.models import StockBalance, StockBin, StockItem, Store
from assets.stock.states import SupplyClass
from kernel import clock
from kernel.access import Permission, Viewer
from kernel.db import db, fixed
from kernel.search import contains

PAGE = 50
BATCH = 500
SOON = timedelta(days=90)
SHORT, EMPTY, EXPIRING = "short", "empty", "expiring"


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; blanks narrow nothing."""

    words: str = ""
    store_id: int | None = None
    kind: str = ""
    stand: str = ""
    sort: str = "name"

    @property
    def narrows(self) -> bool:
        """Something is left out."""
        return bool(self.words or self.store_id or self.kind or self.stand)


def _orders() -> dict[str, tuple[Any, ...]]:
    return {
        "name": (StockItem.name_sort, StockItem.id, StockBalance.store_id),
        "code": (StockItem.code_key, StockBalance.store_id),
        "quantity": (StockBalance.quantity, StockItem.id, StockBalance.store_id),
        "value": (StockBalance.value, StockItem.id, StockBalance.store_id),
        "store": (Store.code, StockItem.name_sort, StockItem.id),
    }


SORTS = ("name", "code", "quantity", "value", "store")


def _select(filters: Filters, viewer: Viewer) -> Select[StockBalance]:
    query = (
        select(StockBalance)
        .join(StockItem, StockItem.id == StockBalance.item_id)
        .join(Store, Store.id == StockBalance.store_id)
        .options(joinedload(StockBalance.item), joinedload(StockBalance.store))
        .where(access.stores_of(viewer), StockItem.retired_on.is_(None), *_terms(filters))
    )
    key = filters.sort.removeprefix("-")
    order = _orders().get(key, _orders()["name"])
    first = order[0].desc() if filters.sort.startswith("-") else order[0]
    return query.order_by(first, *order[1:])


def _terms(filters: Filters) -> list[ColumnElement[bool]]:
    terms = []
    if filters.words:
        terms.append(contains(StockItem.search_key, filters.words))
    if filters.store_id is not None:
        terms.append(StockBalance.store_id == filters.store_id)
    if filters.kind in tuple(SupplyClass):
        terms.append(StockItem.supply_class == filters.kind)
    if filters.stand == SHORT:
        terms.append(StockBalance.quantity < StockBalance.minimum)
    if filters.stand == EMPTY:
        terms.append(StockBalance.quantity == 0)
    if filters.stand == EXPIRING:
        terms.append(_expires_by(clock.today() + SOON))
    return terms or [true()]


def _expires_by(day: date) -> ColumnElement[bool]:
    return exists().where(
        StockLayer.store_id == StockBalance.store_id,
        StockLayer.item_id == StockBalance.item_id,
        StockLayer.remaining > 0,
        StockLayer.expires_on <= day,
    )


def balances(filters: Filters, viewer: Viewer, *, page: int) -> Sequence[StockBalance]:
    """Return one page of the list, and one row more where another page follows."""
    query = _select(filters, viewer).limit(fixed(PAGE + 1)).offset((page - 1) * PAGE)
    return db.session.scalars(query).all()


def exported(filters: Filters, viewer: Viewer) -> Iterator[StockBalance]:
    """Yield the whole list, a batch at a time."""
    start = 0
    while True:
        found = db.session.scalars(_select(filters, viewer).limit(BATCH).offset(start)).all()
        yield from found
        if len(found) < BATCH:
            return
        start += BATCH


@dataclass(frozen=True)
class Shortage:
    """An item a store has too little of, and how much fills it up to its target.

    ``wanted`` is in the base unit; ``cost`` is baht at the last price paid, None where none is
    known.
    """

    balance: StockBalance
    wanted: Decimal
    unit_price: Decimal | None

    @property
    def cost(self) -> Decimal | None:
        """What filling up costs, in baht."""
        if self.unit_price is None:
            return None
        return (self.unit_price * self.wanted).quantize(Decimal("0.01"))


def shortages(
    viewer: Viewer, store_id: int | None = None, *, right: Permission = access.SEE
) -> list[Shortage]:
    """Return what is below its minimum in the viewer's stores, by store and name.

    A purchase request is drafted from these lines: item, wanted quantity, last price.
    """
    query = (
        select(StockBalance)
        .join(StockItem, StockItem.id == StockBalance.item_id)
        .join(Store, Store.id == StockBalance.store_id)
        .options(
            joinedload(StockBalance.item).selectinload(StockItem.packs),
            joinedload(StockBalance.store),
        )
        .where(
            access.stores_of(viewer, right),
            StockBalance.quantity < StockBalance.minimum,
            StockItem.retired_on.is_(None),
            Store.closed_on.is_(None),
        )
        .order_by(Store.code, StockItem.name_sort, StockItem.id)
    )
    if store_id is not None:
        query = query.where(StockBalance.store_id == store_id)
    found = db.session.scalars(query).all()
    prices = _last_prices({one.item_id for one in found})
    return [
        Shortage(one, (one.target or one.minimum) - one.quantity, prices.get(one.item_id))
        for one in found
    ]


def _last_prices(item_ids: set[int]) -> dict[int, Decimal]:
    """Return baht for one, as last paid, by item; what was never paid for is left out."""
    newest = (
        select(func.max(StockLayer.id))
        .where(StockLayer.item_id.in_(item_ids), StockLayer.value > 0)
        .group_by(StockLayer.item_id)
    )
    layers = db.session.scalars(select(StockLayer).where(StockLayer.id.in_(newest)))
    return {one.item_id: (one.value / one.quantity).quantize(Decimal("0.01")) for one in layers}


@dataclass(frozen=True)
class StoreLine:
    """A store with what is in it."""

    store: Store
    items: int
    value: Decimal
    short: int


def stores(viewer: Viewer, *, closed: bool = False) -> list[StoreLine]:
    """Return the viewer's stores with how much is in each."""
    query = (
        select(Store)
        .options(joinedload(Store.unit), joinedload(Store.keeper), joinedload(Store.orderer))
        .where(access.stores_of(viewer))
        .order_by(Store.code)
    )
    if not closed:
        query = query.where(Store.closed_on.is_(None))
    counted = {
        store_id: (items, value, short)
        for store_id, items, value, short in db.session.execute(
            select(
                StockBalance.store_id,
                func.count().filter(StockBalance.quantity > 0),
                func.sum(StockBalance.value),
                func.count().filter(StockBalance.quantity < StockBalance.minimum),
            ).group_by(StockBalance.store_id)
        )
    }
    nothing = (0, Decimal(0), 0)
    return [StoreLine(one, *counted.get(one.id, nothing)) for one in db.session.scalars(query)]


def store_choices(viewer: Viewer, right: Permission = access.SEE) -> list[Store]:
    """Return the open stores a right of the viewer reaches."""
    query = select(Store).where(access.stores_of(viewer, right), Store.closed_on.is_(None))
    return list(db.session.scalars(query.order_by(Store.code)))


def other_stores(store: Store) -> list[Store]:
    """Return the open stores something can be sent to from this one, of all units."""
    query = select(Store).where(Store.id != store.id, Store.closed_on.is_(None))
    return list(db.session.scalars(query.options(joinedload(Store.unit)).order_by(Store.code)))


def bins_of(store: Store) -> Sequence[StockBin]:
    """Return the bins of a store in use, by name."""
    return db.session.scalars(
        select(StockBin)
        .options(joinedload(StockBin.item))
        .where(StockBin.store_id == store.id, StockBin.retired_at.is_(None))
        .order_by(StockBin.name_key)
    ).all()


def offered(store: Store | None, *, held: bool) -> Sequence[StockItem]:
    """Return the items to choose from: those a store has some of, or all that are kept."""
    query = select(StockItem).options(selectinload(StockItem.packs))
    query = query.where(StockItem.retired_on.is_(None)).order_by(StockItem.name_sort)
    if held and store is not None:
        inside = select(StockBalance.item_id).where(
            StockBalance.store_id == store.id, StockBalance.quantity > 0
        )
        query = query.where(StockItem.id.in_(inside))
    return db.session.scalars(query.limit(BATCH)).all()
