"""Working time: opening hours and closed days as one pure value that counts seconds.

The same value answers "when is it due" (``add``) and "how long did it take" (``seconds_between``),
so the two can never differ. Moments are aware and given in any zone; days and hours are those of
Bangkok. A day is open from ``opens`` up to, not including, ``closes``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from kernel import clock

LONGEST_SEARCH = timedelta(days=3660)
ONE_DAY = timedelta(days=1)
# Where working seconds are counted from; any day before the first ticket does.
FIRST_DAY = date(1900, 1, 1)
MOST_KNOWN = 4000
# From a moment up to, not including, another one; None: it still goes on.
Stretch = tuple[datetime, datetime | None]


class NeverOpen(ValueError):
    """The calendar has no open day for ten years on."""


@dataclass(frozen=True)
class Calendar:
    """Opening hours by weekday (0 is Monday) and the days that are closed all the same.

    The default of the office is 08:30 to 16:30 without a break at noon (R-W1).
    """

    hours: Mapping[int, tuple[time, time]]
    closed: Set[date]

    def is_open(self, day: date) -> bool:
        """Tell whether the office works on this day at all."""
        return day.weekday() in self.hours and day not in self.closed

    def next_open_day(self, day: date) -> date:
        """Return the day itself where it is open, else the first open day after it.

        Raises:
            NeverOpen: there is none for ten years.
        """
        last = day + LONGEST_SEARCH
        while not self.is_open(day):
            day += ONE_DAY
            if day > last:
                raise NeverOpen(str(day))
        return day

    def open_days(self, first: date, last: date) -> int:
        """Count the open days from the first to the last, both counted (R-W3)."""
        days = (last - first).days + 1
        return sum(self.is_open(first + timedelta(days=number)) for number in range(days))

    def opening(self, moment: datetime) -> datetime:
        """Return the moment itself where the office is open, else the next opening (R-W2)."""
        for opens, closes in self._spans(clock.local(moment).date()):
            if moment < closes:
                return max(moment.astimezone(UTC), opens)
        raise NeverOpen(str(moment))

    def add(self, start: datetime, seconds: int) -> datetime:
        """Return the moment, in UTC, at which this much working time has passed (R-W1).

        Args:
            start: an aware moment; outside opening hours the time runs from the next opening.
            seconds: working seconds, 0 or more; 0 gives the opening.

        Raises:
            NeverOpen: the office has no open day for ten years.
        """
        if seconds <= 0:
            return self.opening(start)
        left = timedelta(seconds=seconds)
        for opens, closes in self._spans(clock.local(start).date()):
            begin = max(start, opens)
            if begin >= closes:
                continue
            if begin + left <= closes:
                return (begin + left).astimezone(UTC)
            left -= closes - begin
        raise NeverOpen(str(start))

    def seconds_between(self, a: datetime, b: datetime) -> int:
        """Return the working seconds from one aware moment to another; negative when b is first."""
        return self._counted(b) - self._counted(a)

    def used_up(self, stretches: Iterable[Stretch], seconds: int) -> datetime | None:
        """Return the moment, in UTC, at which stretches of work have used up this much time (R-W4).

        Args:
            stretches: in the order of time, none in another; the last one may still go on.
            seconds: working seconds, more than 0.

        Returns:
            None where all of them together are shorter.
        """
        left = seconds
        for start, end in stretches:
            worked = None if end is None else self.seconds_between(start, end)
            if worked is None or worked >= left:
                return self.add(start, left)
            left -= worked
        return None

    def _counted(self, moment: datetime) -> int:
        """Return the working seconds from the first day of the count up to a moment.

        The moments of a list are the same for everybody who looks at it, so they are remembered.
        """
        worked = self._known.get(moment)
        if worked is None:
            day = clock.local(moment).date()
            worked = self._open_seconds(FIRST_DAY, day - ONE_DAY)
            if self.is_open(day):
                opens, closes = self._span(day)
                worked += _seconds(max(min(moment, closes), opens) - opens)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[moment] = worked
        return worked

    @cached_property
    def _known(self) -> dict[datetime, int]:
        return {}

    def _open_seconds(self, first: date, last: date) -> int:
        """Return the opening hours of whole days, both counted, without walking every day."""
        weeks, rest = divmod((last - first).days + 1, 7)
        per_day = self._seconds_by_weekday
        total = weeks * sum(per_day)
        total += sum(per_day[(first.weekday() + number) % 7] for number in range(rest))
        days = self._closed_in_order
        inside = days[bisect_left(days, first) : bisect_right(days, last)]
        return total - sum(per_day[day.weekday()] for day in inside)

    @cached_property
    def _seconds_by_weekday(self) -> list[int]:
        return [_day_seconds(*self.hours[n]) if n in self.hours else 0 for n in range(7)]

    @cached_property
    def _closed_in_order(self) -> list[date]:
        return sorted(self.closed)

    def _span(self, day: date) -> tuple[datetime, datetime]:
        opens, closes = self.hours[day.weekday()]
        return clock.at(day, opens), clock.at(day, closes)

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield opening and closing of the open days from this day on, until ten barren years."""
        last_open = day
        while day - last_open <= LONGEST_SEARCH:
            if self.is_open(day):
                last_open = day
                yield self._span(day)
            day += ONE_DAY


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _day_seconds(opens: time, closes: time) -> int:
    return (
        (closes.hour - opens.hour) * 3600
        + (closes.minute - opens.minute) * 60
        + (closes.second - opens.second)
    )
