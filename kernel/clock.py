"""The one clock: what time it is, and what day it is in Thailand.

Times are kept in UTC and shown in Asia/Bangkok. Tests and the simulated year put another time
in place with ``frozen`` and ``going_from``; nothing else in the code base asks the machine for the
time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

_fixed: list[datetime] = []
_ahead: list[timedelta] = []


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    if _fixed:
        return _fixed[-1]
    return datetime.now(UTC) + _ahead[-1] if _ahead else datetime.now(UTC)


def today() -> date:
    """Return the present day in Bangkok."""
    return now().astimezone(BANGKOK).date()


def local(moment: datetime) -> datetime:
    """Return an aware moment as the wall clock in Bangkok shows it."""
    return moment.astimezone(BANGKOK)


def at(day: date, wall_clock: time) -> datetime:
    """Return the moment, in UTC, at which Bangkok's clock shows this day and time."""
    return datetime.combine(day, wall_clock, BANGKOK).astimezone(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Make ``moment`` (aware) the present, in every thread, until the block ends."""
    _check_zone(moment)
    _fixed.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.pop()


@contextmanager
def going_from(moment: datetime) -> Iterator[None]:
    """Make ``moment`` (aware) the present, in every thread, and let the clock go on from there."""
    _check_zone(moment)
    _ahead.append(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _ahead.pop()


def _check_zone(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a moment put in place needs a time zone")
