"""How the report writes numbers, money and days: Thai digits, the Buddhist era."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from kernel import clock
from kernel.thai import format_date, thai_digits

NOTHING = "–"


def number(value: int | None) -> str:
    """Return a count, a dash where there is none."""
    return NOTHING if value is None else thai_digits(f"{value:,}")


def money(value: Decimal | None) -> str:
    """Return baht with two decimals, a dash where there is none."""
    return NOTHING if value is None else thai_digits(f"{value:,.2f}")


def mean(value: Decimal | None) -> str:
    """Return a mean as it is, a dash where there is none."""
    return NOTHING if value is None else thai_digits(str(value))


def day(value: date | datetime | None) -> str:
    """Return a day in short, a dash where there is none."""
    if value is None:
        return NOTHING
    plain = clock.local(value).date() if isinstance(value, datetime) else value
    return format_date(plain, language="th", style="short", digits="thai")


def numbered(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return rows with their running number before them."""
    return [(number(place), *row) for place, row in enumerate(rows, 1)]
