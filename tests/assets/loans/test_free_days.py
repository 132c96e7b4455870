"""How many are free: the step function against one that looks at every day."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.loans import free_days
from assets.loans.free_days import Block

MONDAY = date(2026, 11, 23)
SPAN = 60


class Weekdays:
    """Open from Monday to Friday, but for some days."""

    def __init__(self, closed: frozenset[date] = frozenset()) -> None:
        self.closed = closed

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.closed


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def slowly(total: int, blocks: list[Block], turnaround: int, calendar: Weekdays, on: date) -> int:
    """Ask of each single thing whether it is away, or has not rested enough, on this day."""
    free = total
    for block in blocks:
        if on < block.first:
            continue
        if block.end is None or on < block.end:
            free -= block.count
        elif block.rests:
            rested, looked = 0, block.end
            while looked < on:
                rested += calendar.is_open(looked)
                looked += timedelta(days=1)
            free -= block.count if rested < turnaround else 0
    return free


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    first = draw(st.integers(-10, SPAN))
    length = draw(st.one_of(st.none(), st.integers(1, 20)))
    return Block(
        day(first),
        None if length is None else day(first + length),
        draw(st.integers(1, 3)),
        draw(st.booleans()),
    )


@given(
    total=st.integers(0, 8),
    taken=st.lists(blocks(), max_size=12),
    turnaround=st.integers(0, 6),
    closed=st.frozensets(st.integers(0, SPAN).map(day), max_size=8),
)
def test_the_steps_say_of_every_day_what_looking_at_each_thing_says(
    total: int, taken: list[Block], turnaround: int, closed: frozenset[date]
) -> None:
    calendar = Weekdays(closed)
    found = free_days.steps(total, taken, turnaround, calendar, since=MONDAY)
    by_day = [slowly(total, taken, turnaround, calendar, day(n)) for n in range(SPAN)]
    assert [free_days.on(found, day(n)) for n in range(SPAN)] == by_day
    assert found[0][0] == MONDAY
    assert all(one[0] < other[0] for one, other in itertools.pairwise(found))
    assert all(one[1] != other[1] for one, other in itertools.pairwise(found))


@given(
    taken=st.lists(blocks(), max_size=12),
    first=st.integers(0, SPAN - 2),
    length=st.integers(1, 15),
)
def test_the_least_of_some_days_is_the_smallest_of_each(
    taken: list[Block], first: int, length: int
) -> None:
    found = free_days.steps(20, taken, 1, Weekdays(), since=MONDAY)
    each = [free_days.on(found, day(n)) for n in range(first, first + length)]
    assert free_days.least(found, day(first), day(first + length)) == min(each)


def test_days_are_half_open() -> None:
    found = free_days.steps(1, [Block(day(1), day(3))], 0, Weekdays(), since=MONDAY)
    assert found == [(day(0), 1), (day(1), 0), (day(3), 1)]


def test_the_next_one_may_fetch_on_the_day_the_thing_comes_back() -> None:
    both = [Block(day(0), day(2)), Block(day(2), day(4))]
    assert free_days.steps(1, both, 0, Weekdays(), since=MONDAY) == [(day(0), 0), (day(4), 1)]


def test_what_is_late_is_away_until_further_notice() -> None:
    found = free_days.steps(2, [Block(day(0), None)], 0, Weekdays(), since=MONDAY)
    assert found == [(day(0), 1)]


@pytest.mark.parametrize(
    ("end", "turnaround", "free_on"),
    [(2, 0, 2), (2, 1, 3), (2, 2, 4), (4, 1, 5), (4, 2, 8), (5, 1, 8)],
    ids=["none", "one", "two", "friday", "over the week-end", "back on a saturday"],
)
def test_turnaround_days_are_open_days(end: int, turnaround: int, free_on: int) -> None:
    assert free_days.rest_end(day(end), turnaround, Weekdays()) == day(free_on)


def test_a_repair_is_not_followed_by_turnaround_days() -> None:
    repair = Block(day(0), day(1), rests=False)
    assert free_days.steps(1, [repair], 3, Weekdays(), since=MONDAY)[1] == (day(1), 1)


def test_more_promised_than_there_is_shows_below_none() -> None:
    found = free_days.steps(1, [Block(day(0), day(2), count=3)], 0, Weekdays(), since=MONDAY)
    assert found[0] == (day(0), -2)
