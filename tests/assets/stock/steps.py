"""What several test files of this room do and look at."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from assets.stock.models import StockBalance, StockItem
from assets.stock.rules import counting
from kernel.db import db
from kernel.work import work
from tests.factories.office import viewer_for
from tests.factories.stock import Shop

D = Decimal


def held(shop: Shop, item: StockItem) -> Decimal:
    db.session.rollback()
    terms = (StockBalance.store_id == shop.store.id, StockBalance.item_id == item.id)
    return db.session.scalar(select(StockBalance.quantity).where(*terms)) or D(0)


def count(shop: Shop) -> int:
    with work():
        store = db.session.merge(shop.store)
        return counting.start(store, "สิ้นปี", by=viewer_for(shop.keeper)).id
