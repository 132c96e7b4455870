"""The verb of those who are asked: answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import delete, select

from helpdesk.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyName,
    SurveyQuestion,
    SurveyResponse,
)
from helpdesk.surveys.states import LEVELS, Audience, Sort, State
from kernel import clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.places.models import Unit

MOST_LETTERS = 2000
MOST_NUMBER = 10**9
Given = Mapping[int, str | int | None]


def takes_answers(survey: Survey) -> bool:
    """Tell whether a survey is open today; its last day counts."""
    if survey.state != State.OPEN:
        return False
    return survey.closes_on is None or survey.closes_on >= clock.today()


def answer(survey: Survey, given: Given, *, key: str, token: str = "") -> bool:
    """Keep what somebody answered; a form that is sent twice is kept once.

    Nothing here is written into the trail or with a moment: see the record of decision 0010.

    Args:
        survey: that is asked.
        given: what was answered by the id of the question; blank ones are left out (R-E2).
        key: the key of the form, drawn when the page was made; never kept as it is.
        token: of the invitation, for a survey that invites people.

    Returns:
        whether it was kept; False where this form was kept before.

    Refuses a survey that is closed, a token that was spent, a needed answer that is missing, an
    answer that the question does not offer, and a form in which nothing was answered.
    """
    if not takes_answers(survey):
        raise Refusal(_("This survey is closed. Thank you for wanting to answer."))
    response_id = hashlib.sha256(f"{survey.code}:{key}".encode()).hexdigest()[:32]
    if db.session.get(SurveyResponse, response_id) is not None:
        return False
    rows = _answers(survey, given, response_id)
    person_id = _spend(survey, token) if survey.audience != Audience.EVERYONE else None
    db.session.add(SurveyResponse(id=response_id, survey_id=survey.id))
    db.session.flush()  # the answers name the response
    db.session.add_all(rows)
    if not survey.anonymous and person_id is not None:
        named = SurveyName(response_id=response_id, survey_id=survey.id, person_id=person_id)
        db.session.add(named)
    return True


def _spend(survey: Survey, token: str) -> int:
    """Delete the invitation and return whose it was; of two who spend it at once one is refused."""
    mine = (SurveyInvitation.token == token, SurveyInvitation.survey_id == survey.id)
    person_id = db.session.scalar(select(SurveyInvitation.person_id).where(*mine))
    spent = db.session.execute(delete(SurveyInvitation).where(*mine))
    if person_id is None or spent.rowcount != 1:  # type: ignore[attr-defined]  # of a DELETE
        raise Refusal(_("This invitation was answered already, or it belongs to another survey."))
    return person_id


def _answers(survey: Survey, given: Given, response_id: str) -> list[SurveyAnswer]:
    rows = []
    for question in survey.questions:
        value = given.get(question.id)
        if value in (None, ""):
            if question.required:
                raise Refusal(_("Please answer this question."), field=f"q{question.id}")
            continue
        figure, words = _checked(question, value)
        rows.append(
            SurveyAnswer(
                response_id=response_id, question_id=question.id, figure=figure, words=words
            )
        )
    if not rows:
        raise Refusal(_("Nothing is answered yet. Please answer one question at least."))
    return rows


def _checked(question: SurveyQuestion, value: str | int | None) -> tuple[int | None, str]:
    if question.sort == Sort.TEXT:
        return None, str(value)[:MOST_LETTERS]
    text = str(value)
    figure = int(text) if text.isdecimal() and len(text) <= len(str(MOST_NUMBER)) else -1
    fits = {
        Sort.SCALE: figure in LEVELS,
        Sort.CHOICE: 0 <= figure < len(question.choices),
        Sort.NUMBER: 0 <= figure <= MOST_NUMBER,
        Sort.UNIT: question.sort == Sort.UNIT and db.session.get(Unit, figure) is not None,
    }[Sort(question.sort)]
    if not fits:
        raise Refusal(_("This is not one of the answers."), field=f"q{question.id}")
    return figure, ""
