"""What an item is worth in the books on a day: straight line by DOMAIN 4.1 and 6, and nothing else.

Pure arithmetic on plain values. The three conventions differ in the day on which the item begins
to age, in what counts as a part of a year, and in the amount that is spread:

========== ============================ ===================== ==========
convention begins                       part of a year        spread
========== ============================ ===================== ==========
A          month of the day, if it is   months that are over  cost
           the 15th or before; else the
           next month
B          that day                     days of 365           cost - 1
C          that day                     months that are over  cost
========== ============================ ===================== ==========

A month is over on its last day: a month that began on the 9th on the 8th of the next. All keep
1.00 baht at full age, which the last year's remainder sees to.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kernel.thai import BUDDHIST_OFFSET, fiscal_year

SATANG = Decimal("0.01")
NOTHING = Decimal("0.00")
KEPT = Decimal("1.00")
LAST_DAY_OF_HALF = 15
MONTHS = 12
SHORTEST_MONTH = 28
DAYS = 365
SCHEDULES_KEPT = 8192
ONE_DAY = timedelta(days=1)
# R-A1: the first day on which a threshold holds, newest first. Nothing is recorded before them.
THRESHOLDS = (
    (date(2019, 10, 1), Decimal("10000.00")),
    (date(2002, 10, 1), Decimal("5000.00")),
    (date(1996, 10, 1), Decimal("30000.00")),
)


class Convention(StrEnum):
    """How a part of a year is counted (R-DP5); the office's setting, A where nothing is said."""

    A = "A"
    B = "B"
    C = "C"


class Year(NamedTuple):
    """What one fiscal year (Buddhist era) took off an item."""

    fiscal_year: int
    amount: Decimal


@dataclass(frozen=True)
class BookValue:
    """What stands in the books at the end of a day, in baht, and by which convention (R-DP5).

    ``this_year`` is what the day's own fiscal year has taken off so far.
    """

    cost: Decimal
    accumulated: Decimal
    net: Decimal
    this_year: Decimal
    years: tuple[Year, ...]
    on: date
    convention: Convention


def threshold_for(acquired_on: date) -> Decimal | None:
    """Return the price of one unit or set, VAT included, from which an item ages (R-A1).

    None for what came before the fiscal year 2540: no threshold is on record for those years.
    """
    return next((price for first, price in THRESHOLDS if acquired_on >= first), None)


def is_below_threshold(acquired_on: date, price: Decimal) -> bool:
    """Tell whether one unit or set is too cheap to age, by the day it was acquired (R-A1)."""
    threshold = threshold_for(acquired_on)
    return threshold is not None and price < threshold


def book_value(
    cost: Decimal,
    acquired_on: date,
    life_years: int | None,
    on: date,
    convention: Convention = Convention.A,
    *,
    below_threshold: bool = False,
    land: bool = False,
    struck_off_on: date | None = None,
) -> BookValue:
    """Return the book value of one unit at the end of a day (R-DP1 to R-DP5).

    Args:
        cost: price in baht of one unit or set, VAT included, no finer than a satang.
        acquired_on: the day it was received.
        life_years: useful life in whole years; not asked for where nothing ages.
        on: the day.
        convention: how parts of a year are counted.
        below_threshold: it never ages (R-DP4).
        land: it never ages (R-DP4).
        struck_off_on: the day of its disposal; it does not age after it (R-DP4).

    Raises:
        ValueError: a negative cost, one finer than a satang, or no life where one is needed.
    """
    if cost < 0 or cost != cost.quantize(SATANG):
        raise ValueError(f"{cost}: a cost is not negative and has no part of a satang")
    years: tuple[Year, ...] = ()
    if not (below_threshold or land):
        if life_years is None or life_years < 1:
            raise ValueError(f"{life_years}: a useful life is at least one year")
        until = min(on, struck_off_on) if struck_off_on else on
        years = tuple(_years(cost, acquired_on, life_years, convention, until))
    accumulated = sum((year.amount for year in years), NOTHING)
    this = fiscal_year(on)
    return BookValue(
        cost=cost.quantize(SATANG),
        accumulated=accumulated,
        net=cost.quantize(SATANG) - accumulated,
        this_year=sum((year.amount for year in years if year.fiscal_year == this), NOTHING),
        years=years,
        on=on,
        convention=convention,
    )


class _Age:
    """When an item begins to age and when it has its full age, by a convention."""

    def __init__(self, begins: date, life_years: int, convention: Convention) -> None:
        self.convention = convention
        self.all_parts = life_years * (DAYS if convention == Convention.B else MONTHS)
        self.begins = begins
        self.last_day = _months_after(self.begins, MONTHS * life_years) - ONE_DAY

    def parts_of_years(self, until: date) -> Sequence[tuple[int, int | None]]:
        """Return the parts of each fiscal year until a day; None where the remainder is taken."""
        found: list[tuple[int, int | None]] = []
        for year in range(fiscal_year(self.begins), fiscal_year(min(until, self.last_day)) + 1):
            first = date(year - BUDDHIST_OFFSET - 1, 10, 1)
            last = min(date(year - BUDDHIST_OFFSET, 9, 30), until)
            if last >= self.begins:
                found.append((year, self._parts(first, last) if last < self.last_day else None))
        return found

    def _parts(self, first: date, last: date) -> int:
        """Return how many parts of a year's amount the days from first to last of one year take."""
        if self.convention == Convention.B:
            begun = max(first, self.begins)
            return min(max((last - begun).days + 1, 0), DAYS)
        return self._months_over(last) - self._months_over(first - ONE_DAY)

    def _months_over(self, day: date) -> int:
        """Return how many of its months are over at the end of a day."""
        next_day = day + ONE_DAY
        months = (next_day.year - self.begins.year) * MONTHS + next_day.month - self.begins.month
        if months > 0 and _months_after(self.begins, months) > next_day:
            months -= 1
        return max(months, 0)


def _begins(acquired_on: date, convention: Convention) -> date:
    """Return the day from which an item ages."""
    if convention != Convention.A:
        return acquired_on
    return _months_after(acquired_on.replace(day=1), int(acquired_on.day > LAST_DAY_OF_HALF))


@lru_cache(SCHEDULES_KEPT)
def _schedule(
    begins: date, life_years: int, convention: Convention, until: date
) -> tuple[int, Sequence[tuple[int, int | None]]]:
    """Return all parts of a life, and those of each year; the same few days come again."""
    age = _Age(begins, life_years, convention)
    return age.all_parts, age.parts_of_years(until)


def _years(
    cost: Decimal, acquired_on: date, life_years: int, convention: Convention, until: date
) -> Iterator[Year]:
    """Yield what each fiscal year takes off until a day; years close on 30 September (R-DP2)."""
    left = max(cost - KEPT, NOTHING)
    spread = max(cost - KEPT if convention == Convention.B else cost, NOTHING)
    begins = _begins(acquired_on, convention)
    all_parts, schedule = _schedule(begins, life_years, convention, until)
    for year, parts in schedule:
        amount = left
        if parts is not None:
            amount = min(left, _rounded(spread * parts / all_parts))
        yield Year(year, amount)
        left -= amount


def _rounded(amount: Decimal) -> Decimal:
    """Return an amount to the satang, half a satang upwards (R-DP3)."""
    return amount.quantize(SATANG, ROUND_HALF_UP)


def _months_after(day: date, months: int) -> date:
    """Return the same day some months on; the first of the next month where there is none."""
    number = day.year * MONTHS + day.month - 1 + months
    year, month = divmod(number, MONTHS)
    if day.day > SHORTEST_MONTH and day.day > calendar.monthrange(year, month + 1)[1]:
        return _months_after(day.replace(day=1), months + 1)
    return date(year, month + 1, day.day)
