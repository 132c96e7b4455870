"""The steps of the year in the order of time; a step may put later ones into the diary."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kernel import clock
from office.calendar.working_time import Calendar


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment.

    Attributes:
        at: when it happened.
        act: what happened, one unit of work.
        opens_work: whether the act opens units of work by itself, as jobs do.
    """

    at: datetime
    act: Callable[[], object]
    opens_work: bool = False


@dataclass
class Diary:
    """What is still to happen until ``end``; what would come later never happens.

    ``calendar`` is the office's, read once for the whole year.
    """

    end: datetime
    calendar: Calendar
    _heap: list[tuple[datetime, int, Step]] = field(default_factory=list)
    _count: int = 0

    def plan(self, at: datetime, act: Callable[[], object], *, opens_work: bool = False) -> None:
        """Put a step into the diary, unless it lies after the end."""
        if at < self.end:
            self._count += 1
            heapq.heappush(self._heap, (at, self._count, Step(at, act, opens_work)))

    def steps(self) -> Iterator[Step]:
        """Yield the steps by time, those of one moment in the order they were planned."""
        while self._heap:
            yield heapq.heappop(self._heap)[2]

    def after_working(self, hours: float) -> datetime:
        """Return the moment when so many working hours of the office have passed from now."""
        return self.calendar.add(clock.now(), max(60, round(hours * 3600)))

    def next_open(self, days: float) -> datetime:
        """Return the moment so many days from now, or the opening after it."""
        return self.calendar.opening(clock.now() + timedelta(days=days))
