"""When maintenance is due: pure arithmetic over days, and over what meters showed.

Fixed dates are counted from the first one, so that the 31st does not drift: a month that has no
such day takes its last one, and the month after it has the 31st again.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from assets.maintenance.states import Basis, Every

MONTHS_OF_A_YEAR = 12
SHORTEST_SPAN = 14


@dataclass(frozen=True)
class Rhythm:
    """How often something is due.

    ``every`` counts days, weeks or months; with ``CALENDAR`` it is due once in each of ``months``
    (1 to 12), on the day of the month of ``starts_on``; with ``METER`` no day can be told.
    """

    counts: Every
    every: int
    months: tuple[int, ...]
    starts_on: date


def following(rhythm: Rhythm, day: date) -> date | None:
    """Return the first fixed date later than a day, None for a meter."""
    if rhythm.counts is Every.METER:
        return None
    return next(due for due in _dates(rhythm, day) if due > day)


def next_due(rhythm: Rhythm, basis: Basis, *, due_on: date, done_on: date) -> date | None:
    """Return when an item is due after it was done.

    Args:
        rhythm: of the plan.
        basis: fixed dates go on as if nothing had happened; else it is counted from ``done_on``.
        due_on: the date that was due.
        done_on: when it was done, or skipped.
    """
    if basis == Basis.FIXED or rhythm.counts is Every.CALENDAR:
        return following(rhythm, max(due_on, done_on))
    if rhythm.counts is Every.METER:
        return None
    return _stepped(rhythm, done_on, 1)


def passed(rhythm: Rhythm, first: date, last: date) -> list[date]:
    """Return the fixed dates after ``first`` up to and with ``last``."""
    found = []
    due = following(rhythm, first)
    while due is not None and due <= last:
        found.append(due)
        due = following(rhythm, due)
    return found


def between(rhythm: Rhythm, first: date, last: date) -> list[date]:
    """Return the fixed dates from ``first`` to ``last``, both included."""
    return passed(rhythm, first - timedelta(days=1), last)


def expected_day(readings: Sequence[tuple[date, int]], target: int) -> date | None:
    """Return the day on which a meter will show a number, by how fast it ran so far.

    Args:
        readings: days and what was shown, the oldest first.
        target: the number that makes it due.

    Returns:
        the day of the last reading where it is reached already; None where nothing can be told:
        fewer than two readings, a span of less than two weeks, or a meter that stands still.
    """
    if not readings:
        return None
    last_day, last = readings[-1]
    if last >= target:
        return last_day
    first_day, first = readings[0]
    days, ran = (last_day - first_day).days, last - first
    if days < SHORTEST_SPAN or ran <= 0:
        return None
    return last_day + timedelta(days=-(-(target - last) * days // ran))


def _dates(rhythm: Rhythm, day: date) -> Iterator[date]:
    """Give the fixed dates in their order, beginning not much before a day."""
    if rhythm.counts is Every.CALENDAR:
        yield from _calendar_dates(rhythm, day)
        return
    for number in count(_steps_before(rhythm, day)):
        yield _stepped(rhythm, rhythm.starts_on, number)


def _calendar_dates(rhythm: Rhythm, day: date) -> Iterator[date]:
    year = max(day.year, rhythm.starts_on.year)
    for one in count(year):
        for month in sorted(rhythm.months):
            due = _clamped(one, month, rhythm.starts_on.day)
            if due >= rhythm.starts_on:
                yield due


def _steps_before(rhythm: Rhythm, day: date) -> int:
    """Return a number of steps that leads to no later date than the day."""
    days = (day - rhythm.starts_on).days
    if days <= 0:
        return 0
    if rhythm.counts is Every.MONTHS:
        months = (day.year - rhythm.starts_on.year) * MONTHS_OF_A_YEAR
        months += day.month - rhythm.starts_on.month
        return max(months // rhythm.every - 1, 0)
    length = rhythm.every * (7 if rhythm.counts is Every.WEEKS else 1)
    return days // length


def _stepped(rhythm: Rhythm, begins: date, number: int) -> date:
    """Return the date so many steps after a day."""
    if rhythm.counts is Every.MONTHS:
        months = begins.month - 1 + number * rhythm.every
        year, month = begins.year + months // MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR + 1
        return _clamped(year, month, begins.day)
    length = rhythm.every * (7 if rhythm.counts is Every.WEEKS else 1)
    return begins + timedelta(days=number * length)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
