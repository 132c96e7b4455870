"""Capital item or low-value item: the one answer, with its reason (R-A1).

The price of one unit or set is compared with the threshold in force on the day of acquisition
(``book_value.threshold_for``). A person with the right may decide otherwise and says why; what an
older register said stands where price or day are not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from assets.register import book_value
from assets.register.states import Standing


class Ground(StrEnum):
    """What a standing rests on."""

    DECIDED = "decided"
    RULE = "rule"
    NO_THRESHOLD = "no_threshold"
    SAID = "said"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Told:
    """The standing of an item, what it rests on, and the threshold where the rule decided."""

    standing: Standing
    ground: Ground
    threshold: Decimal | None = None


def by_rule(price: Decimal | None, acquired_on: date | None) -> Standing | None:
    """Return what R-A1 says of one unit or set; None where price or day are not known.

    Args:
        price: in baht, VAT included.
        acquired_on: the day it was received; it decides the threshold.
    """
    if price is None or acquired_on is None:
        return None
    below = book_value.is_below_threshold(acquired_on, price)
    return Standing.LOW_VALUE if below else Standing.CAPITAL


def told(card: Any) -> Told:  # noqa: ANN401 - an item, or a row with its columns
    """Return the standing of a card: the decision, else the rule, else what the register said."""
    if card.standing_override:
        return Told(Standing(card.standing_override), Ground.DECIDED)
    ruled = by_rule(card.price, card.acquired_on)
    said = Standing.LOW_VALUE if card.below_threshold else Standing.CAPITAL
    if ruled is None:
        return Told(said, Ground.SAID if card.below_threshold else Ground.UNKNOWN)
    if said != ruled and said == Standing.LOW_VALUE:
        return Told(said, Ground.SAID)
    threshold = book_value.threshold_for(card.acquired_on)
    return Told(ruled, Ground.RULE if threshold is not None else Ground.NO_THRESHOLD, threshold)


def is_low(card: Any) -> bool:  # noqa: ANN401 - an item, or a row with its columns
    """Tell whether a card stands below the threshold, and so never ages (R-DP4)."""
    return told(card).standing == Standing.LOW_VALUE
