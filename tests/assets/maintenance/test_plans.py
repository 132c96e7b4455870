"""Plans, the dates that fall due of them, days in schools, and the work on each item."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from assets.maintenance import jobs
from assets.maintenance.models import Occurrence, Plan, PlanItem, Visit
from assets.maintenance.rules import enrolling, planning, visiting
from assets.maintenance.states import (
    OCCURRENCES,
    VISITS,
    Action,
    Basis,
    CatchUp,
    State,
    VisitAction,
    VisitState,
)
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.calendar import rules as calendar
from tests.assets.maintenance.steps import book, do, one_item, only, open_one
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import TESTER, in_work, viewer_for

pytestmark = pytest.mark.usefixtures("clock", "_nobody_above")


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


def test_what_has_left_its_plan_is_missed_and_never_planned_again(cast: Cast) -> None:
    plan = one_item()
    jobs.follow_plans()
    visit = only(Visit)
    with work():
        planning.end(db.session.get_one(Plan, plan.id), by=viewer_for(cast.thep))
    with work():
        visiting.cancel(db.session.get_one(Visit, visit.id), "ปิดเทอม", by=viewer_for(cast.thep))
    assert book() == [("missed", date(2026, 12, 1))]
    jobs.follow_plans()
    assert book() == [("missed", date(2026, 12, 1))]


def test_what_is_planned_for_a_lost_item_is_missed(app: Flask) -> None:
    plan = one_item()
    with work():
        item = db.session.scalars(select(PlanItem)).one()
        item.asset.lifecycle = Lifecycle.LOST
        db.session.add(
            Occurrence(
                item_id=item.id,
                due_on=date(2026, 12, 1),
                planned_on=date(2026, 12, 1),
                created_at=plan.created_at,
            )
        )
    jobs.follow_plans()
    assert book() == [("missed", date(2026, 12, 1))]


def test_a_visit_leaves_a_day_that_was_closed_meanwhile_unless_somebody_chose_it(
    cast: Cast,
) -> None:
    one_item()
    jobs.follow_plans()
    for chosen, expected in ((True, date(2026, 12, 2)), (False, date(2026, 12, 3))):
        with work():
            visit = db.session.scalars(select(Visit)).one()
            visiting.move(visit, date(2026, 12, 2), by=viewer_for(cast.thep))
            visit.chosen = chosen
            if chosen:
                calendar.close_day(date(2026, 12, 2), "วันหยุดพิเศษ", reason="ประกาศ", by=TESTER)
        jobs.follow_plans()
        assert only(Visit).day == only(Occurrence).planned_on == expected
