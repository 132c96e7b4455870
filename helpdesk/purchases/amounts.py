"""Prices of a purchase: the sum of its lines, the tax in it, and what may be typed at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from helpdesk.purchases.states import Vat
from kernel.errors import Refusal
from kernel.i18n import gettext as _

RATE = Decimal(7)
SATANG = Decimal("0.01")
MOST_PRICE = Decimal("99999999999.99")
MOST_TOTAL = Decimal("999999999999.99")
MOST_QUANTITY = Decimal("9999999.99")


@dataclass(frozen=True)
class Total:
    """Baht: ``net`` without the tax, ``tax``, and ``whole``, which is paid."""

    net: Decimal
    tax: Decimal
    whole: Decimal


def rounded(amount: Decimal) -> Decimal:
    """Return an amount at the satang, half up."""
    return amount.quantize(SATANG, ROUND_HALF_UP)


def total(sums: Iterable[Decimal], vat: Vat) -> Total:
    """Return what lines cost together.

    Args:
        sums: baht of each line.
        vat: whether the tax of 7% is in them, comes on top, or is none.
    """
    plain = sum(sums, start=Decimal("0.00"))
    if vat == Vat.ADDED:
        tax = rounded(plain * RATE / 100)
        return Total(plain, tax, plain + tax)
    if vat == Vat.INCLUDED:
        tax = rounded(plain * RATE / (100 + RATE))
        return Total(plain - tax, tax, plain)
    return Total(plain, Decimal("0.00"), plain)


def with_tax(amount: Decimal, vat: Vat) -> Decimal:
    """Return what an amount of the lines costs when it is paid."""
    return total([amount], vat).whole


def checked_price(price: Decimal | None, *, field: str = "unit_price") -> Decimal:
    """Return a price as it may be written down.

    Refuses none, a negative one, and one of more than 11 figures before the point.
    """
    if price is None:
        raise Refusal(_("Please write the price of one."), field=field)
    if price < 0:
        raise Refusal(_("A price is not negative."), field=field)
    if price > MOST_PRICE:
        raise Refusal(
            _("A price is at most %(most)s baht. Please check it.", most=f"{MOST_PRICE:,}"),
            field=field,
        )
    return rounded(price)


def checked_quantity(quantity: Decimal | None, *, whole: bool, field: str = "quantity") -> Decimal:
    """Return a quantity as it may be written down.

    Args:
        quantity: as typed.
        whole: whether only whole pieces make sense, as of equipment.
        field: of the form, for the sentence.

    Refuses none, zero, a negative one, more than 9,999,999.99, a fraction of a whole piece, and
    more than two places.
    """
    if quantity is None or quantity == 0:
        raise Refusal(_("Please write how many."), field=field)
    if quantity < 0:
        raise Refusal(_("A quantity is not negative."), field=field)
    if quantity > MOST_QUANTITY:
        raise Refusal(
            _("A quantity is at most %(most)s. Please check it.", most=f"{MOST_QUANTITY:,}"),
            field=field,
        )
    if whole and quantity != quantity.to_integral_value():
        raise Refusal(_("Equipment is counted in whole pieces; write no fraction."), field=field)
    if quantity != quantity.quantize(SATANG):
        raise Refusal(_("A quantity has two places behind the point at most."), field=field)
    return quantity.quantize(SATANG)
