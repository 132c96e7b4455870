"""Register cards: items with their yearly lines, repairs and movements (DOMAIN 4).

Struck-off items have cards too: the lines end on the day they were struck off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from assets.catalogue.models import AssetClass
from assets.register import past, slots, valuation
from assets.register.models import Asset, Movement
from assets.register.slots import Repair
from assets.register.states import GONE
from assets.register.valuation import Worth
from assets.values.queries import books
from assets.values.queries.books import Wanted
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import BUDDHIST_OFFSET
from office.places.models import Unit

# One file of cards; a page or two each, which a clerk can still bind.
MOST = 200
HUNDRED = Decimal(100)
TENTH_OF_PERCENT = Decimal("0.01")
Owner = aliased(Unit)


@dataclass(frozen=True)
class YearLine:
    """One line of a card: what a fiscal year took off the whole lot, and what was left."""

    fiscal_year: int
    on: date
    amount: Decimal
    accumulated: Decimal
    net: Decimal


@dataclass(frozen=True)
class Card:
    """One item with everything that its card says on a day; ``row`` tells where it was."""

    row: Any
    worth: Worth
    years: list[YearLine]
    repairs: Sequence[Repair]
    movements: Sequence[Movement]
    struck_off_on: date | None

    @property
    def asset(self) -> Asset:
        """The item itself."""
        found: Asset = self.row.Asset
        return found

    @property
    def rate(self) -> Decimal | None:
        """Percent a year: what the card says, else 100 by the life; None where nothing ages."""
        if not self.worth.depreciable or not self.worth.life_years:
            return None
        return self.asset.dep_rate or (HUNDRED / self.worth.life_years).quantize(TENTH_OF_PERCENT)


def year_lines(worth: Worth, until: date) -> list[YearLine]:
    """Return the yearly lines of an item; the last one ends on the day asked for."""
    if worth.value is None:
        return []
    lines, taken = [], Decimal(0)
    for year in worth.value.years:
        amount = year.amount * worth.quantity
        taken += amount
        day = min(date(year.fiscal_year - BUDDHIST_OFFSET, 9, 30), until)
        cost = worth.cost or Decimal(0)
        lines.append(YearLine(year.fiscal_year, day, amount, taken, cost - taken))
    return lines


def cards(viewer: Viewer, wanted: Wanted, *, part: int = 1) -> tuple[list[Card], bool]:
    """Return one file of cards of what stood in the books on the day, and whether more follow.

    Args:
        viewer: whose rights decide what is read.
        wanted: the day and the filters.
        part: from 1, of 200 cards each.
    """
    query = books.ids(viewer, wanted).limit(MOST + 1).offset((part - 1) * MOST)
    ids = db.session.scalars(query).all()
    return of_ids(ids[:MOST], wanted), len(ids) > MOST


def of_ids(ids: Sequence[int], wanted: Wanted) -> list[Card]:
    """Return the cards of these items in this order; who may see them is asked before."""
    then = past.at_end_of(wanted.on)
    read = {
        "unit_name_th": Unit.name_th,
        "unit_name_en": Unit.name_en,
        "class_code": AssetClass.code,
        "class_name_en": AssetClass.name_en,
        "holder": then.holder,
        "holder_en": then.holder_en,
        "room": then.room,
        "custodian": then.custodian,
        "custodian_en": then.custodian_en,
    }
    query = then.places_joined(valuation.cards(then, read, [Asset.id.in_(ids)]).add_columns(Asset))
    rows = {row.id: row for row in db.session.execute(query)}
    repairs, moved = slots.repairs_of(ids), _movements(ids, wanted.on)
    return [
        _card(rows[one], wanted, repairs.get(one, ()), moved.get(one, ()))
        for one in ids
        if one in rows
    ]


def _card(
    row: Any,  # noqa: ANN401 - a row of the query
    wanted: Wanted,
    repairs: Iterable[Repair],
    movements: Sequence[Movement],
) -> Card:
    gone = clock.local(row.struck_off_at).date() if row.struck_off_at else None
    gone = gone if gone and gone <= wanted.on and row.lifecycle in GONE else None
    worth = valuation.of_row_on(row, wanted.on, wanted.convention)
    lines = year_lines(worth, gone or wanted.on)
    told = [repair for repair in repairs if repair.on <= wanted.on]
    return Card(row, worth, lines, told, movements, gone)


def _movements(ids: Sequence[int], until: date) -> dict[int, list[Movement]]:
    found: dict[int, list[Movement]] = defaultdict(list)
    query = (
        select(Movement)
        .where(Movement.asset_id.in_(ids), Movement.at < past.night_after(until))
        .order_by(Movement.id)
    )
    for one in db.session.scalars(query):
        found[one.asset_id].append(one)
    return found
