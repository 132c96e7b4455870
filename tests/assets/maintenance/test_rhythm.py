"""The arithmetic of due dates, beside a slow one that walks every day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.maintenance.rhythm import Rhythm, between, expected_day, following, next_due, passed
from assets.maintenance.states import Basis, Every

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def is_due(rhythm: Rhythm, day: date) -> bool:
    """Say the slow way whether a day is one of the fixed dates."""
    begins = rhythm.starts_on
    if day < begins:
        return False
    if rhythm.counts is Every.DAYS:
        return (day - begins).days % rhythm.every == 0
    if rhythm.counts is Every.WEEKS:
        return (day - begins).days % (7 * rhythm.every) == 0
    last = calendar.monthrange(day.year, day.month)[1]
    right_day = day.day == min(begins.day, last)
    months = (day.year - begins.year) * 12 + day.month - begins.month
    if rhythm.counts is Every.MONTHS:
        return right_day and months % rhythm.every == 0
    return right_day and day.month in rhythm.months


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    counts = draw(st.sampled_from([Every.DAYS, Every.WEEKS, Every.MONTHS, Every.CALENDAR]))
    months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
    return Rhythm(counts, draw(st.integers(1, 40)), tuple(months), draw(DAYS))


@given(rhythm=rhythms(), first=DAYS, length=st.integers(0, 800))
def test_the_dates_are_those_that_walking_every_day_finds(
    rhythm: Rhythm, first: date, length: int
) -> None:
    walked = [day for step in range(length) if is_due(rhythm, day := first + timedelta(days=step))]
    assert between(rhythm, first, first + timedelta(days=length - 1)) == walked


@given(rhythm=rhythms(), day=DAYS)
def test_the_date_after_one_is_always_later(rhythm: Rhythm, day: date) -> None:
    found = following(rhythm, day)
    assert found is not None
    assert found > day
    assert passed(rhythm, day, found) == [found]


def monthly(day: int) -> Rhythm:
    return Rhythm(Every.MONTHS, 1, (), date(2027, 1, day))


def test_the_thirty_first_does_not_drift() -> None:
    assert between(monthly(31), date(2027, 1, 1), date(2027, 5, 31)) == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
        date(2027, 5, 31),
    ]


@pytest.mark.parametrize(
    ("basis", "expected"),
    [(Basis.FIXED, date(2027, 3, 10)), (Basis.COMPLETION, date(2027, 3, 25))],
)
def test_done_late_goes_on_from_the_date_or_from_the_day_it_was_done(
    basis: Basis, expected: date
) -> None:
    due, done = date(2027, 2, 10), date(2027, 2, 25)
    assert next_due(monthly(10), basis, due_on=due, done_on=done) == expected


def test_done_early_does_not_make_it_due_a_second_time() -> None:
    due, done = date(2027, 2, 10), date(2027, 2, 1)
    assert next_due(monthly(10), Basis.FIXED, due_on=due, done_on=done) == date(2027, 3, 10)


READ = [(date(2026, 10, 1), 1000), (date(2026, 10, 31), 4000)]


@pytest.mark.parametrize(
    ("readings", "target", "expected"),
    [
        (READ, 5000, date(2026, 11, 10)),
        (READ, 4001, date(2026, 11, 1)),
        (READ, 4000, date(2026, 10, 31)),
        (READ[:1], 5000, None),
        ([], 5000, None),
        ([(date(2026, 10, 1), 1000), (date(2026, 10, 8), 1100)], 5000, None),
        ([(date(2026, 10, 1), 1000), (date(2026, 10, 31), 1000)], 5000, None),
    ],
)
def test_a_meter_tells_its_day_by_how_fast_it_ran(
    readings: list[tuple[date, int]], target: int, expected: date | None
) -> None:
    assert expected_day(readings, target) == expected
