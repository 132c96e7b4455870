"""The doctor finds planted faults of trainings and surveys, and nothing where all is well."""

from __future__ import annotations

from sqlalchemy import select, text

from helpdesk.doctor import schooling
from helpdesk.surveys.models import Survey, SurveyResponse
from helpdesk.surveys.rules import answering, drafting, opening, reporting
from helpdesk.trainings.rules import holding
from kernel.db import db
from kernel.forms import new_key
from kernel.work import work
from tests.factories.office import TESTER, in_work
from tests.helpdesk.doctor.planting import ignore_constraint, ignore_references
from tests.helpdesk.trainings.conftest import Trainings, trainings

__all__ = ["trainings"]

FAULTS = {
    "training_seats": "UPDATE training_session SET seats = 1",
    "training_attendance": "UPDATE training_attendance SET day = '2001-01-01'",
    "training_certificates": "UPDATE training_session SET state = 'open'",
    "survey_answers": (
        "UPDATE survey_answer SET question_id = (SELECT max(id) FROM survey_question)"
    ),
    "survey_invitations": "UPDATE survey SET state = 'closed'",
    "survey_reports": "UPDATE survey_report SET state = 'signed'",
}


def prepare(ground: Trainings) -> None:
    """Hold a training, close one survey with a report, leave one open with an invitation."""
    session = ground.session()
    places = [ground.enrol(session) for _one in range(2)]
    ground.clock.forward(days=1)
    with in_work():
        for place in places:
            holding.note(place, session.first_day, by=TESTER)
        holding.finish(session, by=TESTER)
    with in_work():
        closed = drafting.make({}, by=TESTER, template="satisfaction")
        opening.open_survey(closed, by=TESTER)
    scale = next(one for one in closed.questions if one.sort == "scale")
    for _one in range(3):
        with in_work():
            answering.answer(closed, {scale.id: 4}, key=new_key(), token="")
    with in_work():
        opening.close(closed, by=TESTER)
        reporting.begin(closed, by=TESTER)
    with in_work():
        asking = drafting.make(
            {"audience": "units"},
            by=TESTER,
            template="training",
            units=(ground.cast.school.id,),
        )
        opening.open_survey(asking, by=TESTER)


def test_the_doctor_finds_every_planted_fault_of_trainings_and_surveys(
    trainings: Trainings,
) -> None:
    prepare(trainings)
    checks = {check.name: check for check in schooling.CHECKS}
    assert checks.keys() == {*FAULTS, "survey_names"}
    assert [name for name, check in checks.items() if list(check.find())] == []
    missed = []
    for name, fault in FAULTS.items():
        with work():
            db.session.execute(text(fault))
            if not list(checks[name].find()):
                missed.append(name)
            db.session.rollback()
    assert not missed


def test_the_doctor_finds_a_name_beside_an_anonymous_answer(trainings: Trainings) -> None:
    prepare(trainings)
    response = db.session.scalars(select(SurveyResponse.id)).first()
    survey = db.session.scalars(select(Survey.id).order_by(Survey.id)).first()
    check = next(one for one in schooling.CHECKS if one.name == "survey_names")
    with work():
        ignore_references()
        ignore_constraint("survey_name", "ck_survey_name_named")
        said = {"response": response, "survey": survey, "person": trainings.cast.malee.id}
        db.session.execute(
            text("INSERT INTO survey_name VALUES (:response, :survey, true, :person)"), said
        )
        assert list(check.find()) == [f"survey {survey}"]
        db.session.rollback()
