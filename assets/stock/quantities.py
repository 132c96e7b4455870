"""Quantities and unit prices: how they are kept, what may be typed, how they are shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from kernel.db import Money
from kernel.errors import Refusal
from kernel.i18n import gettext as _

MOST = Decimal("9999999.99")
MOST_BAHT = Decimal("999999999.99")
PLACES = 2
_STEP = Decimal("0.01")


class Quantity(Money):
    """A quantity in the base unit of its item; kept in whole hundredths, so that sums are exact."""

    cache_ok = True


class Percent(Money):
    """A part of a hundred with two places at most; kept in whole hundredths of a percent."""

    cache_ok = True


def checked(
    quantity: Decimal | None, *, whole: bool, zero: bool = False, field: str = "quantity"
) -> Decimal:
    """Return a quantity as it may be posted.

    Args:
        quantity: in the base unit; None where nothing was typed.
        whole: whether the unit knows whole pieces only.
        zero: whether nothing at all is a quantity here (a count of an empty bin).
        field: of the form, for the sentence.

    Refuses a missing, negative or zero quantity, one with a fraction where the unit knows whole
    pieces only, one with more than two places, and one of more than 9,999,999.99.
    """
    if quantity is None:
        raise Refusal(_("Please write how many."), field=field)
    if quantity < 0:
        raise Refusal(_("A quantity is not negative."), field=field)
    if quantity == 0 and not zero:
        raise Refusal(_("The quantity is more than zero."), field=field)
    if quantity > MOST:
        raise Refusal(
            _("A quantity is at most %(most)s. Please check what you typed.", most=f"{MOST:,}"),
            field=field,
        )
    if whole and quantity != quantity.to_integral_value():
        raise Refusal(_("This is counted in whole pieces; please write no fraction."), field=field)
    if quantity != quantity.quantize(_STEP):
        raise Refusal(_("A quantity has two places behind the point at most."), field=field)
    return quantity.quantize(_STEP)


def checked_value(value: Decimal | None, *, field: str = "price") -> Decimal:
    """Return a price or worth in baht as it may be posted; nothing typed is zero.

    Refuses a negative amount and one of more than 999,999,999.99 baht; rounds to the satang.
    """
    amount = value or Decimal(0)
    if amount < 0:
        raise Refusal(_("An amount is not negative."), field=field)
    if amount > MOST_BAHT:
        raise Refusal(
            _("An amount is at most %(most)s baht. Please check it.", most=f"{MOST_BAHT:,}"),
            field=field,
        )
    return amount.quantize(_STEP, ROUND_HALF_UP)


def shown(quantity: Decimal | None) -> str:
    """Return a quantity as people write it: ``1,200``, ``2.5``."""
    if quantity is None:
        return ""
    text = f"{quantity:,.2f}"
    return text.rstrip("0").rstrip(".")
