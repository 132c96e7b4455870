"""What programmes count of surveys."""

from __future__ import annotations

from datetime import date

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period
from tests.helpdesk.surveys.conftest import Surveys

KEYS = ("surveys", "survey_answers", "survey_reports")


def test_a_programme_counts_closed_surveys_and_answers_of_its_days(surveys: Surveys) -> None:
    closed = surveys.opened()
    for _one in range(3):
        surveys.fill(closed, [5, 4])
    surveys.close(closed)
    surveys.fill(surveys.opened(), [5])
    now = sources.counted(KEYS, Period(date(2026, 10, 1), date(2027, 9, 30)))
    before = sources.counted(KEYS, Period(date(2025, 10, 1), date(2026, 9, 30)))
    assert [now[key] for key in KEYS] == [1, 4, 0]
    assert [before[key] for key in KEYS] == [0, 0, 0]
