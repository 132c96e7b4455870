"""What a year holds of the plans, without writing: what stands in the book, and what comes.

The same figures serve the plan of the year on paper, the strip, list and calendar on the pages, and
the question what would come if the plan were changed. What was done stays in the year's plan: a
plan that is printed in March still shows October.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true

from assets.maintenance import access
from assets.maintenance.models import Occurrence, Plan, PlanItem
from assets.maintenance.rhythm import between, next_due
from assets.maintenance.rules.enrolling import matching
from assets.maintenance.rules.planning import Draft
from assets.maintenance.states import Basis, Every, State
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import BUDDHIST_OFFSET
from office.places.models import Unit

OVER = (State.DONE, State.SKIPPED)


@dataclass(frozen=True)
class Due:
    """So many items of one plan in one unit on one day, and what became of them.

    ``over`` were done or left out with a reason, ``on_visit`` have a visit on which they are done.
    """

    plan_id: int
    unit_id: int
    day: date
    items: int
    over: int = 0
    missed: int = 0
    on_visit: int = 0

    @property
    def ahead(self) -> int:
        """How many have no visit yet."""
        return self.items - self.over - self.missed - self.on_visit


@dataclass(frozen=True)
class Month:
    """So many items of one plan in one unit in one month, with the time and money they take."""

    plan_id: int
    unit_id: int
    month: date
    items: int
    minutes: int
    cost: Decimal
    over: int = 0
    missed: int = 0

    @property
    def tone(self) -> str:
        """How it stands: ``done``, ``missed``, ``begun``, or ``""`` while nothing was done."""
        if self.missed:
            return "missed"
        if self.over:
            return "done" if self.over == self.items else "begun"
        return ""

    def together(self, other: Month) -> Month:
        """Return this and another of the same unit, or of the same plan, as one."""
        return Month(
            self.plan_id,
            self.unit_id,
            self.month,
            self.items + other.items,
            self.minutes + other.minutes,
            self.cost + other.cost,
            self.over + other.over,
            self.missed + other.missed,
        )


def of_year(viewer: Viewer, fiscal_year: int) -> list[Month]:
    """Return by month what the plans hold of a fiscal year (B.E.), in the viewer's units."""
    plans = {plan.id: plan for plan in db.session.scalars(select(Plan))}
    return by_month(plans, days(viewer, plans, *days_of(fiscal_year)))


def days(
    viewer: Viewer, plans: dict[int, Plan], first: date, last: date, unit: Unit | None = None
) -> list[Due]:
    """Return what falls due from a day to another, in the viewer's units.

    Two queries, however many items there are: items that share a date are counted together.

    Args:
        viewer: who looks.
        plans: those wanted, by id.
        first, last: the days, both included.
        unit: only this unit and those under it.
    """
    term = access.seen_items(viewer) & in_unit(unit) & PlanItem.plan_id.in_(plans)
    sums: dict[tuple[int, int, date], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in _recorded(term, first, last):
        one = sums[row.plan_id, row.unit_id, row.due_on]
        one[0] += row.number
        one[1] += row.number if row.state in OVER else 0
        one[2] += row.number if row.state == State.MISSED else 0
        one[3] += row.number if row.state == State.ON_VISIT else 0
    for row in _coming(term):
        for due in dates(plans[row.plan_id], row.next_due_on, first, last, known=row.known):
            sums[row.plan_id, row.unit_id, due][0] += row.number
    return [Due(*key, *figures) for key, figures in sorted(sums.items())]


def in_unit(unit: Unit | None) -> ColumnElement[bool]:
    """Return the WHERE term of the items in a unit and those under it, of all where None."""
    if unit is None:
        return true()
    under = select(Unit.id).where(Unit.path.startswith(unit.path))
    return Asset.holding_unit_id.in_(under)


def _recorded(term: ColumnElement[bool], first: date, last: date) -> Iterable[Any]:
    unit_id = Asset.holding_unit_id.label("unit_id")
    return db.session.execute(
        select(
            PlanItem.plan_id,
            unit_id,
            Occurrence.due_on,
            Occurrence.state,
            func.count().label("number"),
        )
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(Occurrence.due_on.between(first, last), term)
        .group_by(PlanItem.plan_id, unit_id, Occurrence.due_on, Occurrence.state)
    )


def _coming(term: ColumnElement[bool]) -> Iterable[Any]:
    """Return next dates with how many items have them; ``known`` ones stand in the book already."""
    unit_id = Asset.holding_unit_id.label("unit_id")
    known = exists().where(
        and_(Occurrence.item_id == PlanItem.id, Occurrence.due_on == PlanItem.next_due_on)
    )
    rows = (
        select(
            PlanItem.plan_id,
            unit_id,
            PlanItem.next_due_on,
            known.label("known"),
        )
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(PlanItem.left_on.is_(None), PlanItem.next_due_on.is_not(None), term)
        .subquery()
    )
    return db.session.execute(select(*rows.c, func.count().label("number")).group_by(*rows.c))


def by_month(plans: dict[int, Plan], found: Iterable[Due]) -> list[Month]:
    """Return the days of a year added up by month, in the order of plan, unit and month."""
    sums: dict[tuple[int, int, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    for due in found:
        one = sums[due.plan_id, due.unit_id, due.day.replace(day=1)]
        for place, number in enumerate((due.items, due.over, due.missed)):
            one[place] += number
    return [_month(plans[key[0]], key, *figures) for key, figures in sorted(sums.items())]


def would_come(draft: Draft, fiscal_year: int) -> list[Month]:
    """Return what a year would hold of a plan that is not saved yet."""
    units: Select[int, int] = (
        select(Asset.holding_unit_id, func.count())
        .where(Asset.id.in_(matching(draft)))
        .group_by(Asset.holding_unit_id)
    )
    first, last = days_of(fiscal_year)
    due_on = [] if draft.counts is Every.METER else between(draft.rhythm, first, last)
    found = []
    for unit_id, number in db.session.execute(units):
        sums: dict[date, int] = defaultdict(int)
        for due in due_on:
            sums[due.replace(day=1)] += number
        found += [_month(draft, (0, unit_id, month), one) for month, one in sorted(sums.items())]
    return found


def days_of(fiscal_year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year of the Buddhist era."""
    year = fiscal_year - BUDDHIST_OFFSET
    return date(year - 1, 10, 1), date(year, 9, 30)


def months_of(fiscal_year: int) -> Sequence[date]:
    """Return the first days of the twelve months of a fiscal year."""
    first, _last = days_of(fiscal_year)
    return [
        date(first.year + (first.month + step - 1) // 12, (first.month + step - 1) % 12 + 1, 1)
        for step in range(12)
    ]


def dates(
    plan: Plan, next_due_on: date, first: date, last: date, *, known: bool = False
) -> Iterator[date]:
    """Give the dates of one item from its next one on, each done on its day.

    Args:
        plan: of the item.
        next_due_on: its next date.
        first, last: the days wanted, both included.
        known: the next date stands in the book already and is left out.
    """
    due: date | None = next_due_on
    if plan.basis == Basis.FIXED:
        if first <= next_due_on <= last and not known:
            yield next_due_on
        yield from between(plan.rhythm, max(first, next_due_on + timedelta(days=1)), last)
        return
    while due is not None and due <= last:
        if due >= first and not (known and due == next_due_on):
            yield due
        due = next_due(plan.rhythm, Basis.COMPLETION, due_on=due, done_on=due)


def _month(
    plan: Plan | Draft, key: tuple[int, int, date], number: int, over: int = 0, missed: int = 0
) -> Month:
    plan_id, unit_id, month = key
    cost = (plan.cost or Decimal(0)) * number
    return Month(plan_id, unit_id, month, number, plan.minutes * number, cost, over, missed)
