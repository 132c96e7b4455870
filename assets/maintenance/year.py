"""What a year holds of a plan, month by month and unit by unit, without writing anything.

The same figures serve the plan of the year on paper, the strip on the page, and the question what
would come if the plan were changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Select, func, select

from assets.maintenance import access
from assets.maintenance.models import Plan, PlanItem
from assets.maintenance.rhythm import between, next_due
from assets.maintenance.rules.enrolling import matching
from assets.maintenance.rules.planning import Draft
from assets.maintenance.states import Basis, Every
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import BUDDHIST_OFFSET


@dataclass(frozen=True)
class Month:
    """So many items of one plan in one unit in one month, with the time and money they take."""

    plan_id: int
    unit_id: int
    month: date
    items: int
    minutes: int
    cost: Decimal


def of_year(viewer: Viewer, fiscal_year: int) -> list[Month]:
    """Return what the plans hold of a fiscal year (Buddhist era), in the viewer's units.

    Two queries, however many items there are: items that share a date are counted together.
    """
    plans = {plan.id: plan for plan in db.session.scalars(select(Plan))}
    rows = db.session.execute(
        select(PlanItem.plan_id, Asset.holding_unit_id, PlanItem.next_due_on, func.count())
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(PlanItem.left_on.is_(None), access.seen_items(viewer))
        .group_by(PlanItem.plan_id, Asset.holding_unit_id, PlanItem.next_due_on)
    )
    first, last = days_of(fiscal_year)
    sums: dict[tuple[int, int, date], int] = defaultdict(int)
    for plan_id, unit_id, next_due_on, number in rows:
        for due in _dates(plans[plan_id], next_due_on, first, last):
            sums[plan_id, unit_id, due.replace(day=1)] += number
    return [_month(plans[key[0]], key, number) for key, number in sorted(sums.items())]


def would_come(draft: Draft, fiscal_year: int) -> list[Month]:
    """Return what a year would hold of a plan that is not saved yet."""
    units: Select[int, int] = (
        select(Asset.holding_unit_id, func.count())
        .where(Asset.id.in_(matching(draft)))
        .group_by(Asset.holding_unit_id)
    )
    first, last = days_of(fiscal_year)
    dates = [] if draft.counts is Every.METER else between(draft.rhythm, first, last)
    found = []
    for unit_id, number in db.session.execute(units):
        sums: dict[date, int] = defaultdict(int)
        for due in dates:
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


def _dates(plan: Plan, next_due_on: date | None, first: date, last: date) -> Iterator[date]:
    """Give the dates of one item in a year, each done on its day."""
    if next_due_on is None:
        return
    if plan.basis == Basis.FIXED:
        begins = max(first, next_due_on)
        if first <= next_due_on <= last:
            yield next_due_on
            begins = next_due_on + timedelta(days=1)
        yield from between(plan.rhythm, begins, last)
        return
    due: date | None = next_due_on
    while due is not None and due <= last:
        if due >= first:
            yield due
        due = next_due(plan.rhythm, Basis.COMPLETION, due_on=due, done_on=due)


def _month(plan: Plan | Draft, key: tuple[int, int, date], number: int) -> Month:
    plan_id, unit_id, month = key
    cost = (plan.cost or Decimal(0)) * number
    return Month(plan_id, unit_id, month, number, plan.minutes * number, cost)
