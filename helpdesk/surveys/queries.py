"""Finding surveys, invitations and answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from helpdesk.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyQuestion,
    SurveyReport,
    SurveyResponse,
    SurveyService,
    SurveyUnit,
)
from helpdesk.surveys.states import Audience, Sort, State
from kernel import clock
from kernel.db import db
from office.places.models import Unit

PAGE = 50
MOST_WORDS = 500
MOST_MINE = 100
ORDER = {State.OPEN: 0, State.DRAFT: 1, State.CLOSED: 2}


def surveys(state: str, page: int) -> Sequence[Survey]:
    """Return up to a page and one of the surveys: open ones first, then the newest."""
    query = select(Survey)
    if state:
        query = query.where(Survey.state == state)
    standing = case({str(one): place for one, place in ORDER.items()}, value=Survey.state)
    query = query.order_by(standing, Survey.id.desc())
    return db.session.scalars(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()


def counts(survey_ids: Iterable[int]) -> dict[int, int]:
    """Return how many responses each survey has."""
    found = db.session.execute(
        select(SurveyResponse.survey_id, func.count())
        .where(SurveyResponse.survey_id.in_(list(survey_ids)))
        .group_by(SurveyResponse.survey_id)
    )
    return {survey_id: count for survey_id, count in found}  # noqa: C416 - rows are not tuples


def response_count(survey: Survey) -> int:
    """Return how many responses a survey has."""
    return counts([survey.id]).get(survey.id, 0)


def waiting_for(person_id: int | None) -> Sequence[SurveyInvitation]:
    """Return the open invitations of a person."""
    return db.session.scalars(
        select(SurveyInvitation)
        .join(Survey)
        .options(joinedload(SurveyInvitation.survey))
        .where(
            SurveyInvitation.person_id == person_id,
            Survey.state == State.OPEN,
            (Survey.closes_on.is_(None)) | (Survey.closes_on >= clock.today()),
        )
        .order_by(Survey.id)
        .limit(MOST_MINE)
    ).all()


def unit_ids(survey: Survey) -> list[int]:
    """Return the ids of the schools and groups whose people a survey asks."""
    query = select(SurveyUnit.unit_id).where(SurveyUnit.survey_id == survey.id)
    return list(db.session.scalars(query.order_by(SurveyUnit.unit_id)))


def answers_counted(survey: Survey) -> dict[int, Counter[int]]:
    """Return how often each figure was answered, by question."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    query = (
        select(SurveyAnswer.question_id, SurveyAnswer.figure, func.count())
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey.id, SurveyAnswer.figure.is_not(None))
        .group_by(SurveyAnswer.question_id, SurveyAnswer.figure)
    )
    for question_id, figure, count in db.session.execute(query):
        found[question_id][int(figure or 0)] = count
    return found


def answers_by_group(survey: Survey, question_id: int) -> dict[int, Counter[int]]:
    """Return the answers in five levels of each group that a question parts people into."""
    own = SurveyAnswer.__table__.alias("own")
    found: dict[int, Counter[int]] = defaultdict(Counter)
    query = (
        select(own.c.figure, SurveyAnswer.figure, func.count())
        .join(own, own.c.response_id == SurveyAnswer.response_id)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(
            own.c.question_id == question_id,
            SurveyQuestion.survey_id == survey.id,
            SurveyQuestion.sort == Sort.SCALE,
        )
        .group_by(own.c.figure, SurveyAnswer.figure)
    )
    for group, figure, count in db.session.execute(query):
        found[int(group)][int(figure)] = count
    return found


def words_of(survey: Survey) -> dict[int, list[str]]:
    """Return the open answers by question, in the order of their letters: no order tells who."""
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(SurveyAnswer.question_id, SurveyAnswer.words)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey.id, SurveyAnswer.words != "")
        .order_by(SurveyAnswer.words)
        .limit(MOST_WORDS)
    )
    for question_id, words in db.session.execute(query):
        found[question_id].append(words)
    return found


def unit_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of units in the language spoken now."""
    found = db.session.scalars(select(Unit).where(Unit.id.in_(list(ids))))
    return {one.id: one.name for one in found}


def raw_answers(survey: Survey) -> dict[str, dict[int, Any]]:
    """Return every response by its random id: what was answered by question."""
    found: dict[str, dict[int, Any]] = defaultdict(dict)
    query = (
        select(SurveyAnswer)
        .join(SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id)
        .where(SurveyResponse.survey_id == survey.id)
        .order_by(SurveyAnswer.response_id)
    )
    for one in db.session.scalars(query):
        found[one.response_id][one.question_id] = one.words if one.figure is None else one.figure
    return found


def report_of(survey: Survey) -> SurveyReport | None:
    """Return the report of a survey, None where nobody has begun it."""
    return db.session.scalar(select(SurveyReport).where(SurveyReport.survey_id == survey.id))


def asked_about(kind: str, subject_id: int) -> Sequence[Survey]:
    """Return the surveys that asked about one service: a ticket or a training."""
    return db.session.scalars(
        select(Survey)
        .join(SurveyService, SurveyService.survey_id == Survey.id)
        .where(SurveyService.kind == kind, SurveyService.subject_id == subject_id)
        .order_by(Survey.id)
    ).all()


def running_after(audience: Audience) -> Sequence[Survey]:
    """Return the open surveys that follow a service."""
    return db.session.scalars(
        select(Survey)
        .where(Survey.state == State.OPEN, Survey.audience == audience)
        .order_by(Survey.id)
    ).all()
