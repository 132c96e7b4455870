"""What the maintenance of each item cost in a year and how long it was out of use, against plan.

Planned is what the plans hold of the year for the item: times, minutes, baht. Done is what was
written down of it. Out of use is the time that a repair kept the item from being available, so that
a plan can be judged by what it spares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true
from sqlalchemy.orm import joinedload

from assets.maintenance import access, year
from assets.maintenance.models import Occurrence, Plan, PlanItem
from assets.maintenance.plan_of_year import Wanted
from assets.maintenance.states import State
from assets.register import slots
from assets.register.models import Asset, Hold
from assets.register.states import HoldKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db

A_PAGE = 50
AT_ONCE = 500
DAY = Decimal(24 * 60 * 60)
NOTHING = Decimal(0)


@dataclass
class Figures:
    """What is summed: times, minutes and baht by plan and as done, repairs, days out of use."""

    planned: int = 0
    done: int = 0
    skipped: int = 0
    missed: int = 0
    planned_minutes: int = 0
    minutes: int = 0
    planned_cost: Decimal = NOTHING
    cost: Decimal = NOTHING
    repairs: int = 0
    repair_cost: Decimal = NOTHING
    days_out: Decimal = NOTHING

    def add(self, other: Figures) -> None:
        """Add the figures of something else to these."""
        for one in fields(Figures):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def is_dearer(self) -> bool:
        """Whether maintenance has cost more than its plans held of the whole year."""
        return self.cost > self.planned_cost


@dataclass(frozen=True)
class Line:
    """An item with its figures of a year."""

    asset: Asset
    figures: Figures


def lines(viewer: Viewer, wanted: Wanted, number: int = 1, size: int = A_PAGE) -> list[Line]:
    """Return a page of the items that have a plan, and one more if there is one.

    Those that cost most come first, then by number. The same few queries at any length.
    """
    assets = db.session.scalars(
        _items(viewer, wanted).offset((number - 1) * size).limit(size + 1)
    ).all()
    figures = _figures([asset.id for asset in assets], wanted)
    return [Line(asset, figures[asset.id]) for asset in assets]


def every_line(viewer: Viewer, wanted: Wanted) -> Iterator[Line]:
    """Yield all lines, read a stretch at a time."""
    number = 1
    while True:
        found = lines(viewer, wanted, number, AT_ONCE)
        yield from found[:AT_ONCE]
        if len(found) <= AT_ONCE:
            return
        number += 1


def _items(viewer: Viewer, wanted: Wanted) -> Select[Asset]:
    first, last = year.days_of(wanted.fiscal_year)
    in_plan = [PlanItem.asset_id == Asset.id]
    if wanted.plan_id:
        in_plan.append(PlanItem.plan_id == wanted.plan_id)
    recorded = exists().where(
        Occurrence.item_id == PlanItem.id, Occurrence.due_on.between(first, last)
    )
    spent = (
        select(func.coalesce(func.sum(Occurrence.cost), 0))
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .where(*in_plan, Occurrence.due_on.between(first, last))
        .correlate(Asset)
        .scalar_subquery()
    )
    there = exists().where(and_(*in_plan), PlanItem.left_on.is_(None) | recorded)
    return (
        select(Asset)
        .options(joinedload(Asset.holding_unit))
        .where(there, access.seen_items(viewer), year.in_unit(wanted.unit))
        .order_by(spent.desc(), Asset.asset_no_sort, Asset.id)
    )


def _figures(asset_ids: Sequence[int], wanted: Wanted) -> dict[int, Figures]:
    found: dict[int, Figures] = defaultdict(Figures)
    first, last = year.days_of(wanted.fiscal_year)
    mine = PlanItem.asset_id.in_(asset_ids) & (
        PlanItem.plan_id == wanted.plan_id if wanted.plan_id else true()
    )
    _add_recorded(found, mine, first, last)
    _add_coming(found, mine, first, last)
    _add_repairs(found, asset_ids, first, last)
    return found


def _add_recorded(
    found: dict[int, Figures], mine: ColumnElement[bool], first: date, last: date
) -> None:
    rows = db.session.execute(
        select(
            PlanItem.asset_id,
            Occurrence.state,
            Plan.minutes.label("planned_minutes"),
            Plan.cost.label("planned_cost"),
            func.count().label("number"),
            func.coalesce(func.sum(Occurrence.minutes), 0).label("minutes"),
            func.coalesce(func.sum(Occurrence.cost), 0).label("cost"),
        )
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(mine, Occurrence.due_on.between(first, last))
        .group_by(PlanItem.asset_id, Occurrence.state, Plan.id, Plan.minutes, Plan.cost)
    )
    for row in rows:
        number = row.number
        found[row.asset_id].add(
            Figures(
                planned=number,
                done=number if row.state == State.DONE else 0,
                skipped=number if row.state == State.SKIPPED else 0,
                missed=number if row.state == State.MISSED else 0,
                planned_minutes=number * row.planned_minutes,
                minutes=int(row.minutes),
                planned_cost=number * (row.planned_cost or NOTHING),
                cost=Decimal(row.cost),
            )
        )


def _add_coming(
    found: dict[int, Figures], mine: ColumnElement[bool], first: date, last: date
) -> None:
    known = exists().where(
        Occurrence.item_id == PlanItem.id, Occurrence.due_on == PlanItem.next_due_on
    )
    rows = db.session.execute(
        select(PlanItem, known.label("known"))
        .options(joinedload(PlanItem.plan))
        .where(mine, PlanItem.left_on.is_(None), PlanItem.next_due_on <= last)
    )
    for item, is_known in rows:
        plan = item.plan
        if item.next_due_on is None:
            continue
        times = len(list(year.dates(plan, item.next_due_on, first, last, known=is_known)))
        cost = times * (plan.cost or NOTHING)
        found[item.asset_id].add(
            Figures(planned=times, planned_minutes=times * plan.minutes, planned_cost=cost)
        )


def _add_repairs(
    found: dict[int, Figures], asset_ids: Sequence[int], first: date, last: date
) -> None:
    for asset_id, repairs in slots.repairs_of(asset_ids).items():
        those = [one for one in repairs if first <= one.on <= last]
        cost = sum((one.cost or NOTHING for one in those), start=NOTHING)
        found[asset_id].add(Figures(repairs=len(those), repair_cost=cost))
    begins, ends = _moments(first, last)
    holds = db.session.execute(
        select(Hold.asset_id, Hold.since, Hold.ended_at)
        .where(
            Hold.asset_id.in_(asset_ids),
            Hold.kind == HoldKind.REPAIR,
            Hold.since < ends,
            Hold.ended_at.is_(None) | (Hold.ended_at > begins),
        )
        .order_by(Hold.asset_id, Hold.since)
    )
    # Two repairs of one item at once keep it from use once.
    until: dict[int, datetime] = {}
    for asset_id, since, ended_at in holds:
        start = max(since, begins, until.get(asset_id, begins))
        end = min(ended_at or ends, ends)
        if end > start:
            found[asset_id].add(Figures(days_out=_days(end - start)))
            until[asset_id] = end


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments between which a year lies, so far as it has passed."""
    begins = clock.at(first, time())
    return begins, min(clock.at(last + timedelta(days=1), time()), clock.now())


def _days(span: timedelta) -> Decimal:
    return round(Decimal(int(span.total_seconds())) / DAY, 1)
