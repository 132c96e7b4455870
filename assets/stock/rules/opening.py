"""Bringing the office's own list into a store: planned first, written down once somebody agrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from assets.stock import access
from assets.stock.asked import Line
from assets.stock.ledger_models import StockLayer, StockSlip
from assets.stock.models import StockBin, StockItem, Store
from assets.stock.opening_list import Row, good
from assets.stock.rules import items, receiving, slips, stores
from assets.stock.rules.items import Card
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def compare(store: Store, rows: Sequence[Row]) -> None:
    """Find the items that exist already, and add what is wrong with the rows in this store."""
    keys: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        keys[thai.code_key(row.code)[:30]].append(row)
    found = db.session.scalars(select(StockItem).where(StockItem.code_key.in_(keys))).all()
    moved = set(
        db.session.scalars(
            select(StockLayer.item_id).where(StockLayer.store_id == store.id).distinct()
        )
    )
    for item in found:
        for row in keys[item.code_key]:
            row.item_id = item.id
            _compare(row, item, moved=item.id in moved)


def _compare(row: Row, item: StockItem, *, moved: bool) -> None:
    if moved and row.quantity:
        row.problems.append(_("“%(name)s” has moved in this store before.", name=item.name))
    if item.retired_on is not None:
        row.problems.append(_("“%(name)s” is not kept in stock any more.", name=item.name))
    if row.unit and row.unit not in (item.unit_th, item.unit_en):
        row.problems.append(_("This item is counted in “%(unit)s” already.", unit=item.unit_th))
    if item.whole_only and row.quantity != row.quantity.to_integral_value():
        row.problems.append(_("This is counted in whole pieces; please write no fraction."))


def bring_in(store: Store, rows: Sequence[Row], purpose: str, *, by: Viewer) -> list[StockSlip]:
    """Write down the rows without problems: new items, their limits and bins, opening balances.

    Returns:
        the documents, one for each 200 rows with a quantity.

    Refuses where no row can be taken.
    """
    by.demand(access.MOVE, store.unit_id)
    by.demand(access.ITEMS)
    taken = good(rows)
    if not taken:
        raise Refusal(_("No row of the list can be taken. Please mend the list."))
    lines = []
    for row in taken:
        item = _item(row, by)
        if row.minimum or row.target is not None:
            items.limit(store, item, row.minimum, row.target, by=by)
        if row.place:
            _place(store, row.place, item, by)
        if row.quantity:
            lines.append(
                Line(item, row.quantity, value=row.value, lot=row.lot, expires_on=row.expires_on)
            )
    most = slips.MOST_LINES
    parts = [lines[start : start + most] for start in range(0, len(lines), most)]
    return [receiving.open_with(store, part, purpose, by=by) for part in parts]


def _item(row: Row, by: Viewer) -> StockItem:
    if row.item_id is not None:
        return db.session.get_one(StockItem, row.item_id)
    numbers = [row.quantity, row.minimum, row.target or Decimal(0)]
    card = Card(
        code=row.code[:30],
        name_th=row.name[:200],
        unit_th=row.unit[:40],
        size=row.size[:200],
        supply_class=row.kind,
        whole_only=all(one == one.to_integral_value() for one in numbers),
        expires=row.expires_on is not None,
    )
    return items.enter(card, by=by)


def _place(store: Store, name: str, item: StockItem, by: Viewer) -> None:
    key = thai.search_key(name)[:60]
    if not key:
        return
    same = select(StockBin.id).where(StockBin.store_id == store.id, StockBin.name_key == key)
    if db.session.scalar(same) is None:
        stores.set_up_bin(store, name, item, by=by)
