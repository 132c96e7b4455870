"""Reading the calendar."""

from __future__ import annotations

from datetime import date, time
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, event, or_, select
from sqlalchemy.orm import Session, aliased

from kernel import clock, kept
from kernel.db import db
from office.calendar.models import ClosedDay, OpeningHours
from office.calendar.working_time import Calendar
from office.places.models import Unit

YEARS_AROUND = 2
OFFICE_DAY = (time(8, 30), time(16, 30))
DEFAULT_HOURS = dict.fromkeys(range(5), OFFICE_DAY)
CACHE, CHANGED = "calendars", "calendar changed"


def calendar_for(unit_id: int | None = None, around: date | None = None) -> Calendar:
    """Return the calendar of the office, or of one unit.

    It is read once for each unit in a transaction: one query for the hours, one for the days.
    Requests keep it in their process for up to a minute: a report that meets the old
    calendar of another process is as one that came a minute earlier, and open tickets are reckoned
    anew by the timetable within minutes. Jobs and commands always read.

    Args:
        unit_id: the unit whose own closed days count too, with those of the units above it.
        around: the day that matters; closed days of two years before and after it are known.
            Today when left out.
    """
    key = (unit_id, (around or clock.today()).year)
    info = db.session().info
    if not kept.in_request() or CHANGED in info:
        cache: dict[Any, Any] = info.setdefault(CACHE, {})
        if key not in cache:
            cache[key] = Calendar(hours(), _closed_around(*key))
        found: Calendar = cache[key]
        return found
    week = kept.kept(CACHE, "hours", hours)
    return kept.kept(CACHE, key, lambda: Calendar(week, _closed_around(*key)))


def _closed_around(unit_id: int | None, year: int) -> frozenset[date]:
    first, last = date(year - YEARS_AROUND, 1, 1), date(year + YEARS_AROUND, 12, 31)
    return closed_between(first, last, unit_id)


def is_open_day(day: date, unit_id: int | None = None) -> bool:
    """Tell whether the office (or the unit) works on this day."""
    return calendar_for(unit_id, day).is_open(day)


def next_open_day(day: date, unit_id: int | None = None) -> date:
    """Return the day itself where it is open, else the first open day after it."""
    return calendar_for(unit_id, day).next_open_day(day)


def hours() -> dict[int, tuple[time, time]]:
    """Return the opening hours by weekday; Monday to Friday where the office has set none."""
    rows = db.session.execute(
        select(OpeningHours.weekday, OpeningHours.opens, OpeningHours.closes)
    ).all()
    return {weekday: (opens, closes) for weekday, opens, closes in rows} or dict(DEFAULT_HOURS)


def closed_between(first: date, last: date, unit_id: int | None = None) -> frozenset[date]:
    """Return the days that are closed, both ends counted; a unit's row beats the office's."""
    asked = {"first": first, "last": last, "unit_id": unit_id}
    rows = db.session.execute(_closed(of_unit=unit_id is not None), asked)
    nearest = {row.day: row.removed for row in rows}
    return frozenset(day for day, removed in nearest.items() if not removed)


@cache
def _closed(*, of_unit: bool) -> Select[*tuple[Any, ...]]:
    """Return the query of closed days, built once, as that costs more than asking."""
    rows = select(ClosedDay.day, ClosedDay.removed).where(
        ClosedDay.day.between(bindparam("first"), bindparam("last"))
    )
    if not of_unit:
        return rows.where(ClosedDay.unit_id.is_(None))
    above, here = aliased(Unit), aliased(Unit)
    return (
        rows.outerjoin(above, above.id == ClosedDay.unit_id)
        .join(here, here.id == bindparam("unit_id"))
        .where(or_(above.id.is_(None), here.path.startswith(above.path)))
        .order_by(above.path.is_not(None), above.path)
    )


def days_of_year(year: int) -> list[tuple[ClosedDay, Unit | None]]:
    """Return the closed days of a year (Common Era) with their unit, removed ones too."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = (
        select(ClosedDay, Unit)
        .outerjoin(Unit, Unit.id == ClosedDay.unit_id)
        .where(ClosedDay.day.between(first, last))
        .order_by(ClosedDay.day, ClosedDay.unit_id)
    )
    return [(row.ClosedDay, row.Unit) for row in db.session.execute(query)]


def forget() -> None:
    """Read the calendar anew from here on; rules that change it call this."""
    info = db.session().info
    info.pop(CACHE, None)
    info[CHANGED] = True


@event.listens_for(Session, "after_commit")
def _tell_process(session: Session) -> None:
    session.info.pop(CACHE, None)
    if session.info.pop(CHANGED, False):
        kept.forget(CACHE)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(CACHE, None)
    session.info.pop(CHANGED, None)
