"""Which instalments of an order have come, when, and what being late costs.

It is worked out from the acceptances: each one fills the instalments in their order, and what goes
back to the vendor empties them again. Clause 162 of the Regulation lets an order name a penalty in
percent for each day, of the price of what has not come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from helpdesk.purchases.amounts import rounded
from helpdesk.purchases.order_models import Delivery, OrderInstalment, PurchaseOrder
from helpdesk.purchases.states import OrderState
from kernel.thai import arabic_digits

_PERCENT = re.compile(r"(?:ร้อยละ|percent)\s*(\d{1,2}(?:\.\d{1,4})?)|(\d{1,2}(?:\.\d{1,4})?)\s*%")
# No order may name more for a day (clause 162: 0.01 to 0.20 percent).
MOST_A_DAY = Decimal("0.20")
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Earned:
    """How far an instalment has come.

    ``came`` is in baht; ``done_on`` the day the last of it was accepted, ``done_by`` the acceptance
    that did it. ``owed`` is what the acceptances allow to pay, in baht: all of it once it has come
    whole, of a cancelled order what came; ``owed_on`` is the day of the acceptance that allowed it.
    ``late_days`` counts from its last day, up to today where it has not come whole; ``penalty`` is
    in baht, None where no rate is known.
    """

    row: OrderInstalment
    came: Decimal
    done_on: date | None
    done_by: int | None
    owed: Decimal
    owed_on: date | None
    late_days: int
    penalty: Decimal | None


def daily_rate(texts: Iterable[str]) -> Decimal | None:
    """Return the percent for each day that specifications name as their penalty.

    Args:
        texts: the penalty of each; None comes back where they name none, or different ones.
    """
    found = set()
    for text in texts:
        match = _PERCENT.search(arabic_digits(text))
        found.add(Decimal(match[1] or match[2]) if match else None)
    rate = found.pop() if len(found) == 1 else None
    return rate if rate is not None and 0 < rate <= MOST_A_DAY else None


def earned(
    order: PurchaseOrder, deliveries: Sequence[Delivery], rate: Decimal | None, today: date
) -> list[Earned]:
    """Return how far each instalment of an order has come, in their order.

    Args:
        order: with its instalments; the rest of a cancelled one is not late.
        deliveries: its acceptances.
        rate: the penalty in percent for each day, None where none is known.
        today: the day up to which the outstanding rest is late.
    """
    arrivals = _Arrivals(deliveries)
    whole = order.state == OrderState.DONE
    waits = today if order.state == OrderState.OPEN else None
    ended = order.state == OrderState.CANCELLED
    return [
        _one(row, row.due_on or order.due_on, arrivals, rate, waits, whole=whole, ended=ended)
        for row in order.instalments
    ]


@dataclass(frozen=True)
class Share:
    """What one acceptance brought of an instalment, in baht; ``whole``: now all of it is there.

    ``late_days`` and ``penalty`` are of this part alone; no penalty where no rate is known.
    """

    row: OrderInstalment
    value: Decimal
    whole: bool
    late_days: int
    penalty: Decimal | None


def shares(
    delivery: Delivery, upto: Sequence[Delivery], rate: Decimal | None, *, last: bool
) -> list[Share]:
    """Return what an acceptance brought of each instalment of its order, in their order.

    Args:
        delivery: the acceptance.
        upto: the acceptances of its order up to this one.
        rate: the penalty in percent for each day, None where none is known.
        last: nothing more comes after it, so that what rounding left over is no reason to wait.
    """
    arrivals, found = _Arrivals(upto), []
    for row in delivery.order.instalments:
        taken = arrivals.take(row.amount)
        value = sum((value for one, value in taken if one is delivery), NOTHING)
        if not value:
            continue
        due = row.due_on or delivery.order.due_on
        days = max((delivery.delivered_on - due).days, 0) if due is not None else 0
        came = sum((value for _one, value in taken), NOTHING)
        penalty = rounded(value * days * rate / 100) if rate is not None else None
        found.append(Share(row, value, last or came == row.amount, days, penalty))
    return found


class _Arrivals:
    """What came, as a store from which the instalments are filled one after the other."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        kept = sorted(deliveries, key=lambda one: (one.delivered_on, one.id))
        self._left = [(one, sum((line.value_left for line in one.lines), NOTHING)) for one in kept]
        self.last = kept[-1] if kept else None

    def take(self, wanted: Decimal) -> list[tuple[Delivery, Decimal]]:
        """Take an amount out, the first that came first; less where no more is there."""
        taken = []
        while wanted > 0 and self._left:
            delivery, value = self._left[0]
            part = min(value, wanted)
            if part > 0:
                taken.append((delivery, part))
            wanted -= part
            self._left[:1] = [] if part == value else [(delivery, value - part)]
        return taken


def _one(
    row: OrderInstalment,
    due: date | None,
    arrivals: _Arrivals,
    rate: Decimal | None,
    today: date | None,
    *,
    whole: bool,
    ended: bool,
) -> Earned:
    taken = arrivals.take(row.amount)
    parts = [(one.delivered_on, value) for one, value in taken]
    came = sum((value for _day, value in parts), NOTHING)
    last = taken[-1][0] if taken else arrivals.last
    # What rounding the tax of each acceptance left over is no reason to wait.
    done = last if last is not None and (whole or came == row.amount) else None
    owed = row.amount if done else came if ended else NOTHING
    if done is None and today is not None:
        parts.append((today, row.amount - came))
    days = [(max((day - due).days, 0), value) for day, value in parts if due is not None]
    late = max((count for count, _value in days), default=0)
    cost = sum((value * count for count, value in days), NOTHING)
    return Earned(
        row=row,
        came=row.amount if done else came,
        done_on=done.accepted_on if done else None,
        done_by=done.id if done else None,
        owed=owed,
        owed_on=last.accepted_on if owed and last is not None else None,
        late_days=late,
        penalty=rounded(cost * rate / 100) if rate is not None else None,
    )
