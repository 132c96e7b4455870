"""When a job is due."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from helpdesk.timetable import table
from helpdesk.timetable.rhythm import Daily, Every
from kernel.i18n import speaking

# 06:30 in Bangkok is 23:30 UTC of the day before.
MORNING = Daily(time(6, 30))


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), datetime(2026, 11, 22, 23, 30, tzinfo=UTC)),
        (
            datetime(2026, 11, 22, 23, 29, 59, tzinfo=UTC),
            datetime(2026, 11, 21, 23, 30, tzinfo=UTC),
        ),
        (datetime(2026, 11, 23, 16, 59, tzinfo=UTC), datetime(2026, 11, 22, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_daily_slot_stands_on_the_day_in_bangkok(now: datetime, slot: datetime) -> None:
    assert MORNING.last(now) == slot


def test_the_slot_that_follows_is_a_day_later() -> None:
    now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert MORNING.following(now) == now + timedelta(days=1)


def test_a_slot_of_minutes_is_the_same_for_everybody_who_looks_within_it() -> None:
    rhythm = Every(300)
    first = datetime(2026, 11, 23, 3, 5, 0, tzinfo=UTC)
    assert {rhythm.last(first + timedelta(seconds=s)) for s in (0, 1, 299)} == {first}


def test_the_next_slot_of_minutes_begins_when_the_last_one_ends() -> None:
    now = datetime(2026, 11, 23, 3, 7, 30, tzinfo=UTC)
    assert Every(300).following(now) == datetime(2026, 11, 23, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "thai", "english"),
    [
        (MORNING, "ทุกวัน เวลา 06.30 น.", "Every day at 06:30"),
        (Every(60), "ทุก 1 นาที", "Every minute"),
        (Every(300), "ทุก 5 นาที", "Every 5 minutes"),
        (Every(2), "ทุก 2 วินาที", "Every 2 seconds"),
    ],
)
def test_a_rhythm_is_said_in_both_languages(rhythm: Daily | Every, thai: str, english: str) -> None:
    with speaking("th"):
        assert rhythm.words == thai
    with speaking("en"):
        assert rhythm.words == english


def test_names_of_jobs_are_unique() -> None:
    names = [job.name for job in table.JOBS]
    assert len(set(names)) == len(names)
