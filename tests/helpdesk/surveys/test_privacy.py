"""An anonymous answer can be joined to nobody: tables, rows and the database itself prove it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Date, DateTime, inspect, select
from sqlalchemy.exc import IntegrityError

from helpdesk.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyName,
    SurveyResponse,
)
from helpdesk.surveys.rules import answering
from kernel.db import Model, db
from kernel.errors import Refusal
from office.bookkeeping.models import AuditEntry
from tests.factories.office import in_work
from tests.helpdesk.surveys.conftest import Surveys

ANSWERS = (SurveyResponse.__table__, SurveyAnswer.__table__)


def test_answers_hold_no_person_no_moment_and_no_number_that_counts_up() -> None:
    wrong = [
        str(column)
        for table in ANSWERS
        for column in table.columns
        if isinstance(column.type, Date | DateTime)
        or any(key.column.table.name == "person" for key in column.foreign_keys)
        or (column.primary_key and column.autoincrement is True)
    ]
    assert wrong == []
    assert {column.name for column in ANSWERS[0].columns} == {"id", "survey_id"}
    assert ANSWERS[0].c.id.type.python_type is str


def test_only_the_names_of_named_surveys_refer_to_a_response() -> None:
    pointing = {
        table.name
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "survey_response"
    }
    assert pointing == {"survey_answer", "survey_name"}


def test_the_database_refuses_the_name_of_an_anonymous_answer(surveys: Surveys) -> None:
    survey = surveys.opened()
    surveys.fill(survey, [5])
    response_id = db.session.scalar(select(SurveyResponse.id))
    for promised in (True, False):
        with pytest.raises(IntegrityError), in_work():
            db.session.add(
                SurveyName(
                    response_id=response_id,
                    survey_id=survey.id,
                    anonymous=promised,
                    person_id=surveys.cast.malee.id,
                )
            )


def test_nothing_that_is_left_says_who_of_the_invited_gave_which_answer(surveys: Surveys) -> None:
    survey = surveys.opened(audience="units", anonymous=True)
    before = surveys.tokens(survey)
    entries = len(db.session.scalars(select(AuditEntry.id)).all())
    surveys.fill(survey, [5, 1])
    surveys.fill(survey, [1, 5])
    assert surveys.tokens(survey) == before[2:]
    assert db.session.scalars(select(SurveyName.response_id)).all() == []
    assert len(db.session.scalars(select(AuditEntry.id)).all()) == entries
    ids = db.session.scalars(select(SurveyResponse.id)).all()
    texts = _everything_but(ANSWERS)
    assert not any(one in text for one in ids for text in texts)
    assert not any(token in text for token in before for text in _texts_of(ANSWERS))


def _everything_but(left: tuple[Any, ...]) -> list[str]:
    return _texts_of(tuple(one for one in Model.metadata.sorted_tables if one not in left))


def _texts_of(tables: tuple[Any, ...]) -> list[str]:
    return [repr(tuple(row)) for one in tables for row in db.session.execute(select(one))]


def test_rows_of_answers_lie_in_the_order_of_random_ids(surveys: Surveys) -> None:
    if db.engine.dialect.name == "sqlite":
        made = db.session.connection().exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name IN "
            "('survey_response', 'survey_answer', 'survey_invitation')"
        )
        assert all("WITHOUT ROWID" in sql for (sql,) in made)
    columns = {column["name"] for column in inspect(db.engine).get_columns("survey_response")}
    assert columns == {"id", "survey_id"}


def test_a_token_answers_once_and_only_its_own_survey(surveys: Surveys) -> None:
    survey, other = (surveys.opened(audience="units") for _one in range(2))
    token = surveys.tokens(survey)[0]
    first = survey.questions[0].id
    with pytest.raises(Refusal), in_work():
        answering.answer(other, {other.questions[0].id: "0"}, key="a" * 20, token=token)
    with in_work():
        answering.answer(survey, {first: "0"}, key="b" * 20, token=token)
    with pytest.raises(Refusal), in_work():
        answering.answer(survey, {first: "0"}, key="c" * 20, token=token)


def test_a_named_survey_keeps_who_answered(surveys: Surveys) -> None:
    survey = surveys.opened(audience="units", anonymous=False)
    owner = db.session.scalar(
        select(SurveyInvitation.person_id).where(
            SurveyInvitation.token == surveys.tokens(survey)[0]
        )
    )
    surveys.fill(survey, [4])
    assert db.session.scalars(select(SurveyName.person_id)).all() == [owner]
    assert db.session.get_one(Survey, survey.id).anonymous is False
