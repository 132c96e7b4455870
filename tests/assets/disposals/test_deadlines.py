"""The days of the regulation (R-D1, R-D2), and who is told of them when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from assets.disposals import jobs
from assets.disposals.deadlines import Days, Duty, Step, deadline, step_on
from assets.disposals.models import Disposal
from assets.disposals.states import State
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.factories.disposals import make_disposal, make_team

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("days", "duty", "due_on", "clause"),
    [
        (Days(State.INVESTIGATING, findings_due_on=DAY), Duty.FINDINGS, DAY, "214"),
        (Days(State.ORDERED, ordered_on=DAY), Duty.CARRY_OUT, date(2027, 1, 1), "215"),
        (Days(State.CARRIED_OUT, carried_out_on=DAY), Duty.STRIKE_OFF, DAY, "218"),
        (Days(State.STRUCK_OFF, struck_off_on=DAY), Duty.REPORT, date(2026, 12, 2), "218"),
    ],
)
def test_r_d1_r_d2_each_state_has_its_day(
    days: Days, duty: Duty, due_on: date, clause: str
) -> None:
    found = deadline(days)
    assert found is not None
    assert (found.duty, found.due_on, found.clause) == (duty, due_on, clause)


@pytest.mark.parametrize(
    "days",
    [
        Days(State.PROPOSED),
        Days(State.INVESTIGATING),
        Days(State.SUBMITTED, ordered_on=DAY),
        Days(State.STRUCK_OFF, struck_off_on=DAY, reported=True),
        Days(State.CLOSED, struck_off_on=DAY),
        Days(State.CANCELLED, ordered_on=DAY),
    ],
)
def test_where_nothing_is_owed_no_day_runs(days: Days) -> None:
    assert deadline(days) is None


@pytest.mark.parametrize(
    ("before", "step"),
    [(8, None), (7, Step.NEAR), (1, Step.NEAR), (0, Step.DUE), (-1, Step.PASSED)],
)
def test_a_day_comes_near_is_due_and_passes(before: int, step: Step | None) -> None:
    assert step_on(DAY, DAY - timedelta(days=before)) == step


@pytest.fixture
def cast(app: Flask, clock: Any) -> Cast:
    return make_cast()


def told() -> list[tuple[int | None, str]]:
    db.session.rollback()
    query = select(OutgoingMessage).where(OutgoingMessage.kind == "disposal_due")
    return [(one.person_id, one.body) for one in db.session.scalars(query)]


def test_each_step_is_told_once_in_one_message_a_person(cast: Cast, clock: Any) -> None:
    team = make_team(keeper=cast.sri, head=cast.chai)
    cases = [make_disposal(state=State.ORDERED, team=team) for _one in range(2)]
    numbers = [case.number for case in cases]
    assert jobs.flag_disposals() == 0
    clock.forward(days=53)
    assert (jobs.flag_disposals(), jobs.flag_disposals()) == (2, 0)
    ((person, body),) = told()
    assert person == cast.sri.id
    assert all(number in body for number in numbers)
    clock.forward(days=3)  # from the Friday to the Monday: the same step
    assert jobs.flag_disposals() == 0
    clock.forward(days=7)
    assert jobs.flag_disposals() == 2
    assert len(told()) == 2


def test_on_a_closed_day_nothing_is_sent_and_the_next_open_day_makes_it_good(
    cast: Cast, clock: Any
) -> None:
    make_disposal(state=State.STRUCK_OFF, team=make_team(keeper=cast.sri, head=cast.chai))
    clock.forward(days=26)  # a Saturday, four days before the report is due
    assert jobs.flag_disposals() == 0
    clock.forward(days=2)
    assert jobs.flag_disposals() == 1
    assert [person for person, _body in told()] == [cast.sri.id]


def test_members_hear_of_the_report_they_owe(cast: Cast, clock: Any) -> None:
    team = make_team(keeper=cast.sri, head=cast.chai)
    case = make_disposal(state=State.INVESTIGATING, team=team)
    row = db.session.get_one(Disposal, case.id)
    row.findings_due_on = clock.now.date() + timedelta(days=3)
    db.session.commit()
    assert jobs.flag_disposals() == 1
    assert {person for person, _body in told()} == {
        cast.sri.id,
        *(one.id for one in team.committee),
    }
