"""Mean, standard deviation and level of answers in five levels, exactly (R-E1, R-E2).

Everything is counted in whole numbers and fractions; only what is shown is rounded, half up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from helpdesk.surveys.states import LIMITS, Band

HUNDREDTH = Decimal("0.01")
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Score:
    """What came of one question or of several together.

    Attributes:
        n: how many answers; blank ones are not among them.
        mean: rounded half up to two places; None where nobody answered.
        deviation: S.D. with n - 1, two places; None for fewer than two answers, shown as “-”.
        level: 5 to 1 by the bands, of the rounded mean; 0 where nobody answered.
        counts: how many answers each level has, from 5 down to 1.
    """

    n: int
    mean: Decimal | None
    deviation: Decimal | None
    level: int
    counts: tuple[int, ...]


def half_up(value: Fraction) -> Decimal:
    """Return a number that is not negative, rounded half up to two places."""
    return Decimal(math.floor(value * 100 + Fraction(1, 2))) / 100


def score(counts: Mapping[int, int], band: Band) -> Score:
    """Return the figures of answers.

    Args:
        counts: how many answers each level has.
        band: the limits of the names of levels.
    """
    n = sum(counts.values())
    shares = tuple(counts.get(level, 0) for level in range(HIGHEST, LOWEST - 1, -1))
    if not n:
        return Score(0, None, None, 0, shares)
    total = sum(level * count for level, count in counts.items())
    squares = sum(level * level * count for level, count in counts.items())
    mean = half_up(Fraction(total, n)).quantize(HUNDREDTH)
    deviation = _root(Fraction(squares * n - total * total, n * (n - 1))) if n > 1 else None
    return Score(n, mean, deviation, level_of(mean, band), shares)


def _root(variance: Fraction) -> Decimal:
    with localcontext() as exact:
        exact.prec = 40
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
        return root.quantize(HUNDREDTH, ROUND_HALF_UP)


def together(parts: Iterable[Mapping[int, int]]) -> Counter[int]:
    """Return the answers of several questions as if they were one."""
    whole: Counter[int] = Counter()
    for part in parts:
        whole.update(part)
    return whole


def level_of(mean: Decimal, band: Band) -> int:
    """Return the level of a mean of two places (R-E1): 4.51 is 5, 4.50 is 4 in the usual bands."""
    passed = sum(mean >= limit for limit in LIMITS[band])
    return LOWEST + passed


def ranks(means: Sequence[Decimal | None]) -> list[int]:
    """Return the place of each mean among them, the same for the same; 0 where there is none."""
    known = [mean for mean in means if mean is not None]
    return [0 if mean is None else 1 + sum(one > mean for one in known) for mean in means]


def yamane(population: int, error_percent: int = 5) -> int:
    """Return the size of a sample by Yamane: N / (1 + N e²), rounded up.

    Args:
        population: N, how many people there are.
        error_percent: e, the error that is accepted, in percent.
    """
    if population <= 0:
        return 0
    error = Fraction(error_percent, 100)
    return math.ceil(Fraction(population) / (1 + population * error * error))
