"""What came into the books in the fiscal year of a round, against the register (working paper ข).

And what was found though it was not on the list: things of units that the round does not cover,
things bought later, things struck off before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from assets.catalogue.models import AssetClass
from assets.counts import access
from assets.counts.models import Result, Round, RoundRoom, RoundUnit
from assets.counts.queries.report import Sums, spoken
from assets.counts.states import Outcome
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Unit

# The eight things that the register must say of an item that was received.
FIELDS = ("item", "class", "features", "number", "fund", "method", "depreciation", "place")


@dataclass(frozen=True)
class Receipt:
    """An item that was received in the year; ``written`` has a truth for each of ``FIELDS``."""

    asset: Asset
    unit: str
    class_name: str
    written: tuple[bool, ...]


def receipts(
    viewer: Viewer, one: Round, *, limit: int | None = None, offset: int = 0
) -> Iterator[Receipt]:
    """Yield what came into the books from 1 October to 30 September, by unit and day.

    Read is the register as it is now, also what has left it since: the evidence of a receipt is
    compared with what the card says today.

    Args:
        viewer: who reads; narrowed to the units in reach.
        one: the round.
        limit: how many at most.
        offset: how many to pass over.
    """
    query = (
        select(Asset, Unit, AssetClass)
        .join(Unit, Unit.id == Asset.owner_unit_id)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .where(_received(viewer, one))
        .order_by(Asset.owner_unit_id, Asset.acquired_on, Asset.asset_no_sort, Asset.id)
        .limit(limit)
        .offset(offset)
    )
    rows = db.session.execute(query.execution_options(yield_per=1000))
    for asset, unit, of_class in rows:
        name = spoken(of_class.name_th, of_class.name_en) if of_class else asset.class_text
        yield Receipt(asset, spoken(unit.name_th, unit.name_en), name, _written(asset, of_class))


def _received(viewer: Viewer, one: Round) -> ColumnElement[bool]:
    units = select(RoundUnit.unit_id).where(RoundUnit.round_id == one.id)
    first = date(one.counted_day.year - 1, 10, 1)
    return and_(
        Asset.owner_unit_id.in_(units),
        access.lines_seen(viewer, one, Asset.owner_unit_id),
        Asset.acquired_on.between(first, one.counted_day),
        Asset.lifecycle != Lifecycle.DRAFT,
    )


def _written(asset: Asset, of_class: AssetClass | None) -> tuple[bool, ...]:
    worn = of_class is not None and of_class.useful_life_years is not None
    return (
        bool(asset.name.strip()),
        of_class is not None or bool(asset.class_text),
        bool(asset.description or asset.brand or asset.model or asset.serial_no),
        asset.asset_no is not None,
        bool(asset.fund_type),
        bool(asset.acquire_method),
        asset.below_threshold or worn or asset.useful_life_years is not None,
        asset.room_id is not None,
    )


def receipt_sums(viewer: Viewer, one: Round) -> Sums:
    """Return how many items were received in the year, and their pieces."""
    items, pieces = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Asset.quantity), 0)).where(
            _received(viewer, one)
        )
    ).one()
    return Sums(int(items), int(pieces))


@dataclass(frozen=True)
class Stranger:
    """Something that was found though it was not on the list."""

    asset: Asset
    result: Result
    unit: str
    found_in: str

    @property
    def outcome(self) -> Outcome:
        """What the service said of it."""
        return Outcome(self.result.outcome)


def strangers(
    viewer: Viewer, one: Round, *, limit: int | None = None, offset: int = 0
) -> Iterator[Stranger]:
    """Yield what was found though it was not on the list, in the order in which it was found.

    Whoever sees one school of a round sees what stood in its rooms, and its own things elsewhere.
    """
    owner = aliased(Unit)
    query = (
        _strangers(viewer, one, Asset, Result, owner, RoundRoom.name)
        .join(owner, owner.id == Asset.owner_unit_id)
        .order_by(Result.id)
        .limit(limit)
        .offset(offset)
    )
    for asset, result, unit, room in db.session.execute(query):
        yield Stranger(asset, result, spoken(unit.name_th, unit.name_en), room or "")


def _strangers(viewer: Viewer, one: Round, *columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - what to read
    return (
        select(*columns)
        .select_from(Result)
        .join(Asset, Asset.id == Result.asset_id)
        .outerjoin(RoundRoom, RoundRoom.id == Result.round_room_id)
        .where(
            Result.round_id == one.id,
            Result.expected_id.is_(None),
            or_(
                access.lines_seen(viewer, one, RoundRoom.unit_id),
                access.lines_seen(viewer, one, Asset.owner_unit_id),
            ),
        )
    )


def stranger_sums(viewer: Viewer, one: Round) -> Sums:
    """Return how many things were found though they were not on the list."""
    found: Sequence[int] = db.session.execute(_strangers(viewer, one, func.count())).one()
    return Sums(int(found[0]), int(found[0]))
