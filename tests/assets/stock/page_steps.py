"""What several test files of this room do and look at."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBalance, StockItem
from assets.stock.states import SlipKind
from kernel.db import db

D = Decimal


KEY = "a key that is long enough"


def slips(kind: SlipKind) -> list[StockSlip]:
    db.session.rollback()
    return list(db.session.scalars(select(StockSlip).where(StockSlip.kind == kind)))


def quantity(item: StockItem) -> Decimal:
    db.session.rollback()
    return db.session.scalars(
        select(StockBalance.quantity).where(StockBalance.item_id == item.id)
    ).one()
