"""How many of some like things are free on which day: a step function over half-open days.

Pure: no database, no clock. What takes a thing is a block from its first day up to, not including,
its end; a block without an end lasts until further notice. After a loan or a reservation the thing
rests for the turnaround of its class, counted in open days of the unit that lends it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

ONE_DAY = timedelta(days=1)
LONGEST_REST = 400
Step = tuple[date, int]


class Opening(Protocol):
    """A calendar that knows on which days a unit is open."""

    def is_open(self, day: date) -> bool:
        """Tell whether the unit works on this day."""
        ...


@dataclass(frozen=True)
class Block:
    """What takes ``count`` things from ``first`` up to, not including, ``end`` (None: no end).

    ``rests``: turnaround days follow, as after a loan; not after a repair.
    """

    first: date
    end: date | None
    count: int = 1
    rests: bool = True


def rest_end(end: date, turnaround: int, calendar: Opening) -> date:
    """Return the day on which a thing that comes back on ``end`` is free for the next one.

    Args:
        end: the day it comes back; with a turnaround of 0 it is free on that day already.
        turnaround: open days that it rests.
        calendar: of the unit that lends it; looked at for a year and a bit at most.
    """
    left, last = turnaround, end + timedelta(days=LONGEST_REST)
    while left > 0 and end < last:
        left -= calendar.is_open(end)
        end += ONE_DAY
    return end


def steps(
    total: int, blocks: Iterable[Block], turnaround: int, calendar: Opening, *, since: date
) -> list[Step]:
    """Return how many are free from which day on: the first entry is ``since``, days ascend.

    Two entries that follow each other differ. Fewer than none are free where more is promised
    than there is, as when a thing broke after it was promised.
    """
    changes: Counter[date] = Counter({since: 0})
    ends: dict[date, date] = {}
    for block in blocks:
        end = block.end
        if end is not None and block.rests:
            if end not in ends:
                ends[end] = rest_end(end, turnaround, calendar)
            end = ends[end]
        first = max(block.first, since)
        if end is not None and end <= first:
            continue
        changes[first] -= block.count
        if end is not None:
            changes[end] += block.count
    found: list[Step] = []
    free = total
    for day in sorted(changes):
        free += changes[day]
        if not found or found[-1][1] != free:
            found.append((day, free))
    return found


def on(found: Sequence[Step], day: date) -> int:
    """Return how many are free on one day, not before the first of the steps."""
    return found[max(bisect_right(found, day, key=lambda step: step[0]) - 1, 0)][1]


def least(found: Sequence[Step], first: date, end: date) -> int:
    """Return how many are free on every day from ``first`` up to, not including, ``end``."""
    inside = [free for day, free in found if first < day < end]
    return min([on(found, first), *inside])
