"""Plans, the dates that fall due of them, days in schools, and the work on each item."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from assets.maintenance import jobs, slots, year
from assets.maintenance.models import Answer, Occurrence, Plan, PlanItem, Visit
from assets.maintenance.rules import doing, enrolling, planning, visiting
from assets.maintenance.rules.doing import Said
from assets.maintenance.rules.planning import Draft, StepDraft
from assets.maintenance.states import (
    OCCURRENCES,
    VISITS,
    Action,
    Basis,
    CatchUp,
    Every,
    State,
    StepKind,
    VisitAction,
    VisitState,
)
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import STEPS, class_of_things, make_plan
from tests.factories.office import TESTER, in_work, viewer_for

pytestmark = pytest.mark.usefixtures("clock")
ME = Viewer(name="a test")


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _nobody_above(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_order", "_repair", "_settle"):
        monkeypatch.setattr(slots, name, [])


def one_item(**overrides: Any) -> Plan:
    """Return a plan with one item."""
    with in_work():
        kind = class_of_things()
        make_asset(class_id=kind.id)
        return make_plan(kind, **overrides)


def book() -> list[tuple[str, date]]:
    db.session.rollback()
    found = db.session.scalars(select(Occurrence).order_by(Occurrence.due_on, Occurrence.id))
    return [(str(one.state), one.due_on) for one in found]


def only(kind: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(select(kind)).one()


def open_one() -> Occurrence:
    db.session.rollback()
    return db.session.scalars(
        select(Occurrence).where(Occurrence.state.in_([State.PLANNED, State.ON_VISIT]))
    ).one()


def do(occurrence: Occurrence, **finish: Any) -> None:
    with work():
        found = db.session.get_one(Occurrence, occurrence.id)
        for step in found.item.plan.steps:
            doing.answer(found, Said(step.id), by=ME)
        db.session.flush()
        doing.finish(found, by=ME, **finish)


@pytest.mark.parametrize(
    ("table", "states", "actions", "last"),
    [
        (OCCURRENCES, State, Action, (State.DONE, State.SKIPPED, State.MISSED)),
        (VISITS, VisitState, VisitAction, (VisitState.FINISHED, VisitState.CANCELLED)),
    ],
)
def test_nothing_leads_out_of_what_is_over(
    table: Any, states: Any, actions: Any, last: Any
) -> None:
    for state, action in product(states, actions):
        if not table.allows(state, action):
            with pytest.raises(Refusal):
                table.target(state, action)
    assert all(not table.actions(state) for state in last)


def test_a_plan_reaches_what_matches_and_follows_it(cast: Cast, clock: Clock) -> None:
    with in_work():
        wide, other = class_of_things(), class_of_things()
        narrow = class_of_things(parent_id=wide.id)
        here = make_asset(cast.school, class_id=wide.id)
        below = make_asset(cast.school, class_id=narrow.id)
        make_asset(cast.other_school, class_id=wide.id)
        make_asset(cast.school, class_id=other.id)
        plan = make_plan(wide, class_id=wide.id, unit_id=cast.school.id)

    def reached() -> set[int]:
        db.session.rollback()
        return set(db.session.scalars(select(PlanItem.asset_id).where(PlanItem.left_on.is_(None))))

    assert reached() == {here.id, below.id}
    with work():
        db.session.get_one(Asset, here.id).lifecycle = Lifecycle.LOST
        late = make_asset(cast.school, class_id=narrow.id)
    jobs.follow_plans()
    assert reached() == {below.id, late.id}
    with work():
        db.session.get_one(Asset, here.id).lifecycle = Lifecycle.IN_SERVICE
        assert enrolling.enrol(db.session.get_one(Plan, plan.id)) == 1
    assert reached() == {here.id, below.id, late.id}


def test_a_date_comes_up_once_when_it_is_near_enough(app: Flask, clock: Clock) -> None:
    one_item(lead_days=7)
    jobs.follow_plans()
    assert book() == []
    clock.forward(days=1)
    jobs.follow_plans()
    jobs.follow_plans()
    assert book() == [("on_visit", date(2026, 12, 1))]


def test_a_closed_day_is_moved_off(app: Flask, clock: Clock) -> None:
    one_item(starts_on=date(2026, 12, 5))  # a Saturday and a holiday; Monday 7 stands in for it
    jobs.follow_plans()
    assert only(Occurrence).planned_on.weekday() < 5
    assert only(Occurrence).planned_on > date(2026, 12, 5)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            CatchUp.ONCE,
            [
                ("missed", date(2026, 12, 1)),
                ("missed", date(2027, 1, 1)),
                ("on_visit", date(2027, 2, 1)),
            ],
        ),
        (
            CatchUp.SKIP,
            [
                ("missed", date(2026, 12, 1)),
                ("missed", date(2027, 1, 1)),
                ("missed", date(2027, 2, 1)),
            ],
        ),
    ],
)
def test_what_passed_while_nothing_ran_is_never_dropped(
    app: Flask, clock: Clock, policy: CatchUp, expected: list[tuple[str, date]]
) -> None:
    one_item(catch_up=policy, lead_days=0)
    clock.forward(days=(date(2027, 2, 20) - clock.now.date()).days)
    jobs.follow_plans()
    jobs.follow_plans()
    assert book() == expected


def test_within_the_tolerance_a_date_is_still_done(app: Flask, clock: Clock) -> None:
    one_item(catch_up=CatchUp.SKIP, lead_days=0, tolerance_days=7)
    clock.forward(days=(date(2026, 12, 8) - clock.now.date()).days)
    jobs.follow_plans()
    assert book() == [("on_visit", date(2026, 12, 1))]


def test_no_second_one_while_one_is_open_and_what_passed_is_told(app: Flask, clock: Clock) -> None:
    one_item(lead_days=0)
    clock.forward(days=(date(2026, 12, 1) - clock.now.date()).days)
    jobs.follow_plans()
    clock.forward(days=45)  # to 15 January
    jobs.follow_plans()
    assert book() == [("on_visit", date(2026, 12, 1))]
    do(open_one())
    assert book() == [("done", date(2026, 12, 1)), ("missed", date(2027, 1, 1))]
    assert only(PlanItem).next_due_on == date(2027, 2, 1)


def test_counted_from_completion_the_next_date_follows_the_day_it_was_done(
    app: Flask, clock: Clock
) -> None:
    one_item(basis=Basis.COMPLETION)
    jobs.follow_plans()
    clock.forward(days=20)
    do(open_one())
    assert only(PlanItem).next_due_on == date(2027, 1, 13)
    assert book() == [("done", date(2026, 12, 1))]


def test_what_a_school_has_on_a_day_is_one_visit(cast: Cast) -> None:
    with in_work():
        first, second = class_of_things(), class_of_things()
        for unit, kind in ((cast.school, first), (cast.school, second), (cast.other_school, first)):
            make_asset(unit, class_id=kind.id)
        make_plan(first)
        make_plan(second)
    jobs.follow_plans()
    db.session.rollback()
    units = [visit.unit_id for visit in db.session.scalars(select(Visit))]
    assert sorted(units) == sorted([cast.school.id, cast.other_school.id])
    assert len(db.session.scalars(select(Occurrence.id)).all()) == 3


def test_what_was_not_done_on_a_visit_comes_again(cast: Cast, clock: Clock) -> None:
    with in_work():
        kind = class_of_things()
        make_asset(class_id=kind.id)
        make_asset(class_id=kind.id)
        make_plan(kind)
    jobs.follow_plans()
    db.session.rollback()
    first = db.session.scalars(select(Occurrence)).first()
    assert first is not None
    do(first)
    visit = only(Visit)
    with work():
        visiting.finish(db.session.get_one(Visit, visit.id), by=viewer_for(cast.thep))
    assert [state for state, _day in book()] == ["done", "planned"]
    jobs.follow_plans()
    assert [state for state, _day in book()] == ["done", "on_visit"]


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
