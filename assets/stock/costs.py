"""What stock is worth: first in first out, and the moving average. Pure; money to the satang.

Each layer keeps the whole worth that is left in it. A part takes its share, rounded half up, and
the last piece takes what remains, so nothing is lost or made by rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SATANG = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Layer:
    """What is left of one receipt: its key, quantity and worth in baht."""

    key: int
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True)
class Entry:
    """One line of a ledger for the moving average.

    ``value`` is the worth of what comes in; what goes out, and what comes back ``at_average``,
    moves at the average of the moment (into an empty store: at ``value``).
    """

    quantity: Decimal
    value: Decimal
    at_average: bool = False


@dataclass(frozen=True)
class Stand:
    """A quantity and its worth."""

    quantity: Decimal = ZERO
    value: Decimal = ZERO

    @property
    def unit_cost(self) -> Decimal | None:
        """Baht for one, to the satang; None where there is none."""
        return unit_cost(self.quantity, self.value)


def unit_cost(quantity: Decimal, value: Decimal) -> Decimal | None:
    """Return baht for one, rounded half up to the satang; None for a quantity of zero."""
    return (value / quantity).quantize(SATANG, ROUND_HALF_UP) if quantity else None


def share(value: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Return the worth of a part; the whole of it takes all."""
    if part == whole:
        return value
    return (value * part / whole).quantize(SATANG, ROUND_HALF_UP)


def first_out(layers: Sequence[Layer], quantity: Decimal) -> list[Layer]:
    """Return what is taken from which layer, the oldest first (R-K1).

    Args:
        layers: the oldest first; empty ones are passed over.
        quantity: how much goes out, more than zero.

    Raises:
        ValueError: the layers hold less.
    """
    taken, left = [], quantity
    for layer in layers:
        part = min(layer.quantity, left)
        if part > 0:
            taken.append(Layer(layer.key, part, share(layer.value, part, layer.quantity)))
            left -= part
        if left == 0:
            return taken
    raise ValueError(f"{left} more than there is")


def average_after(stand: Stand, entry: Entry) -> Stand:
    """Return quantity and worth at the moving average after one more entry.

    Raises:
        ValueError: more goes out than there is.
    """
    after = stand.quantity + entry.quantity
    if after < 0:
        raise ValueError(f"{-after} more than there is")
    if entry.quantity < 0:
        gone = share(stand.value, -entry.quantity, stand.quantity)
        return Stand(after, stand.value - gone)
    if entry.at_average and stand.quantity:
        came = share(stand.value, entry.quantity, stand.quantity)
        return Stand(after, stand.value + came)
    return Stand(after, stand.value + entry.value)


def average_of(entries: Iterable[Entry]) -> Stand:
    """Return quantity and worth at the moving average after all entries."""
    stand = Stand()
    for entry in entries:
        stand = average_after(stand, entry)
    return stand
