"""Which items a plan is for: those that match come in, those that left the service go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select, update

from assets.catalogue import queries as catalogue
from assets.maintenance.models import Occurrence, Plan, PlanItem
from assets.maintenance.rhythm import Rhythm, following
from assets.maintenance.rules.occurring import miss
from assets.maintenance.rules.planning import Draft
from assets.maintenance.states import Every, State
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from office.places.models import Unit

A_STRETCH = 1000


def matching(plan: Plan | Draft) -> Select[Any]:
    """Return the ids of the items in service that a plan is for."""
    terms: list[ColumnElement[bool]] = [Asset.lifecycle == Lifecycle.IN_SERVICE]
    if plan.asset_id:
        terms.append(Asset.id == plan.asset_id)
    if plan.model_id:
        terms.append(Asset.model_id == plan.model_id)
    if plan.class_id:
        terms.append(Asset.class_id.in_(catalogue.below(plan.class_id)))
    if plan.unit_id:
        path = select(Unit.path).where(Unit.id == plan.unit_id).scalar_subquery()
        under = select(Unit.id).where(Unit.path.startswith(path))
        terms.append(Asset.holding_unit_id.in_(under))
    return select(Asset.id).where(*terms)


def enrol(plan: Plan) -> int:
    """Bring the items of a plan up to date; return how many came in or went out.

    An item that comes in is due on the first date of the plan that has not passed.
    """
    if plan.ended_on is not None:
        return 0
    first = first_due(plan.rhythm)
    dates = {
        "next_due_on": first,
        "comes_up_on": first - timedelta(days=plan.lead_days) if first else None,
    }
    wanted = matching(plan)
    came = _take_in(plan, wanted, dates)
    left, back = _moving(plan, wanted)
    if left:
        _give_up(left)
        _put(left, {"left_on": clock.today(), "next_due_on": None, "comes_up_on": None})
    if back:
        _put(back, {"left_on": None, **dates})
    return came + len(left) + len(back)


def _moving(plan: Plan, wanted: Select[Any]) -> tuple[list[int], list[int]]:
    """Return the items of a plan that go out, and those that come back."""
    stays = PlanItem.asset_id.in_(wanted)
    rows = db.session.execute(
        select(PlanItem.id, PlanItem.left_on).where(
            PlanItem.plan_id == plan.id,
            or_(
                and_(PlanItem.left_on.is_(None), ~stays), and_(PlanItem.left_on.is_not(None), stays)
            ),
        )
    ).all()
    left = [item_id for item_id, left_on in rows if left_on is None]
    return left, [item_id for item_id, left_on in rows if left_on is not None]


def _put(items: Sequence[int], values: dict[str, date | None]) -> None:
    for part in _parts(items):
        db.session.execute(update(PlanItem).where(PlanItem.id.in_(part)).values(**values))


def _parts(items: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), A_STRETCH):
        yield items[start : start + A_STRETCH]


def _give_up(items: Sequence[int]) -> None:
    """Record as missed what is planned for items that go out; a visit that has them goes on."""
    for part in _parts(items):
        planned = db.session.scalars(
            select(Occurrence).where(
                Occurrence.item_id.in_(part), Occurrence.state == State.PLANNED
            )
        )
        for occurrence in planned.all():
            miss(occurrence, _("The item is no part of the plan any more."))


def _take_in(plan: Plan, wanted: Select[Any], dates: dict[str, date | None]) -> int:
    known = select(PlanItem.asset_id).where(PlanItem.plan_id == plan.id)
    fresh = db.session.scalars(wanted.where(Asset.id.not_in(known))).all()
    if fresh:
        db.session.execute(
            insert(PlanItem),
            [
                {
                    "plan_id": plan.id,
                    "asset_id": asset_id,
                    **dates,
                    "next_at_meter": plan.every if plan.counts == Every.METER else None,
                }
                for asset_id in fresh
            ],
        )
    return len(fresh)


def first_due(rhythm: Rhythm) -> date | None:
    """Return the first date of a rhythm that has not passed, None for a meter."""
    return following(rhythm, max(rhythm.starts_on, clock.today()) - timedelta(days=1))
