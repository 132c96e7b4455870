"""How values are spread: median, the time nine of ten stay under, mean. Pure counting.

A spread is made of counts by value, so a year of a million tickets is held in as many numbers as
there are different minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

NINE_OF_TEN = 90


@dataclass
class Spread:
    """Counts by value; values are whole numbers, working minutes or levels of satisfaction."""

    counts: dict[int, int] = field(default_factory=dict)

    def add(self, value: int | None, times: int = 1) -> None:
        """Count a value; None counts for nothing."""
        if value is not None:
            self.counts[value] = self.counts.get(value, 0) + times

    @property
    def n(self) -> int:
        """How many values there are."""
        return sum(self.counts.values())

    @property
    def median(self) -> Decimal | None:
        """The value in the middle; between the two in the middle where their number is even."""
        if not self.counts:
            return None
        low, high = self._ranked((self.n + 1) // 2), self._ranked(self.n // 2 + 1)
        return Decimal(low + high) / 2

    @property
    def p90(self) -> int | None:
        """The smallest value that at least nine of ten do not exceed (nearest rank)."""
        return self._ranked(-(-self.n * NINE_OF_TEN // 100)) if self.counts else None

    @property
    def mean(self) -> Decimal | None:
        """The mean, rounded half up to two decimals (R-E1)."""
        if not self.counts:
            return None
        total = sum(value * times for value, times in self.counts.items())
        return (Decimal(total) / self.n).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def _ranked(self, rank: int) -> int:
        passed = 0
        for value in sorted(self.counts):
            passed += self.counts[value]
            if passed >= rank:
                return value
        raise ValueError("a spread has no such rank")


def together(spreads: Iterable[Spread]) -> Spread:
    """Return several spreads as one."""
    found = Spread()
    for one in spreads:
        for value, times in one.counts.items():
            found.add(value, times)
    return found
