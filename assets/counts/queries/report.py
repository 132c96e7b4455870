"""The figures and lists of the committee's report, with those of the year before beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from assets.catalogue.models import AssetClass
from assets.counts import access
from assets.counts.models import Expected, Result, Round, RoundRoom
from assets.counts.queries.rounds import round_before
from assets.counts.states import Outcome
from assets.register.states import Condition
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from office.places.models import Unit

GROUPS = ("good", "damaged", "worn_out", "missing", "not_needed", "uncounted")
SHOWN = 50
# What was struck off before anybody counted it lies outside the round (R-I6).
INSIDE = or_(Result.outcome.is_(None), Result.outcome != Outcome.STRUCK_OFF)
WORST = 2000


@dataclass
class Figures:
    """Items of one unit and class by the words of clause 213; ``last`` is the year before."""

    unit: str = ""
    class_name: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    last: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))

    @property
    def total(self) -> int:
        """How many items were to be counted."""
        return sum(self.counts.values())

    @property
    def last_total(self) -> int:
        """How many there were the year before."""
        return sum(self.last.values())


@dataclass(frozen=True)
class Report:
    """The table of the report, its sum, and whether a year before is known."""

    rows: Sequence[Figures]
    total: Figures
    has_last: bool


def report(viewer: Viewer, one: Round) -> Report:
    """Return the figures of a round by unit and class."""
    rows: dict[tuple[int, int | None], Figures] = {}
    for round_id, name in ((one.id, "counts"), *((prior, "last") for prior in round_before(one))):
        for row in db.session.execute(_figures(viewer, one, round_id)):
            figures = rows.setdefault((row.unit_id, row.class_id), _named(row))
            getattr(figures, name)[row.group] += row.items
    total = Figures()
    for figures in rows.values():
        for group in GROUPS:
            total.counts[group] += figures.counts[group]
            total.last[group] += figures.last[group]
    ordered = sorted(rows.values(), key=lambda one: (one.unit, not one.class_name, one.class_name))
    return Report(ordered, total, any(total.last.values()))


def group_of() -> ColumnElement[str]:
    """Return the SQL expression of the group of an item; nobody's scan is never "good" (R-I5)."""
    return case(
        (Result.id.is_(None), "uncounted"),
        (Result.outcome == Outcome.MISSING, Condition.MISSING.value),
        else_=Result.condition,
    )


def _figures(viewer: Viewer, one: Round, round_id: int) -> Select[*tuple[Any, ...]]:
    group = group_of().label("group")
    return (
        select(
            Expected.unit_id,
            Expected.class_id,
            group,
            func.count().label("items"),
            Unit.name_th.label("unit_th"),
            Unit.name_en.label("unit_en"),
            AssetClass.name_th.label("class_th"),
            AssetClass.name_en.label("class_en"),
        )
        .join(Unit, Unit.id == Expected.unit_id)
        .outerjoin(AssetClass, AssetClass.id == Expected.class_id)
        .outerjoin(Result, and_(Result.round_id == round_id, Result.asset_id == Expected.asset_id))
        .where(
            Expected.round_id == round_id,
            access.lines_seen(viewer, one, Expected.unit_id),
            INSIDE,
        )
        .group_by(
            Expected.unit_id,
            Expected.class_id,
            group,
            Unit.name_th,
            Unit.name_en,
            AssetClass.name_th,
            AssetClass.name_en,
        )
    )


def _named(row: Any) -> Figures:  # noqa: ANN401 - a row of ``_figures``
    english = language() == "en"
    return Figures(
        unit=row.unit_en if english and row.unit_en else row.unit_th,
        class_name=(row.class_en if english and row.class_en else row.class_th) or "",
    )


@dataclass(frozen=True)
class Line:
    """One item of a list of the report."""

    expected: Expected
    result: Result | None
    group: str
    room: str
    found_in: str

    @property
    def value(self) -> Decimal | None:
        """The price of all pieces."""
        price = self.expected.price
        return None if price is None else price * self.expected.quantity


def lines(
    viewer: Viewer, one: Round, *, group: str = "", limit: int | None = None, offset: int = 0
) -> Iterator[Line]:
    """Yield the items of the report in the order of unit and number.

    Args:
        viewer: who reads; narrowed to the units in reach.
        one: the round.
        group: one of ``GROUPS``, or ``mismatch`` for what stood elsewhere or in another number;
            all of them when left out.
        limit: how many at most.
        offset: how many to pass over.
    """
    found_in = RoundRoom.__table__.alias("found_in")
    query = (
        select(Expected, Result, group_of(), RoundRoom.name, found_in.c.name)
        .join(RoundRoom, RoundRoom.id == Expected.round_room_id)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .outerjoin(found_in, found_in.c.id == Result.round_room_id)
        .where(
            Expected.round_id == one.id,
            access.lines_seen(viewer, one, Expected.unit_id),
            INSIDE,
        )
        .order_by(Expected.unit_id, Expected.asset_no_sort, Expected.id)
        .limit(limit)
        .offset(offset)
    )
    if group == "mismatch":
        query = query.where(_mismatch())
    elif group in GROUPS:
        query = query.where(group_of() == group)
    rows = db.session.execute(query.execution_options(yield_per=1000))
    for expected, result, name, room, found in rows:
        yield Line(expected, result, name, room, found or "")


def _mismatch() -> ColumnElement[bool]:
    return or_(
        Result.outcome == Outcome.WRONG_ROOM,
        and_(Result.quantity.is_not(None), Result.quantity != Expected.quantity),
    )


def strangers(one: Round) -> Sequence[Result]:
    """Return the results of items that were found though they were not on the list."""
    return db.session.scalars(
        select(Result)
        .where(Result.round_id == one.id, Result.expected_id.is_(None))
        .order_by(Result.id)
        .limit(WORST)
    ).all()
