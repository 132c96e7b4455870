"""Risks: their levels and treatments, the table of a year, its copy, follow-up and reminders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from helpdesk.risks import jobs, queries
from helpdesk.risks.models import Risk, RiskFollowUp, RiskTable
from helpdesk.risks.rules import following, keeping, weighing
from helpdesk.risks.states import TABLES, Action, Level, Progress, State, level_of
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import TESTER
from tests.factories.risks import judged, make_risk, make_risk_table


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def again(table: RiskTable) -> RiskTable:
    return db.session.get_one(RiskTable, table.id)


def follow(table: RiskTable, risk: Risk, progress: Progress, quarter: int = 1) -> None:
    with work():
        row = db.session.get_one(Risk, risk.id)
        following.follow(
            again(table), row, quarter, progress, likelihood=2, impact=2, words="ทำแล้ว", by=TESTER
        )


def test_every_cell_of_the_map_has_its_level() -> None:
    levels = {(a, b): level_of(a, b) for a in range(1, 6) for b in range(1, 6)}
    by_level = {
        level: sorted({a * b for (a, b), one in levels.items() if one == level}) for level in Level
    }
    assert by_level == {
        Level.LOW: [1, 2, 3],
        Level.MEDIUM: [4, 5, 6, 8, 9],
        Level.HIGH: [10, 12, 15, 16],
        Level.VERY_HIGH: [20, 25],
    }


def test_what_may_happen_to_a_table(app: Flask) -> None:
    assert app.name
    assert {(state, act) for state in State for act in TABLES.actions(state)} == {
        (State.OPEN, Action.CLOSE),
        (State.CLOSED, Action.REOPEN),
    }


def test_a_unit_has_one_table_a_year_with_five_components(cast: Cast) -> None:
    made = make_risk_table(cast.office)
    assert [one.number for one in queries.components_of(made)] == [1, 2, 3, 4, 5]
    make_risk_table(cast.school)
    for year in (2570, 2550, 2580):
        with pytest.raises(Refusal) as refused:
            make_risk_table(cast.office, year)
        assert refused.value.field == "fiscal_year"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"likelihood": 6}, "likelihood"),
        ({"impact": 0}, "impact"),
        ({"treatment": "accept"}, "treatment"),
        ({"improvement": ""}, "improvement"),
        ({"due_on": None}, "due_on"),
        ({"responsible_id": None}, "responsible"),
    ],
)
def test_a_risk_is_weighed_and_treated_as_it_should(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    made = make_risk_table(cast.office)
    with pytest.raises(Refusal) as refused:
        make_risk(made, cast.thep, **wrong)
    assert refused.value.field == field


def test_a_small_risk_may_be_accepted_without_more(cast: Cast) -> None:
    accepted = {"treatment": "accept", "improvement": "", "due_on": None, "responsible_id": None}
    made = make_risk(make_risk_table(cast.office), cast.thep, likelihood=2, impact=4, **accepted)
    assert made.level == Level.MEDIUM


def test_places_move_up_when_a_risk_is_taken_out(cast: Cast) -> None:
    made = make_risk_table(cast.office)
    rows = [make_risk(made, cast.thep, danger=name) for name in ("ก", "ข", "ค")]
    follow(made, rows[2], Progress.UNDER_WAY)
    with work():
        weighing.drop(again(made), db.session.get_one(Risk, rows[1].id), by=TESTER)
    assert [(one.place, one.danger) for one in queries.risks_of(again(made))] == [
        (1, "ก"),
        (2, "ค"),
    ]
    with pytest.raises(Refusal), work():
        weighing.drop(again(made), db.session.get_one(Risk, rows[2].id), by=TESTER)


def test_a_table_closes_once_it_is_whole_and_then_stays(cast: Cast) -> None:
    made = make_risk_table(cast.office)
    with pytest.raises(Refusal), work():
        keeping.close(again(made), by=TESTER)
    row = make_risk(made, cast.thep)
    with pytest.raises(Refusal), work():
        keeping.close(again(made), by=TESTER)
    judged(made)
    with work():
        keeping.close(again(made), by=TESTER)
    with pytest.raises(Refusal):
        make_risk(made, cast.thep)
    with pytest.raises(Refusal):
        follow(made, row, Progress.DONE)
    with work():
        keeping.reopen(again(made), by=TESTER)
    assert again(made).closed_at is None


def test_last_year_is_copied_with_its_newest_weights_and_decided_anew(cast: Cast) -> None:
    old = make_risk_table(cast.office, 2569)
    first = make_risk(old, cast.thep)
    make_risk(old, cast.thep, danger="ความเสี่ยงที่สอง")
    follow(old, first, Progress.DONE, 4)
    made = make_risk_table(cast.office)
    with work():
        assert keeping.copy(again(made), by=TESTER) == 2
    copied = queries.risks_of(again(made))
    assert [(one.danger, one.score, one.improvement) for one in copied] == [
        ("คืนเกินกำหนด", 4, ""),
        ("ความเสี่ยงที่สอง", 12, ""),
    ]
    with pytest.raises(Refusal), work():
        keeping.copy(again(made), by=TESTER)
    judged(made)
    with pytest.raises(Refusal) as refused, work():
        keeping.close(again(made), by=TESTER)
    assert "2" in refused.value.message


def test_a_quarter_is_followed_up_once_and_done_counts_from_its_day(cast: Cast) -> None:
    made = make_risk_table(cast.office)
    row = make_risk(made, cast.thep)
    follow(made, row, Progress.DONE)
    follow(made, row, Progress.UNDER_WAY)
    found = db.session.scalars(select(RiskFollowUp)).one()
    assert (found.progress, found.level) == (Progress.UNDER_WAY, Level.MEDIUM)
    assert db.session.get_one(Risk, row.id).done_on is None
    weights = {"likelihood": 9, "impact": 1}
    with pytest.raises(Refusal), work():
        following.follow(again(made), row, 2, Progress.DONE, **weights, words="x", by=TESTER)


def test_the_map_moves_a_risk_after_its_follow_up(cast: Cast) -> None:
    made = make_risk_table(cast.office)
    row = make_risk(made, cast.thep)
    follow(made, row, Progress.UNDER_WAY)
    risks, newest = queries.risks_of(again(made)), queries.newest_follow_ups(again(made))
    before = queries.heat_map(risks, newest, after=False)
    after = queries.heat_map(risks, newest, after=True)
    assert ([*before], [*after]) == ([(4, 3)], [(2, 2)])


@pytest.mark.parametrize(
    ("left", "step"), [(8, None), (7, "7"), (1, "7"), (0, "0"), (-1, "late"), (-90, "late")]
)
def test_an_improvement_is_reminded_of_by_its_day(left: int, step: str | None) -> None:
    today = date(2026, 11, 23)
    assert following.step_of(today + timedelta(days=left), today) == step


def test_who_answers_is_reminded_of_each_step_once(cast: Cast, clock: Clock) -> None:
    made = make_risk_table(cast.office)
    row = make_risk(made, cast.thep, due_on=date(2026, 11, 27))
    jobs.remind_risks()
    jobs.remind_risks()
    clock.forward(days=7)
    jobs.remind_risks()
    told = select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "risk_due")
    assert list(db.session.scalars(told)) == [cast.thep.id] * 2
    follow(made, row, Progress.DONE)
    clock.forward(days=7)
    assert jobs.remind_risks() == 0
