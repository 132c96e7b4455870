"""Book values of the items in the register on a day: what the pure function is told of each card.

The life is the card's own, else that of its class or the wider class, else by the words of the
class. An item that was struck off is in the register until that day; the day is the one of the
audit trail. One that came in struck off was never in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from assets.catalogue.models import AssetClass
from assets.register import book_value, lives, past, standing
from assets.register.book_value import BookValue, Convention
from assets.register.models import Asset
from assets.register.states import GONE, Lifecycle
from config import Settings
from kernel import clock
from kernel.db import db
from office.places.models import Unit

CHUNK = 1000
# What the worth of an item asks of the item itself.
OWN = (
    "asset_no",
    "name",
    "acquired_on",
    "quantity",
    "price",
    "below_threshold",
    "standing_override",
    "class_text",
)
Wider = aliased(AssetClass)


class Untold(StrEnum):
    """Why the value of an item cannot be told."""

    NO_PRICE = "no_price"
    NO_DATE = "no_date"
    NO_LIFE = "no_life"


@dataclass(frozen=True)
class Worth:
    """One item on a day; amounts are of the whole lot, in baht.

    ``value`` is of one unit, None where ``untold`` says why. ``depreciable`` is R-A1 and R-DP4.
    """

    asset_number: str
    name: str
    unit: str
    acquired_on: date | None
    quantity: int
    price: Decimal | None
    life_years: int | None
    depreciable: bool
    value: BookValue | None
    untold: Untold | None

    @property
    def cost(self) -> Decimal | None:
        """What the whole lot cost."""
        return None if self.price is None else self.price * self.quantity

    @property
    def accumulated(self) -> Decimal | None:
        """What has been taken off the whole lot."""
        return None if self.value is None else self.value.accumulated * self.quantity

    @property
    def this_year(self) -> Decimal | None:
        """What the day's fiscal year has taken off the whole lot so far."""
        return None if self.value is None else self.value.this_year * self.quantity

    @property
    def net(self) -> Decimal | None:
        """What the whole lot is worth: each unit keeps its 1.00 baht (R-DP1)."""
        return None if self.value is None else self.value.net * self.quantity


def in_force() -> Convention:
    """Return how the office counts parts of a year (R-DP5)."""
    settings: Settings = current_app.extensions["settings"]
    return Convention(settings.depreciation_convention)


def register_on(
    on: date, convention: Convention | None = None, *, unit: Unit | None = None
) -> Iterator[Worth]:
    """Yield every item that stood in the register on a day, by number, read in chunks.

    Args:
        on: the day; acquired by then or on an unknown day, and not struck off before it.
        convention: how parts of a year are counted (R-DP5); the office's where it is left out.
        unit: in whose books on that day, with the units under it; all where it is left out.
    """
    then = past.at_end_of(on)
    query = cards(then).order_by(Asset.asset_no_sort, Asset.id)
    if unit is not None:
        query = query.where(Unit.path.startswith(unit.path, autoescape=True))
    for row in read(query):
        yield of_row_on(row, on, convention or in_force())


def read(query: Select[Any]) -> Iterator[Any]:
    """Yield the rows of a query in chunks, so that any number of them needs little memory."""
    found = db.session.execute(query.execution_options(yield_per=CHUNK))
    for part in found.partitions():
        yield from part


def cards(
    then: past.Then,
    further: Mapping[str, Any] | None = None,
    terms: Sequence[ColumnElement[bool]] | None = None,
) -> Select[Any]:
    """Return the query of what stood in the register on a day: ``READ`` and ``struck_off_at``.

    Args:
        then: the day and what is known of it.
        further: columns to read besides, by name.
        terms: other WHERE terms than those of what stood there.
    """
    reads = {**READ, "unit": Unit.code, "struck_off_at": past.struck_off_at(), **(further or {})}
    query = then.owners_joined(
        select(*(column.label(name) for name, column in reads.items())).select_from(Asset)
    )
    return (
        query.join(Unit, Unit.id == then.owner_id)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .outerjoin(Wider, Wider.id == AssetClass.parent_id)
        .where(*(past.stood_on(then.on) if terms is None else terms))
    )


def of_item(asset: Asset, on: date, convention: Convention | None = None) -> Worth | None:
    """Return one item's worth on a day; None where it is not in the register any more.

    Nothing is asked of the database where the item's class and the wider one are loaded.
    """
    if asset.lifecycle in GONE or asset.lifecycle == Lifecycle.DRAFT:
        return None
    row = SimpleNamespace(
        **{name: getattr(asset, name) for name in OWN},
        unit=asset.owner_unit.code,
        class_name=asset.asset_class.name_th if asset.asset_class else None,
        life_years=asset.useful_life_years or _life_of(asset.asset_class),
    )
    return _worth(row, on, convention or in_force(), None)


def _life_of(asset_class: AssetClass | None) -> int | None:
    if asset_class is None or asset_class.useful_life_years or asset_class.parent_id is None:
        return asset_class.useful_life_years if asset_class else None
    return asset_class.parent.useful_life_years if asset_class.parent else None


def of_row(row: Any, on: date, convention: Convention | None = None) -> Worth | None:  # noqa: ANN401 - a row with the columns `READ` and ``unit``
    """Return the worth of a row of a list; None where it is not in the register any more."""
    if row.lifecycle in GONE or row.lifecycle == Lifecycle.DRAFT:
        return None
    return _worth(row, on, convention or in_force(), None)


def of_row_on(row: Any, on: date, convention: Convention) -> Worth:  # noqa: ANN401 - a row of `cards`
    """Return the worth of a row of ``cards``; it does not age after it was struck off (R-DP4)."""
    at = row.struck_off_at
    return _worth(row, on, convention, clock.local(at).date() if at else None)


# What a row must hold for its worth; the class and the wider class are joined to the item.
READ: dict[str, Any] = {
    "id": Asset.id,
    "asset_no": Asset.asset_no,
    "name": Asset.name,
    "acquired_on": Asset.acquired_on,
    "quantity": Asset.quantity,
    "price": Asset.price,
    "below_threshold": Asset.below_threshold,
    "standing_override": Asset.standing_override,
    "lifecycle": Asset.lifecycle,
    "class_text": Asset.class_text,
    "class_name": AssetClass.name_th,
    "life_years": func.coalesce(
        Asset.useful_life_years, AssetClass.useful_life_years, Wider.useful_life_years
    ),
}


def _worth(row: Any, on: date, convention: Convention, struck_off_on: date | None) -> Worth:  # noqa: ANN401 - a row of `_cards`
    words = f"{row.class_text} {row.class_name or ''}"
    life = row.life_years or lives.life_by_words(words)
    land = lives.is_land(words)
    below = standing.is_low(row)
    ages = not (below or land)
    untold = _untold(row, life if ages else 1)
    value = None
    if untold is None:
        value = book_value.book_value(
            row.price,
            row.acquired_on,
            life,
            on,
            convention,
            below_threshold=below,
            land=land,
            struck_off_on=struck_off_on,
        )
    known = (row.asset_no or "", row.name, row.unit, row.acquired_on, row.quantity, row.price)
    return Worth(*known, life, ages, value, untold)


def _untold(row: Any, life: int | None) -> Untold | None:  # noqa: ANN401 - a row of `_cards`
    if row.price is None:
        return Untold.NO_PRICE
    if row.acquired_on is None:
        return Untold.NO_DATE
    return None if life else Untold.NO_LIFE
