"""The figures and lists of the committee's report, with those of the year before beside them.

Compared is like with like: of the year before only the units of this round count, and a unit that
had no closed round then shows none, not zeros.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from assets.catalogue.models import AssetClass
from assets.counts import access
from assets.counts.models import Expected, Result, Round, RoundRoom, RoundUnit
from assets.counts.queries.rounds import compared_units, rounds_before
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
# What is there: neither looked for in vain nor waiting to be counted.
REMAINING = ("good", "damaged", "worn_out", "not_needed")


@dataclass
class Figures:
    """Items of one unit and class by the words of clause 213; ``last`` is the year before.

    ``has_last`` says that the unit had a closed round then; without it ``last`` means nothing.
    """

    unit: str = ""
    class_name: str = ""
    has_last: bool = False
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
    """The table of the report and its sum.

    ``compared`` of ``units`` had a closed round the year before; only they have figures of it.
    """

    rows: Sequence[Figures]
    total: Figures
    compared: int = 0
    units: int = 0

    @property
    def has_last(self) -> bool:
        """Whether a year before is known of any unit."""
        return self.compared > 0

    @property
    def is_partial(self) -> bool:
        """Whether the year before is known of some units only, so that the sums differ in reach."""
        return 0 < self.compared < self.units


def report(viewer: Viewer, one: Round) -> Report:
    """Return the figures of a round by unit and class."""
    rows: dict[tuple[int, int | None], Figures] = {}
    before = rounds_before(one)
    known = set(db.session.scalars(compared_units(one)))
    for ids, name in (((one.id,), "counts"), (before, "last")):
        for row in db.session.execute(_figures(viewer, one, ids)) if ids else ():
            figures = rows.setdefault((row.unit_id, row.class_id), _named(row))
            figures.has_last = row.unit_id in known
            getattr(figures, name)[row.group] += row.items
    units = {unit_id for unit_id, _class in rows}
    total = Figures(has_last=bool(known & units))
    for figures in rows.values():
        for group in GROUPS:
            total.counts[group] += figures.counts[group]
            total.last[group] += figures.last[group]
    ordered = sorted(rows.values(), key=lambda one: (one.unit, not one.class_name, one.class_name))
    return Report(ordered, total, len(known & units), len(units))


def group_of() -> ColumnElement[str]:
    """Return the SQL expression of the group of an item; nobody's scan is never "good" (R-I5)."""
    return case(
        (Result.id.is_(None), "uncounted"),
        (Result.outcome == Outcome.MISSING, Condition.MISSING.value),
        else_=Result.condition,
    )


def _figures(viewer: Viewer, one: Round, ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    group = group_of().label("group")
    units = select(RoundUnit.unit_id).where(RoundUnit.round_id == one.id)
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
        .outerjoin(
            Result,
            and_(Result.round_id == Expected.round_id, Result.asset_id == Expected.asset_id),
        )
        .where(
            Expected.round_id.in_(ids),
            Expected.unit_id.in_(units),
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
    return Figures(
        unit=spoken(row.unit_th, row.unit_en), class_name=spoken(row.class_th, row.class_en)
    )


@dataclass(frozen=True)
class Line:
    """One item of a list of the report."""

    expected: Expected
    result: Result | None
    group: str
    room: str
    found_in: str
    unit: str = ""
    class_name: str = ""

    @property
    def value(self) -> Decimal | None:
        """The price of all pieces."""
        price = self.expected.price
        return None if price is None else price * self.expected.quantity


def lines(
    viewer: Viewer,
    one: Round,
    *,
    group: str = "",
    by_class: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Line]:
    """Yield the items of the report in the order of unit and number.

    Args:
        viewer: who reads; narrowed to the units in reach.
        one: the round.
        group: one of ``GROUPS``, ``mismatch`` for what stood elsewhere or in another number, or
            ``remaining`` for what is there; all of them when left out.
        by_class: in the order of classes first.
        limit: how many at most.
        offset: how many to pass over.
    """
    found_in = RoundRoom.__table__.alias("found_in")
    order = (Expected.unit_id, Expected.asset_no_sort, Expected.id)
    classes = (AssetClass.code.is_(None), AssetClass.code) if by_class else ()
    query = (
        select(
            Expected,
            Result,
            group_of(),
            RoundRoom.name,
            found_in.c.name,
            Unit.name_th,
            Unit.name_en,
            AssetClass.name_th,
            AssetClass.name_en,
        )
        .join(RoundRoom, RoundRoom.id == Expected.round_room_id)
        .join(Unit, Unit.id == Expected.unit_id)
        .outerjoin(AssetClass, AssetClass.id == Expected.class_id)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .outerjoin(found_in, found_in.c.id == Result.round_room_id)
        .where(_in_reach(viewer, one), belongs(group))
        .order_by(*classes, *order)
        .limit(limit)
        .offset(offset)
    )
    rows = db.session.execute(query.execution_options(yield_per=1000))
    for expected, result, its_group, name, room, *names in rows:
        unit, of_class = spoken(*names[:2]), spoken(*names[2:])
        yield Line(expected, result, its_group, name, room or "", unit, of_class)


def spoken(name_th: str | None, name_en: str | None) -> str:
    """Return a name in the reader's language; Thai stands in where there is no English."""
    return (name_en if language() == "en" and name_en else name_th) or ""


def _in_reach(viewer: Viewer, one: Round) -> ColumnElement[bool]:
    seen = access.lines_seen(viewer, one, Expected.unit_id)
    return and_(Expected.round_id == one.id, seen, INSIDE)


def belongs(group: str) -> ColumnElement[bool]:
    """Return the WHERE term of a list of items; all of them for a name that is none."""
    if group == "mismatch":
        return _mismatch()
    if group == "remaining":
        return group_of().in_(REMAINING)
    return group_of() == group if group in GROUPS else true()


@dataclass(frozen=True)
class Sums:
    """How long a list is: its items, their pieces and, as far as prices are known, their value."""

    items: int = 0
    pieces: int = 0
    value: Decimal = Decimal(0)


def sums(viewer: Viewer, one: Round, lists: Sequence[str]) -> dict[str, Sums]:
    """Return how long lists are; one pass over the round for all of them."""
    if not lists:
        return {}
    pieces, value = Expected.quantity, type_coerce(Expected.price, BigInteger) * Expected.quantity
    columns: list[ColumnElement[Any]] = []
    for name in lists:
        in_it = belongs(name)
        columns += [
            func.coalesce(func.sum(case((in_it, 1), else_=0)), 0),
            func.coalesce(func.sum(case((in_it, pieces), else_=0)), 0),
            func.coalesce(func.sum(case((in_it, value), else_=0)), 0),
        ]
    row = db.session.execute(
        select(*columns)
        .select_from(Expected)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .where(_in_reach(viewer, one))
    ).one()
    return {
        name: Sums(int(row[3 * n]), int(row[3 * n + 1]), Decimal(int(row[3 * n + 2])) / 100)
        for n, name in enumerate(lists)
    }


def _mismatch() -> ColumnElement[bool]:
    return or_(
        func.coalesce(Result.outcome, "") == Outcome.WRONG_ROOM,
        and_(Result.quantity.is_not(None), Result.quantity != Expected.quantity),
    )
