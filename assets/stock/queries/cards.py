"""The stock card (บัญชีวัสดุ) of one item in one store for one fiscal year (DOMAIN 4, R-K1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from assets.stock.costs import unit_cost
from assets.stock.ledger_models import StockMovement, StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.states import KINDS, Kind, SlipKind
from kernel import thai
from kernel.db import db

BUDDHIST = thai.BUDDHIST_OFFSET


@dataclass(frozen=True)
class CardLine:
    """One line of a card: what came in or went out at one price, and what there was afterwards."""

    on: date
    party: str
    document: str
    unit_cost: Decimal | None
    quantity: Decimal
    value: Decimal
    balance: Decimal
    balance_value: Decimal
    note: str

    @property
    def came_in(self) -> bool:
        """It stands in the columns of what came in."""
        return self.quantity > 0


@dataclass(frozen=True)
class Card:
    """A card: what was brought forward on 1 October, the lines, and how the year ends or stands."""

    store: Store
    item: StockItem
    year: int
    first: date
    last: date
    brought: Decimal
    brought_value: Decimal
    lines: list[CardLine]

    @property
    def closing(self) -> tuple[Decimal, Decimal]:
        """Quantity and worth after the last line."""
        if not self.lines:
            return self.brought, self.brought_value
        return self.lines[-1].balance, self.lines[-1].balance_value

    def sums(self, *, came_in: bool) -> tuple[Decimal, Decimal]:
        """Return quantity and worth of all that came in, or of all that went out."""
        ours = [line for line in self.lines if line.came_in == came_in]
        quantity = abs(sum((line.quantity for line in ours), Decimal(0)))
        return quantity, abs(sum((line.value for line in ours), Decimal(0)))


def bounds(year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year (Buddhist era)."""
    return date(year - BUDDHIST - 1, 10, 1), date(year - BUDDHIST, 9, 30)


def card(store: Store, item: StockItem, year: int) -> Card:
    """Return the card of a fiscal year (Buddhist era)."""
    first, last = bounds(year)
    place = (StockMovement.store_id == store.id, StockMovement.item_id == item.id)
    brought, value = db.session.execute(
        select(func.sum(StockMovement.quantity), func.sum(StockMovement.value)).where(
            *place, StockMovement.posted_on < first
        )
    ).one()
    moved = db.session.scalars(
        select(StockMovement)
        .options(
            joinedload(StockMovement.slip).options(
                joinedload(StockSlip.to_store), joinedload(StockSlip.store)
            )
        )
        .where(*place, StockMovement.posted_on >= first, StockMovement.posted_on <= last)
        .order_by(StockMovement.id)
    )
    zero = Decimal(0)
    lines = [_line(one, store) for one in moved]
    return Card(store, item, year, first, last, brought or zero, value or zero, lines)


def _line(one: StockMovement, store: Store) -> CardLine:
    slip = one.slip
    document = slip.doc_no if slip.kind == SlipKind.RECEIPT and slip.doc_no else slip.number
    return CardLine(
        on=one.posted_on,
        party=_party(one, store),
        document=document,
        unit_cost=unit_cost(one.quantity, one.value),
        quantity=one.quantity,
        value=one.value,
        balance=one.balance,
        balance_value=one.balance_value,
        note=slip.reference or one.reason,
    )


def _party(one: StockMovement, store: Store) -> str:
    """Return from whom it came or to whom it went, as the card says it."""
    slip, kind = one.slip, Kind(one.kind)
    if kind == Kind.RECEIVED:
        return slip.counterparty or str(KINDS[kind].label)
    if kind == Kind.ISSUED:
        return slip.receiver_name
    if kind in (Kind.SENT, Kind.ARRIVED) and slip.to_store is not None:
        return slip.to_store.name_th if slip.store_id == store.id else slip.store.name_th
    return str(KINDS[kind].label)


def years_of(store: Store, item: StockItem, today: date) -> list[int]:
    """Return the fiscal years a card can be shown for, the newest first."""
    oldest = db.session.scalar(
        select(func.min(StockMovement.posted_on)).where(
            StockMovement.store_id == store.id, StockMovement.item_id == item.id
        )
    )
    now = thai.fiscal_year(today)
    return list(range(now, thai.fiscal_year(oldest or today) - 1, -1))
