"""The work on each item, changed plans, meters and the year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from assets.maintenance import jobs, slots, year
from assets.maintenance.models import Answer, Occurrence, Plan, PlanItem
from assets.maintenance.rules import doing, planning
from assets.maintenance.rules.doing import Said
from assets.maintenance.rules.planning import Draft, StepDraft
from assets.maintenance.states import (
    Basis,
    Every,
    StepKind,
)
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.assets.maintenance.steps import ME, book, do, one_item, only, open_one
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import STEPS, class_of_things, make_plan
from tests.factories.office import TESTER, in_work, viewer_for

pytestmark = pytest.mark.usefixtures("clock", "_nobody_above")


def test_a_required_step_without_an_answer_is_asked_for(app: Flask) -> None:
    one_item()
    jobs.follow_plans()
    occurrence = open_one()
    with work():
        found = db.session.get_one(Occurrence, occurrence.id)
        doing.answer(found, Said(found.item.plan.steps[0].id), by=ME)
        db.session.flush()
        with pytest.raises(Refusal, match="อัปเดตระบบ"):
            doing.finish(found, by=ME)


def test_what_is_not_in_order_becomes_a_repair(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []

    def repair(_occurrence: Occurrence, faults: list[str], _by: Viewer) -> str:
        told.append(faults)
        return "ซ.1/2570"

    monkeypatch.setattr(slots, "_repair", [repair])
    steps = (
        StepDraft("พัดลม"),
        StepDraft(
            "แรงดันไฟ", kind=StepKind.READING, unit_word="V", least=Decimal(210), most=Decimal(240)
        ),
    )
    one_item(steps=steps)
    jobs.follow_plans()
    number = open_one().id
    with work():
        found = db.session.get_one(Occurrence, number)
        fan, mains = found.item.plan.steps
        doing.answer(found, Said(fan.id, good=False, note="เสียงดัง"), by=ME)
        doing.answer(found, Said(mains.id, good=True, reading=Decimal("198.5")), by=ME)
        db.session.flush()
        doing.finish(found, by=ME)
    assert told == [["พัดลม: เสียงดัง", "แรงดันไฟ: 198.5 V"]]
    assert only(Occurrence).repair_number == "ซ.1/2570"


def test_an_answer_said_again_takes_the_place_of_the_first(app: Flask) -> None:
    one_item()
    jobs.follow_plans()
    number = open_one().id
    for good in (False, True):
        with work():
            found = db.session.get_one(Occurrence, number)
            doing.answer(found, Said(found.item.plan.steps[0].id, good=good, client_id="a"), by=ME)
    assert only(Answer).good is True


def test_leaving_out_needs_a_reason_and_the_next_date_comes(app: Flask) -> None:
    one_item()
    jobs.follow_plans()
    number = open_one().id
    with work(), pytest.raises(Refusal):
        doing.skip(db.session.get_one(Occurrence, number), "  ", by=ME)
    with work():
        doing.skip(db.session.get_one(Occurrence, number), "ห้องปิดปรับปรุง", by=ME)
    assert book() == [("skipped", date(2026, 12, 1))]
    assert only(PlanItem).next_due_on == date(2027, 1, 1)


def test_an_ended_plan_lets_nothing_fall_due_and_drops_nothing(app: Flask) -> None:
    plan = one_item()
    with work():
        for item in db.session.scalars(select(PlanItem)):
            db.session.add(
                Occurrence(
                    item_id=item.id,
                    due_on=date(2026, 12, 1),
                    planned_on=date(2026, 12, 1),
                    created_at=plan.created_at,
                )
            )
    with work():
        planning.end(db.session.get_one(Plan, plan.id), by=TESTER)
    jobs.follow_plans()
    assert book() == [("missed", date(2026, 12, 1))]
    with work(), pytest.raises(Refusal):
        planning.end(db.session.get_one(Plan, plan.id), by=TESTER)


def draft(**overrides: Any) -> Draft:
    return Draft(
        **{
            "name_th": "แผนใหม่",
            "counts": Every.MONTHS,
            "starts_on": date(2026, 12, 15),
            "steps": STEPS,
            "unit_id": 1,
            **overrides,
        }
    )


def test_a_changed_rhythm_moves_the_dates_to_come(app: Flask) -> None:
    plan = one_item()
    with work():
        found = db.session.get_one(Plan, plan.id)
        planning.edit(found, draft(class_id=found.class_id, unit_id=None), by=TESTER)
    assert only(PlanItem).next_due_on == date(2026, 12, 15)


def test_a_step_that_was_answered_stays_in_the_book(app: Flask) -> None:
    plan = one_item()
    jobs.follow_plans()
    do(open_one())
    with work():
        found = db.session.get_one(Plan, plan.id)
        planning.edit(
            found, draft(class_id=found.class_id, unit_id=None, steps=STEPS[:1]), by=TESTER
        )
    db.session.rollback()
    assert len(db.session.scalars(select(Answer)).all()) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"unit_id": None},
        {"every": 0},
        {"every": 99999},
        {"counts": Every.CALENDAR},
        {"counts": Every.CALENDAR, "months": (13,)},
        {"counts": Every.METER, "meter": ""},
        {"counts": Every.METER, "meter": "หน้า", "basis": Basis.COMPLETION},
        {"steps": (StepDraft("x", least=Decimal(5), most=Decimal(4)),)},
    ],
)
def test_a_plan_that_nobody_could_follow_is_refused(app: Flask, changes: dict[str, Any]) -> None:
    with work(), pytest.raises(Refusal):
        planning.make(draft(**changes), by=TESTER)


def test_a_meter_lets_it_fall_due_and_counts_on(app: Flask, clock: Clock) -> None:
    one_item(counts=Every.METER, every=5000, meter="หน้า", lead_days=0)
    asset_id = only(PlanItem).asset_id

    def read(value: int, **more: Any) -> None:
        with work():
            doing.read_meter(db.session.get_one(Asset, asset_id), "หน้า", value, by=ME, **more)

    read(1000)
    assert only(PlanItem).next_due_on is None
    clock.forward(days=20)
    read(3000)
    assert only(PlanItem).next_due_on == clock.now.date() + timedelta(days=20)
    with pytest.raises(Refusal):
        read(2999)
    clock.forward(days=5)
    read(5100)
    jobs.follow_plans()
    do(open_one())
    assert only(PlanItem).next_at_meter == 10100
    read(20, replaced=True)
    assert only(PlanItem).next_at_meter == 5020


def test_a_reading_that_a_phone_sends_twice_is_one(app: Flask) -> None:
    one_item(counts=Every.METER, every=10, meter="หน้า")
    asset_id = only(PlanItem).asset_id
    for _ in range(2):
        with work():
            asset = db.session.get_one(Asset, asset_id)
            doing.read_meter(asset, "หน้า", 5, client_id="phone-1", by=ME)
    assert doing.readings(asset_id, "หน้า") == [(date(2026, 11, 23), 5)]


def test_the_year_tells_what_each_school_has_in_each_month(cast: Cast) -> None:
    with in_work():
        kind = class_of_things()
        for unit in (cast.school, cast.school, cast.other_school):
            make_asset(unit, class_id=kind.id)
        make_plan(kind, every=6, minutes=20, cost=Decimal("50.00"))
    db.session.rollback()
    months = year.of_year(viewer_for(cast.admin), 2570)
    told = {(one.unit_id, one.month): (one.items, one.minutes, one.cost) for one in months}
    assert told == {
        (cast.school.id, date(2026, 12, 1)): (2, 40, Decimal("100.00")),
        (cast.school.id, date(2027, 6, 1)): (2, 40, Decimal("100.00")),
        (cast.other_school.id, date(2026, 12, 1)): (1, 20, Decimal("50.00")),
        (cast.other_school.id, date(2027, 6, 1)): (1, 20, Decimal("50.00")),
    }
    own = year.of_year(viewer_for(cast.kanda), 2570)
    assert {one.unit_id for one in own} == {cast.school.id}


def test_what_would_come_is_what_then_comes(cast: Cast) -> None:
    with in_work():
        kind = class_of_things()
        make_asset(cast.school, class_id=kind.id)
        plan = make_plan(kind)
    new = draft(class_id=kind.id, unit_id=None, counts=Every.CALENDAR, months=(1, 7))
    foretold = {(one.unit_id, one.month, one.items) for one in year.would_come(new, 2570)}
    with work():
        planning.edit(db.session.get_one(Plan, plan.id), new, by=TESTER)
    db.session.rollback()
    came = year.of_year(viewer_for(cast.admin), 2570)
    assert {(one.unit_id, one.month, one.items) for one in came} == foretold
    assert len(foretold) == 2


def test_the_months_of_a_fiscal_year_begin_in_october() -> None:
    months = year.months_of(2570)
    assert (months[0], months[3], months[-1], len(months)) == (
        date(2026, 10, 1),
        date(2027, 1, 1),
        date(2027, 9, 1),
        12,
    )
