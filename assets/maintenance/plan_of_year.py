"""The lines of the plan of a year: a school and a plan each, or an item and a plan each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select, true
from sqlalchemy.orm import contains_eager, joinedload

from assets.maintenance import access, year
from assets.maintenance.models import Occurrence, Plan, PlanItem
from assets.register.models import Asset
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Unit


@dataclass(frozen=True)
class Wanted:
    """What of a year is wanted: a fiscal year (B.E.), one plan or all, one unit or all."""

    fiscal_year: int
    plan_id: int = 0
    unit: Unit | None = None


@dataclass
class Row:
    """A line of the plan of a year: how many items a month has, for one item 1 or more times.

    ``asset`` is None where the line stands for all items of a school.
    """

    unit: Unit
    plan: Plan
    asset: Asset | None = None
    months: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def times(self) -> int:
        """How many times an item is due in the year."""
        return sum(self.months.values())

    @property
    def minutes(self) -> int:
        """The time that it takes by the plan."""
        return self.times * self.plan.minutes

    @property
    def cost(self) -> Decimal:
        """What it costs by the plan, in baht."""
        return self.times * (self.plan.cost or Decimal(0))


def plans_wanted(viewer: Viewer, wanted: Wanted) -> dict[int, Plan]:
    """Return the plans that the viewer sees, the one wanted or all, by id."""
    found = db.session.scalars(
        select(Plan)
        .where(
            access.seen_plans(viewer),
            Plan.id == wanted.plan_id if wanted.plan_id else true(),
        )
        .options(joinedload(Plan.caretaker))
    )
    return {plan.id: plan for plan in found}


def of_schools(viewer: Viewer, wanted: Wanted) -> list[Row]:
    """Return a line for each school and plan, schools by their code; three queries."""
    plans = plans_wanted(viewer, wanted)
    found = year.days(viewer, plans, *year.days_of(wanted.fiscal_year), unit=wanted.unit)
    units = _units({due.unit_id for due in found})
    rows: dict[tuple[int, int], Row] = {}
    for due in found:
        key = due.unit_id, due.plan_id
        row = rows.setdefault(key, Row(units[due.unit_id], plans[due.plan_id]))
        row.months[due.day.replace(day=1)] += due.items
    return sorted(rows.values(), key=_order)


def of_items(viewer: Viewer, wanted: Wanted) -> list[Row]:
    """Return a line for each item and plan, schools by their code; four queries."""
    plans = plans_wanted(viewer, wanted)
    term = access.seen_items(viewer) & PlanItem.plan_id.in_(plans) & year.in_unit(wanted.unit)
    items = db.session.scalars(
        select(PlanItem)
        .join(PlanItem.asset)
        .options(contains_eager(PlanItem.asset))
        .where(term)
        .order_by(Asset.asset_no_sort, Asset.id)
    ).all()
    first, last = year.days_of(wanted.fiscal_year)
    recorded: dict[int, set[date]] = defaultdict(set)
    for item_id, due_on in db.session.execute(
        select(Occurrence.item_id, Occurrence.due_on)
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(term)
    ):
        recorded[item_id].add(due_on)
    units = _units({item.asset.holding_unit_id for item in items})
    rows = []
    for item in items:
        row = Row(units[item.asset.holding_unit_id], plans[item.plan_id], item.asset)
        for due in _of_item(item, plans[item.plan_id], recorded[item.id], first, last):
            row.months[due.replace(day=1)] += 1
        if row.times:
            rows.append(row)
    return sorted(rows, key=_order)


def _of_item(
    item: PlanItem, plan: Plan, recorded: set[date], first: date, last: date
) -> list[date]:
    found = [due for due in recorded if first <= due <= last]
    if item.left_on is None and item.next_due_on is not None:
        known = item.next_due_on in recorded
        found += year.dates(plan, item.next_due_on, first, last, known=known)
    return found


def _units(ids: set[int]) -> dict[int, Unit]:
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _order(row: Row) -> tuple[str, str, int]:
    # Items of one plan keep the order of their numbers: sorting is stable.
    return row.unit.code, thai.sort_key(row.plan.name_th), row.plan.id
