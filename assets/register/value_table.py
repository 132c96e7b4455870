"""How the book values of a day are written down: as JSON fields, and as a table with totals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from assets.register.book_value import Convention
from assets.register.valuation import Untold, Worth
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import show_date

NUMBER, NAME, DAY, AMOUNT = 24, 36, 14, 16
NOTHING = Decimal("0.00")
NO_WIDTH = {"Mn", "Me", "Cf"}


def as_json(worth: Worth) -> dict[str, Any]:
    """Return the fields of one line; amounts are texts with two places, None where not told."""
    return {
        "asset_number": worth.asset_number,
        "name": worth.name,
        "unit": worth.unit,
        "acquired_on": worth.acquired_on.isoformat() if worth.acquired_on else None,
        "quantity": worth.quantity,
        "cost": _two_places(worth.cost),
        "accumulated": _two_places(worth.accumulated),
        "net": _two_places(worth.net),
        "this_year": _two_places(worth.this_year),
        "life_years": worth.life_years,
        "depreciable": worth.depreciable,
        "convention": worth.value.convention.value if worth.value else None,
        "reason": worth.untold.value if worth.untold else None,
    }


def lines(worths: Iterable[Worth], on: date, convention: Convention) -> Iterator[str]:
    """Yield the lines of a table: one for each item, the totals, and what could not be told."""
    reasons = {
        Untold.NO_PRICE: _("no price on the card"),
        Untold.NO_DATE: _("no day of acquisition on the card"),
        Untold.NO_LIFE: _("no useful life on the card or its class"),
    }
    day = show_date(on, "long")
    yield _("Book value on %(day)s, convention %(name)s", day=day, name=convention.value)
    heads = (_("Cost (baht)"), _("Accumulated"), _("Net value"))
    yield _row((_("Number"), _("Item"), _("Acquired on")), heads)
    items = untold = 0
    totals = [NOTHING, NOTHING, NOTHING]
    for worth in worths:
        items += 1
        acquired = show_date(worth.acquired_on, "short") or "-"
        first = (worth.asset_number or "-", worth.name, acquired)
        if worth.untold is not None:
            untold += 1
            yield f"{_row(first, ())}  {reasons[worth.untold]}"
            continue
        amounts = (worth.cost or NOTHING, worth.accumulated or NOTHING, worth.net or NOTHING)
        totals = [total + amount for total, amount in zip(totals, amounts, strict=True)]
        yield _row(first, [f"{amount:,.2f}" for amount in amounts])
    yield _row((_("All together"), "", ""), [f"{total:,.2f}" for total in totals])
    yield ngettext("%(number)s item", "%(number)s items", items)
    if untold:
        yield ngettext(
            "of %(number)s item the value cannot be told",
            "of %(number)s items the value cannot be told",
            untold,
        )


def _two_places(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _row(first: Iterable[str], amounts: Iterable[str]) -> str:
    cells = [_left(text, width) for text, width in zip(first, (NUMBER, NAME, DAY), strict=True)]
    return "  ".join([*cells, *(" " * (AMOUNT - _width(text)) + text for text in amounts)])


def _left(text: str, width: int) -> str:
    while _width(text) > width:
        text = text[:-1]
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return how many columns a text takes: Thai vowels and tones above and below take none."""
    return sum(unicodedata.category(letter) not in NO_WIDTH for letter in text)
