"""Periods that figures are asked for: a fiscal year from 1 October, or one month of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kernel import clock
from kernel.i18n import language
from kernel.thai import fiscal_year, format_date

ERA = 543
FIRST_MONTH = 10
EARLIEST, LATEST = 2500, 2700


@dataclass(frozen=True)
class Period:
    """A fiscal year of the Buddhist era, and a month (1 to 12) where it is only that."""

    year: int
    month: int = 0

    @property
    def months(self) -> list[int]:
        """Its months in their order, ``202610``."""
        if self.month:
            return [self._number(self.month)]
        return [self._number((FIRST_MONTH - 1 + at) % 12 + 1) for at in range(12)]

    def _number(self, month: int) -> int:
        year = self.year - ERA - (1 if month >= FIRST_MONTH else 0)
        return year * 100 + month

    @property
    def first(self) -> int:
        """Its first month."""
        return self.months[0]

    @property
    def last(self) -> int:
        """Its last month."""
        return self.months[-1]

    @property
    def first_day(self) -> date:
        """The day it begins on."""
        return date(self.first // 100, self.first % 100, 1)

    @property
    def last_day(self) -> date:
        """The day it ends on."""
        year, month = divmod(self.last, 100)
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The moment it begins, and the one that what follows it begins."""
        after = date.fromordinal(self.last_day.toordinal() + 1)
        return clock.at(self.first_day, time()), clock.at(after, time())

    @property
    def code(self) -> str:
        """How it is written in an address and in the database: ``2570`` or ``2570-03``."""
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)


def this_year() -> Period:
    """Return the present fiscal year."""
    return Period(fiscal_year(clock.today()))


def period_asked(year: str, month: str) -> Period:
    """Return the period that an address asks for; the present year where it asks for nonsense."""
    said = int(year) if year.isdecimal() and len(year) == 4 else 0
    if not EARLIEST <= said <= LATEST:
        return (
            this_year() if not month_asked(month) else Period(this_year().year, month_asked(month))
        )
    return Period(said, month_asked(month))


def month_asked(month: str) -> int:
    """Return a month from 1 to 12, 0 for the whole year or for nonsense."""
    said = int(month) if month.isdecimal() and len(month) < 3 else 0
    return said if said <= 12 else 0


def month_name(number: int, *, short: bool = False) -> str:
    """Return the name of a month like ``202611`` in the language spoken now, with its year.

    Args:
        number: the month.
        short: with the short name.
    """
    day = date(number // 100, number % 100, 1)
    said = format_date(day, language=language(), style="short" if short else "long")
    return said.split(" ", 1)[1]
