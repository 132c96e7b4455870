"""The first page tells what a person is asked: answers, readings, steps, trainings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.desk.asked import asked_of
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import stepping, telling
from helpdesk.surveys.rules import drafting, opening
from helpdesk.trainings.rules import arranging, enrolling
from kernel import clock as now
from kernel.db import db
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.office import TESTER, in_work, sign_in, viewer_for
from tests.factories.programmes import approved, make_programme, plan_line


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    assert clock
    return make_cast()


def asked(person: Person) -> list[tuple[str, bool]]:
    """Return page and lateness of every line a person is shown."""
    db.session.rollback()
    return [
        (line.target.endpoint, line.late)
        for block in asked_of(viewer_for(person))
        for line in block.lines
    ]


def test_a_survey_waits_until_it_is_answered_or_over(cast: Cast, clock: Clock) -> None:
    with in_work():
        survey = drafting.make(
            {"audience": "units", "closes_on": now.today() + timedelta(days=3)},
            by=TESTER,
            template="satisfaction",
            units=(cast.school.id,),
        )
        opening.open_survey(survey, by=TESTER)
    assert asked(cast.malee) == [("surveys.mine", False)]
    assert asked(cast.thep) == []
    clock.forward(days=4)
    assert asked(cast.malee) == []


def test_steps_and_activities_wait_for_who_answers_for_them_and_notices_for_readers(
    cast: Cast, clock: Clock
) -> None:
    programme = make_programme(cast.thep)
    plan_line(programme, cast.thep, "ออกบำรุงรักษา", date(2026, 11, 1), Decimal(1))
    running = approved(programme, cast.thep, cast.chai)
    with in_work():
        found = db.session.get_one(Programme, running.id)
        telling.tell(found, "แจ้งแผน", "ขอให้เตรียมเครื่อง", [cast.malee], by=viewer_for(cast.thep))
        step = stepping.step_of(found, 4)
        due = now.today() + timedelta(days=2)
        said = stepping.Done(due, None, "", cast.sri, "")
        stepping.write(found, step, said, by=viewer_for(cast.thep))
    assert asked(cast.malee) == [("programmes.notices", False)]
    assert asked(cast.sri) == [("programmes.programme", False)]
    clock.forward(days=30)
    assert asked(cast.sri) == [("programmes.programme", True)]
    assert ("programmes.plan", True) in asked(cast.thep)


def test_a_training_is_told_to_who_has_a_seat(cast: Cast) -> None:
    tomorrow = now.today() + timedelta(days=1)
    course = {"title_th": "สอนออนไลน์", "title_en": "", "about": "", "hours": 6, "approved": False}
    with in_work():
        made = arranging.add_course(course, by=TESTER)
        fields = {"first_day": tomorrow, "last_day": tomorrow, "seats": 1}
        session = arranging.plan(made, fields, by=TESTER)
        db.session.flush()
        for person in (cast.malee, cast.kanda):
            enrolling.enrol(session.id, person, by=viewer_for(person))
    assert asked(cast.malee) == [("trainings.session", False)]
    assert asked(cast.kanda) == []


def test_all_of_it_is_one_question_and_stands_on_the_first_page(
    client: FlaskClient, cast: Cast
) -> None:
    with in_work():
        survey = drafting.make(
            {"audience": "units"}, by=TESTER, template="satisfaction", units=(cast.school.id,)
        )
        opening.open_survey(survey, by=TESTER)
    viewer = viewer_for(cast.malee)
    with counted() as questions:
        assert asked_of(viewer)
    assert len(questions) == 1
    sign_in(client, cast.malee)
    assert survey.title_th in client.get("/").text
