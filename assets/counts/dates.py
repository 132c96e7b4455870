"""The days that the regulation sets for a round (R-I1, R-I3, R-I4), worked out by the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.thai import BUDDHIST_OFFSET
from office.calendar import queries as calendar

WORKING_DAYS = 30
SEPTEMBER = 9
SOON = 7


@dataclass(frozen=True)
class Days:
    """The first day of the counting and the last day for the report."""

    starts_on: date
    due_on: date


def days_of(fiscal_year: int, unit_id: int | None, *, first_day_counts: bool = True) -> Days:
    """Return the days of the round that checks a fiscal year.

    Args:
        fiscal_year: the Buddhist year that is checked; it ends on 30 September.
        unit_id: the agency, whose own closed days count too.
        first_day_counts: the first day is day 1 of the 30 (the stricter way, R-I4).
    """
    october = date(fiscal_year - BUDDHIST_OFFSET, 10, 1)
    open_days = calendar.calendar_for(unit_id, october)
    starts_on = day = open_days.next_open_day(october)
    for _number in range(WORKING_DAYS - 1 if first_day_counts else WORKING_DAYS):
        day = open_days.next_open_day(day + timedelta(days=1))
    return Days(starts_on, day)


def is_appointed_in_time(ordered_on: date, fiscal_year: int) -> bool:
    """Tell whether the order was given in the last month of the fiscal year (R-I1)."""
    last = (fiscal_year - BUDDHIST_OFFSET, SEPTEMBER)
    return (ordered_on.year, ordered_on.month) == last


def urgency(due_on: date, today: date) -> str:
    """Return ``late``, ``soon`` (a week or less is left) or ``""``."""
    if today > due_on:
        return "late"
    return "soon" if (due_on - today).days <= SOON else ""
