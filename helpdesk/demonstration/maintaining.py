"""Maintenance in the demonstration: two plans, a visit that is done, and one that has begun."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache, partial
from typing import Any

from sqlalchemy import func, select

from assets.maintenance import jobs
from assets.maintenance.models import Occurrence, Plan, PlanItem, Visit
from assets.maintenance.rules import doing, enrolling, planning, visiting
from assets.maintenance.rules.doing import Said
from assets.maintenance.rules.planning import Draft, PartDraft, StepDraft
from assets.maintenance.states import Every, State, StepKind
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import Cast
from helpdesk.demonstration.diary import Diary
from kernel import clock
from kernel.db import db

TECHNICIAN = "technician"
# A kind of things of which a school has no more than this is chosen: a visit of one morning.
MOST = 12
A_MINUTE = timedelta(minutes=1)
GOOD_READING, BAD_READING = Decimal(221), Decimal(198)


@cache
def _plans() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (script.DATA / "maintaining.json").read_text(encoding="utf-8")
    )
    return found


@dataclass
class Maintaining:
    """Plans what the technician maintains."""

    cast: Cast
    diary: Diary

    def plan(self) -> None:
        """Make the plans some days before the end; the first visit is over by then."""
        for number, told in enumerate(_plans()):
            at = self.diary.end - timedelta(days=told["begun_days_ago"])
            self.diary.plan(at, partial(self._make, told))
            self.diary.plan(at + A_MINUTE, jobs.follow_plans, opens_work=True)
            ends = number == 0
            self.diary.plan(at + timedelta(days=1), partial(self._visit, told, ends=ends))

    def _make(self, told: dict[str, Any]) -> None:
        unit_id = self.cast.units[told["unit"]]
        class_id = _class_of(unit_id, told["class"])
        if class_id is None:
            return
        draft = Draft(
            name_th=told["name_th"],
            name_en=told["name_en"],
            class_id=class_id,
            unit_id=unit_id,
            counts=Every.MONTHS,
            every=told["every"],
            starts_on=clock.today() + timedelta(days=1),
            minutes=told["minutes"],
            cost=Decimal(told["cost"]),
            caretaker_id=self.cast.ids[TECHNICIAN],
            steps=tuple(_step(one) for one in told["steps"]),
            parts=(PartDraft(told["part"], 1, told["part_unit"]),) if told["part"] else (),
        )
        made = planning.make(draft, by=self.cast.viewer(TECHNICIAN))
        enrolling.enrol(made)

    def _visit(self, told: dict[str, Any], *, ends: bool) -> None:
        """Do all that is on the visit of a plan, or the first half of it."""
        me = self.cast.viewer(TECHNICIAN)
        work = db.session.scalars(
            select(Occurrence)
            .join(PlanItem, PlanItem.id == Occurrence.item_id)
            .join(Plan, Plan.id == PlanItem.plan_id)
            .where(Plan.name_th == told["name_th"], Occurrence.state == State.ON_VISIT)
            .order_by(Occurrence.id)
        ).all()
        visits = {one.visit_id for one in work if one.visit_id is not None}
        for visit_id in visits:
            visiting.begin(db.session.get_one(Visit, visit_id), by=me)
        for number, occurrence in enumerate(work if ends else work[: len(work) // 2]):
            finding = told["finding"] if number == 0 else ""
            for step in occurrence.item.plan.steps:
                doing.answer(occurrence, _said(step.id, step.kind, finding), by=me)
            db.session.flush()  # finishing reads the answers
            doing.finish(occurrence, minutes=told["minutes"] + number % 3, by=me)
        for visit_id in visits if ends else ():
            visiting.finish(db.session.get_one(Visit, visit_id), by=me)


def _class_of(unit_id: int, place: int) -> int | None:
    """Return a class of which a unit has some things but not many, the largest ones first."""
    number = func.count()
    return db.session.scalar(
        select(Asset.class_id)
        .where(
            Asset.holding_unit_id == unit_id,
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            Asset.class_id.is_not(None),
        )
        .group_by(Asset.class_id)
        .having(number <= MOST)
        .order_by(number.desc(), Asset.class_id)
        .offset(place)
        .limit(1)
    )


def _step(told: dict[str, Any]) -> StepDraft:
    return StepDraft(
        text_th=told["th"],
        text_en=told["en"],
        kind=StepKind(told["kind"]),
        unit_word=told.get("unit", ""),
        least=_bound(told, "least"),
        most=_bound(told, "most"),
    )


def _bound(told: dict[str, Any], name: str) -> Decimal | None:
    return Decimal(told[name]) if name in told else None


def _said(step_id: int, kind: StepKind, finding: str) -> Said:
    if kind != StepKind.READING:
        return Said(step_id)
    reading = BAD_READING if finding else GOOD_READING
    return Said(step_id, reading=reading, note=finding)
