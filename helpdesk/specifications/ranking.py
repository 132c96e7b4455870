"""Which offers pass and which is the best of them: counting only, no row is touched.

An offer fails where it does not comply with a requirement that must be met (R-F6). Passing offers
stand in the order of their price, or of price and performance together: the price counts as
lowest ÷ own × 100, so the cheapest one has 100 and nobody less than none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from helpdesk.specifications.states import Method, Result

PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Judged:
    """An offer as it is judged.

    Attributes:
        key: the offer's id.
        results: result by the key of the requirement; a missing one was not judged.
        total: baht for everything; None where a price is missing.
        score: its performance, 0–100, where that counts.
    """

    key: int
    results: Mapping[int, Result]
    total: Decimal | None
    score: Decimal | None = None


@dataclass(frozen=True)
class Place:
    """Where an offer stands.

    Attributes:
        passes: None while a cell is empty.
        rank: from 1, the same for equal ones; None for what does not pass or has no price.
        points: price and performance together, or None where only the price counts.
    """

    key: int
    passes: bool | None
    failed: tuple[int, ...]
    rank: int | None = None
    points: Decimal | None = None


def standing(
    offers: Sequence[Judged],
    requirements: Mapping[int, bool],
    method: Method,
    price_weight: int,
) -> dict[int, Place]:
    """Return where every offer stands.

    Args:
        offers: all of them.
        requirements: whether each must be met, by its key.
        method: by price alone, or with performance.
        price_weight: percent that the price counts for, where performance counts too.
    """
    failed = {
        one.key: tuple(
            key
            for key, mandatory in requirements.items()
            if mandatory and one.results.get(key) == Result.NOT_COMPLY
        )
        for one in offers
    }
    passing = {
        one.key: False if failed[one.key] else _whole(one, requirements) or None for one in offers
    }
    ranked = [one for one in offers if passing[one.key] and one.total is not None]
    points = _points(ranked, method, price_weight)
    order = {one.key: _order(one, points) for one in ranked}
    places = {}
    for one in offers:
        better = [key for key in order if order[key] < order[one.key]] if one.key in order else []
        places[one.key] = Place(
            key=one.key,
            passes=passing[one.key],
            failed=failed[one.key],
            rank=len(better) + 1 if one.key in order else None,
            points=points.get(one.key),
        )
    return places


def _whole(one: Judged, requirements: Mapping[int, bool]) -> bool:
    return all(key in one.results for key in requirements)


def _order(one: Judged, points: Mapping[int, Decimal]) -> Decimal:
    return -points[one.key] if one.key in points else one.total or Decimal(0)


def _points(ranked: Sequence[Judged], method: Method, price_weight: int) -> dict[int, Decimal]:
    """Return price and performance together, 0–100; nothing where only the price counts."""
    if method != Method.PERFORMANCE:
        return {}
    lowest = min((one.total for one in ranked if one.total), default=Decimal(0))
    found = {}
    for one in ranked:
        if one.score is None:
            continue
        price = lowest / one.total * 100 if one.total else Decimal(100)
        both = (price * price_weight + one.score * (100 - price_weight)) / 100
        found[one.key] = both.quantize(PLACES, ROUND_HALF_UP)
    return found
