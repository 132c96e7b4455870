"""A survey to ask with, and forms that people fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from helpdesk.surveys.models import Survey, SurveyInvitation
from helpdesk.surveys.rules import answering, drafting, opening
from kernel.db import db
from kernel.forms import new_key
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import TESTER, in_work


class Surveys:
    """The cast, and what is done again and again in tests of surveys."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()

    def draft(self, template: str = "satisfaction", **fields: Any) -> Survey:
        """Return a draft."""
        units = fields.pop("units", ())
        with in_work():
            return drafting.make(fields, by=TESTER, template=template, units=units)

    def opened(self, template: str = "satisfaction", **fields: Any) -> Survey:
        """Return a survey that takes answers."""
        survey = self.draft(template, **fields)
        with in_work():
            opening.open_survey(survey, by=TESTER)
        return survey

    def fill(self, survey: Survey, levels: Sequence[int | None], choice: int = 0) -> None:
        """Answer the items of five levels one by one, and every choice with the same."""
        given: dict[int, Any] = {}
        left = list(levels)
        for question in survey.questions:
            if question.sort == "scale":
                given[question.id] = left.pop(0) if left else None
            elif question.sort == "choice":
                given[question.id] = choice
        with in_work():
            token = self.tokens(survey)[0] if survey.audience != "everyone" else ""
            answering.answer(survey, given, key=new_key(), token=token)

    def tokens(self, survey: Survey) -> list[str]:
        """Return the tokens of the open invitations."""
        rows = db.session.query(SurveyInvitation).filter_by(survey_id=survey.id)
        return [one.token for one in rows.order_by(SurveyInvitation.person_id)]

    def close(self, survey: Survey) -> None:
        """Close a survey."""
        with in_work():
            opening.close(survey, by=TESTER)


@pytest.fixture
def surveys(app: Flask, clock: Clock) -> Surveys:
    """The cast and a clock that stands in office hours."""
    return Surveys()
