"""The lines of a book on a day, and their sums.

Sums are asked of the database in groups of like cards: a room kit of forty computers is one group,
so that a register of twenty thousand items is summed while somebody waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from assets.catalogue.models import AssetClass
from assets.register import past, valuation
from assets.register.book_value import THRESHOLDS, Convention
from assets.register.models import Asset
from assets.register.states import Standing
from assets.register.valuation import Worth
from assets.values import access
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Unit

PAGE = 50
NOTHING = Decimal("0.00")
# These differ between the items of a group.
OWN = ("id", "asset_no", "name", "quantity", "lifecycle")


class Book(StrEnum):
    """Which of the two registers: capital items, or low-value items kept apart (R-A1)."""

    CAPITAL = "capital"
    LOW = "low"


@dataclass(frozen=True)
class Wanted:
    """What of the register is told.

    Attributes:
        on: the day.
        convention: how parts of a year are counted (R-DP5).
        book: one of the two registers; both where it is None.
        unit: in whose books, with the units under it; all that the reader may see where None.
        class_ids: of these classes; of all where it is empty.
        room_id: what stood in this room.
    """

    on: date
    convention: Convention
    book: Book | None = None
    unit: Unit | None = None
    class_ids: frozenset[int] = frozenset()
    room_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One item on the day: its card, where it was, and what it was worth."""

    card: Any
    worth: Worth


@dataclass
class Figures:
    """Sums of lines in baht; items whose value cannot be told are counted apart and not summed."""

    items: int = 0
    cost: Decimal = NOTHING
    accumulated: Decimal = NOTHING
    this_year: Decimal = NOTHING
    net: Decimal = NOTHING
    untold: int = 0

    def add(self, worth: Worth, items: int = 1) -> None:
        """Count an item, or a group of like items whose pieces ``worth`` has together."""
        self.items += items
        if worth.value is None:
            self.untold += items
            return
        self.cost += worth.cost or NOTHING
        self.accumulated += worth.accumulated or NOTHING
        self.this_year += worth.this_year or NOTHING
        self.net += worth.net or NOTHING

    def take(self, other: Figures) -> None:
        """Add the sums of others."""
        self.items += other.items
        self.cost += other.cost
        self.accumulated += other.accumulated
        self.this_year += other.this_year
        self.net += other.net
        self.untold += other.untold


def page(viewer: Viewer, wanted: Wanted, number: int) -> list[Line]:
    """Return one page of a book, by number, and one line more where another page follows."""
    query = _ordered(viewer, wanted).limit(PAGE + 1).offset((number - 1) * PAGE)
    return [_line(row, wanted) for row in db.session.execute(query)]


def lines(
    viewer: Viewer, wanted: Wanted, *, offset: int = 0, limit: int | None = None
) -> Iterator[Line]:
    """Yield the lines of a book, read in chunks; ``limit`` None is all of them."""
    query = _ordered(viewer, wanted).offset(offset or None).limit(limit)
    for row in valuation.read(query):
        yield _line(row, wanted)


def _line(row: Any, wanted: Wanted) -> Line:  # noqa: ANN401 - a row of the query
    return Line(row, valuation.of_row_on(row, wanted.on, wanted.convention))


def _ordered(viewer: Viewer, wanted: Wanted) -> Select[Any]:
    then = past.at_end_of(wanted.on)
    query = valuation.cards(
        then,
        {
            "unit_name_th": Unit.name_th,
            "unit_name_en": Unit.name_en,
            "class_code": AssetClass.code,
            "class_name_en": AssetClass.name_en,
            "brand": Asset.brand,
            "model": Asset.model,
            "serial_no": Asset.serial_no,
            "unit_word": Asset.unit_word,
            "fund_type": Asset.fund_type,
            "acquire_method": Asset.acquire_method,
            "doc_ref": Asset.doc_ref,
            "holder": then.holder,
            "holder_en": then.holder_en,
            "room": then.room,
            "custodian": then.custodian,
            "custodian_en": then.custodian_en,
        },
    )
    query = then.places_joined(query).where(*terms(viewer, wanted, then))
    return query.order_by(Asset.asset_no_sort, Asset.id)


def ids(viewer: Viewer, wanted: Wanted) -> Select[int]:
    """Return the query of the ids of a book, by number."""
    then = past.at_end_of(wanted.on)
    query = select(Asset.id).select_from(Asset).where(*past.stood_on(wanted.on))
    query = then.owners_joined(query).join(Unit, Unit.id == then.owner_id)
    if wanted.room_id is not None:
        query = then.places_joined(query)
    query = query.where(*terms(viewer, wanted, then))
    return query.order_by(Asset.asset_no_sort, Asset.id)


def terms(viewer: Viewer, wanted: Wanted, then: past.Then) -> list[ColumnElement[bool]]:
    """Return the WHERE terms of what is wanted, inside what the viewer may read."""
    found: list[ColumnElement[bool]] = [viewer.scope(access.SEE).clause(then.owner_id)]
    if wanted.unit is not None:
        found.append(Unit.path.startswith(wanted.unit.path, autoescape=True))
    if wanted.class_ids:
        found.append(Asset.class_id.in_(wanted.class_ids))
    if wanted.room_id is not None:
        found.append(then.room_id == wanted.room_id)
    if wanted.book is not None:
        found.append(is_low() if wanted.book == Book.LOW else ~is_low())
    return found


def is_low() -> ColumnElement[bool]:
    """Return the SQL of ``standing.is_low``: decided, or said, or by the threshold (R-A1)."""
    newer: date | None = None
    ruled: list[ColumnElement[bool]] = []
    for first, price in THRESHOLDS:
        span = [Asset.acquired_on >= first, Asset.price < price]
        ruled.append(and_(*span, Asset.acquired_on < newer) if newer else and_(*span))
        newer = first
    decided = func.coalesce(Asset.standing_override, "")
    by_rule = func.coalesce(or_(Asset.below_threshold, *ruled), False)
    return or_(decided == Standing.LOW_VALUE, and_(decided == "", by_rule))


@dataclass(frozen=True)
class Group:
    """Like cards together: how many items, and the worth of all their pieces."""

    items: int
    owner_id: int
    class_id: int | None
    worth: Worth


def groups(viewer: Viewer, wanted: Wanted) -> Iterator[Group]:
    """Yield what stood in the books on the day in groups of like cards."""
    then = past.at_end_of(wanted.on)
    query = valuation.cards(then, {"owner_id": then.owner_id, "class_id": Asset.class_id})
    if wanted.room_id is not None:
        query = then.places_joined(query)
    each = query.where(*terms(viewer, wanted, then)).subquery()
    shared = [column for column in each.c if column.name not in OWN]
    grouped = select(
        func.count().label("items"),
        func.sum(each.c.quantity).label("quantity"),
        literal("").label("asset_no"),
        literal("").label("name"),
        *shared,
    ).group_by(*shared)
    for row in valuation.read(grouped):
        worth = valuation.of_row_on(row, wanted.on, wanted.convention)
        yield Group(row.items, row.owner_id, row.class_id, worth)


def figures(viewer: Viewer, wanted: Wanted) -> Figures:
    """Return the sums of a book on the day."""
    return summed(groups(viewer, wanted))


def summed(found: Iterable[Group]) -> Figures:
    """Return the sums of groups."""
    total = Figures()
    for group in found:
        total.add(group.worth, group.items)
    return total
