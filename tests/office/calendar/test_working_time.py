"""The pure calendar against the rules of the domain and against a slow, obvious count."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kernel.clock import BANGKOK
from office.calendar.queries import DEFAULT_HOURS
from office.calendar.working_time import Calendar, NeverOpen

HOUR = 3600
PLAIN = Calendar(DEFAULT_HOURS, frozenset())
SONGKRAN = Calendar(DEFAULT_HOURS, {date(2026, 4, day) for day in (13, 14, 15)})


def bangkok(*parts: Any) -> Any:
    return datetime(*parts, tzinfo=BANGKOK)


def test_r_w1_two_hours_from_friday_afternoon_are_due_on_monday_morning() -> None:
    due = PLAIN.add(bangkok(2026, 11, 20, 16, 0), 2 * HOUR)

    assert due == bangkok(2026, 11, 23, 10, 0)


def test_r_w2_the_clock_starts_after_songkran_for_what_came_at_closing_time() -> None:
    assert SONGKRAN.opening(bangkok(2026, 4, 10, 16, 30)) == bangkok(2026, 4, 16, 8, 30)


def test_r_w3_october_2026_has_twenty_working_days() -> None:
    october = Calendar(DEFAULT_HOURS, {date(2026, 10, 13), date(2026, 10, 23)})

    assert october.open_days(date(2026, 10, 1), date(2026, 10, 31)) == 20


def test_time_that_ends_exactly_at_closing_is_due_at_closing() -> None:
    assert PLAIN.add(bangkok(2026, 11, 20, 14, 30), 2 * HOUR) == bangkok(2026, 11, 20, 16, 30)


def test_no_time_at_all_is_due_when_the_office_opens() -> None:
    assert PLAIN.add(bangkok(2026, 11, 21, 12, 0), 0) == bangkok(2026, 11, 23, 8, 30)


def test_moments_come_back_in_utc() -> None:
    assert PLAIN.add(bangkok(2026, 11, 20, 9, 0), 60).tzinfo is UTC


def test_the_same_moment_in_another_zone_gives_the_same_answer() -> None:
    start = bangkok(2026, 11, 20, 16, 0)

    assert PLAIN.add(start.astimezone(UTC), 2 * HOUR) == PLAIN.add(start, 2 * HOUR)


def test_counting_backwards_is_negative() -> None:
    first, second = bangkok(2026, 11, 20, 16, 0), bangkok(2026, 11, 23, 9, 0)

    assert PLAIN.seconds_between(second, first) == -HOUR


def test_an_open_day_is_moved_nowhere_and_a_closed_one_to_the_next_open_one() -> None:
    assert SONGKRAN.next_open_day(date(2026, 4, 10)) == date(2026, 4, 10)
    assert SONGKRAN.next_open_day(date(2026, 4, 11)) == date(2026, 4, 16)


@pytest.mark.parametrize("ask", ["add", "opening", "next_open_day"])
def test_a_calendar_that_is_never_open_says_so(ask: Any) -> None:
    never = Calendar({}, frozenset())
    moment = bangkok(2026, 11, 20, 9, 0)
    asked = {
        "add": lambda: never.add(moment, HOUR),
        "opening": lambda: never.opening(moment),
        "next_open_day": lambda: never.next_open_day(moment.date()),
    }

    with pytest.raises(NeverOpen):
        asked[ask]()


def test_a_never_open_calendar_counts_nothing() -> None:
    never = Calendar({}, frozenset())

    assert never.seconds_between(bangkok(2026, 1, 1, 0, 0), bangkok(2026, 12, 31, 0, 0)) == 0


STEP = timedelta(minutes=30)
START = bangkok(2026, 4, 6, 0, 0)
half_hours = some.integers(min_value=0, max_value=48 * 14)
clocks = some.integers(min_value=0, max_value=46)


@some.composite
def calendars(draw: Any) -> Any:
    hours = {}
    for weekday in draw(some.sets(some.integers(0, 6), min_size=1)):
        opens = draw(clocks)
        closes = draw(some.integers(opens + 1, 47))
        hours[weekday] = tuple(time(slot // 2, slot % 2 * 30) for slot in (opens, closes))
    closed = draw(some.sets(some.integers(0, 20), max_size=6))
    return Calendar(hours, {START.date() + timedelta(days=number) for number in closed})


def is_open_slot(calendar: Any, moment: Any) -> Any:
    """Tell, as a person with a wall calendar would, whether the half hour is worked."""
    span = calendar.hours.get(moment.weekday())
    return (
        moment.date() not in calendar.closed
        and span is not None
        and span[0] <= moment.time() < span[1]
    )


def slow_seconds(calendar: Any, first: Any, last: Any) -> Any:
    slots = range(int((last - first) / STEP))
    return sum(1800 for slot in slots if is_open_slot(calendar, first + slot * STEP))


@settings(max_examples=150)
@given(calendars(), half_hours, half_hours)
def test_counted_seconds_equal_the_slow_count(calendar: Any, one: Any, other: Any) -> None:
    first, last = START + min(one, other) * STEP, START + max(one, other) * STEP

    assert calendar.seconds_between(first, last) == slow_seconds(calendar, first, last)


@settings(max_examples=150)
@given(calendars(), half_hours, some.integers(min_value=1, max_value=60))
def test_the_due_moment_is_the_first_one_with_enough_worked_time(
    calendar: Any, start: Any, wanted: Any
) -> None:
    begin = START + start * STEP
    due = begin
    worked = 0
    while worked < wanted:
        worked += is_open_slot(calendar, due)
        due += STEP

    assert calendar.add(begin, wanted * 1800) == due


@settings(max_examples=150)
@given(calendars(), half_hours, some.integers(min_value=0, max_value=400_000))
def test_due_and_elapsed_agree_to_the_second(calendar: Any, start: Any, seconds: Any) -> None:
    begin = START + start * STEP

    assert calendar.seconds_between(begin, calendar.add(begin, seconds)) == seconds
