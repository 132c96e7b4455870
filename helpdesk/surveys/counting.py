"""The figures of surveys that programmes count; surveys belong to the whole office."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period, Source
from helpdesk.surveys.models import Survey, SurveyReport, SurveyResponse
from helpdesk.surveys.states import ReportState
from kernel.i18n import lazy_gettext as _l

EVALUATION = frozenset({7})


def register() -> None:
    """Make the figures of surveys known."""
    for key, label, query in (
        ("surveys", _l("Surveys closed"), _closed),
        ("survey_answers", _l("Answers to surveys opened in the period"), _answers),
        ("survey_reports", _l("Reports of surveys signed"), _reports),
    ):
        sources.register(Source(key, label, query, EVALUATION))


def _closed(period: Period) -> Select[int]:
    return select(func.count(Survey.id)).where(Survey.closed_on.between(period.first, period.last))


def _answers(period: Period) -> Select[int]:
    # A response has no moment, so that nobody is found by it; its survey tells the period.
    return (
        select(func.count(SurveyResponse.id))
        .join(Survey, Survey.id == SurveyResponse.survey_id)
        .where(Survey.opened_on.between(period.first, period.last))
    )


def _reports(period: Period) -> Select[int]:
    return (
        select(func.count(SurveyReport.id))
        .join(Survey, Survey.id == SurveyReport.survey_id)
        .where(
            SurveyReport.state == ReportState.SIGNED,
            Survey.closed_on.between(period.first, period.last),
        )
    )
