"""Telling the keeper what is below its minimum: once, until there is enough again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from assets.stock.models import StockBalance, StockItem, Store
from assets.stock.quantities import shown
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

MOST_LISTED = 30


def stores_short() -> Sequence[int]:
    """Return the ids of stores with something short that their keeper was not told of."""
    return db.session.scalars(
        select(StockBalance.store_id)
        .join(Store, Store.id == StockBalance.store_id)
        .where(*_untold(), Store.closed_on.is_(None), Store.keeper_id.is_not(None))
        .distinct()
    ).all()


def tell(store_id: int) -> int:
    """Tell the keeper of a store what has fallen below its minimum since the last message.

    Returns:
        how many items were told of; 0 where somebody told meanwhile, or the keeper has left.
    """
    store = db.session.get_one(Store, store_id)
    short = db.session.scalars(
        select(StockBalance)
        .options(joinedload(StockBalance.item))
        .join(StockItem, StockItem.id == StockBalance.item_id)
        .where(StockBalance.store_id == store_id, *_untold(), StockItem.retired_on.is_(None))
        .order_by(StockBalance.item_id)
        .with_for_update(of=StockBalance)
    ).all()
    keeper = db.session.get(Person, store.keeper_id) if store.keeper_id else None
    if not short or keeper is None or keeper.left_on is not None:
        return 0
    now = clock.now()
    for balance in short:
        balance.told_low_at = now
    _send(store, keeper, short)
    return len(short)


def _send(store: Store, keeper: Person, short: Sequence[StockBalance]) -> None:
    with speaking(keeper.language):
        subject = ngettext(
            "%(number)s item is running short in %(store)s",
            "%(number)s items are running short in %(store)s",
            len(short),
            store=store.name,
        )
        lines = [
            _(
                "%(name)s: %(there)s %(unit)s left, minimum %(minimum)s",
                name=balance.item.name,
                there=shown(balance.quantity),
                unit=balance.item.unit,
                minimum=shown(balance.minimum),
            )
            for balance in short[:MOST_LISTED]
        ]
    bookkeeping.send(
        kind="stock_low",
        subject=subject,
        body="\n".join(lines),
        language=keeper.language,
        person_id=keeper.id,
        link=f"/stock/shortages?store={store.id}",
    )


def _untold() -> tuple[ColumnElement[bool], ...]:
    return (StockBalance.quantity < StockBalance.minimum, StockBalance.told_low_at.is_(None))
