"""The rows of a document as they are typed: item, quantity in the base unit or in packs, worth.

Rows are plain inputs of the same names, so that a page without JavaScript has as many as it shows;
blank rows count for nothing. What is wrong in a row is told with its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import request

from assets.stock.asked import Line
from assets.stock.models import StockItem, StockPack
from assets.stock.queries import items as queries
from assets.stock.rules.slips import MOST_LINES
from kernel import numbers, thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _

ROWS = 6
FIELDS = ("item", "quantity", "value", "lot", "expires")
_NUMBER = re.compile(r"\s*([\d.,]+)\s*(.*)")


@dataclass
class Typed:
    """One row as it was typed."""

    item: str = ""
    quantity: str = ""
    value: str = ""
    lot: str = ""
    expires: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed."""
        return not (self.item.strip() or self.quantity.strip() or self.value.strip())


def typed_rows(first: str = "") -> list[Typed]:
    """Return the rows that were sent, with blank ones behind them; ``first`` fills a new form."""
    columns = [request.form.getlist(f"line_{field}")[:MOST_LINES] for field in FIELDS]
    count = max((len(one) for one in columns), default=0)
    sent = [
        Typed(*(column[place][:200] if place < len(column) else "" for column in columns))
        for place in range(count)
    ]
    rows = [row for row in sent if not row.is_blank]
    if not rows and first and request.method == "GET":
        rows = [Typed(item=first)]
    return rows + [Typed() for _place in range(max(ROWS - len(rows), 2))]


def lines(rows: Sequence[Typed]) -> list[Line]:
    """Return the lines that the rows say.

    Refuses what fits no item, no number, no pack, no amount and no day, with the row's number.
    """
    made = []
    for number, row in enumerate((one for one in rows if not one.is_blank), 1):
        try:
            made.append(_line(row))
        except Refusal as refusal:
            raise Refusal(
                _("Row %(number)s: %(why)s", number=number, why=refusal.message)
            ) from refusal
    return made


def _line(row: Typed) -> Line:
    if not row.item.strip():
        raise Refusal(_("Please write the code or name of the item."))
    item = queries.find_item(row.item)
    quantity, pack = quantity_of(item, row.quantity)
    return Line(
        item,
        quantity,
        pack=pack,
        value=_money(row.value),
        lot=row.lot,
        expires_on=_day(row.expires),
    )


def quantity_of(item: StockItem, typed: str) -> tuple[Decimal | None, StockPack | None]:
    """Return quantity and pack of what was typed: ``5``, ``2 กล่อง``, ``2 box``.

    Refuses what is no number, and a word that is neither the unit nor a pack of the item.
    """
    if not typed.strip():
        return None, None
    found = _NUMBER.fullmatch(typed)
    try:
        number = numbers.read(found.group(1) if found else typed)
    except ValueError as wrong:
        raise Refusal(str(wrong), field="quantity") from wrong
    word = found.group(2).strip().lower() if found else ""
    if not word or word in (item.unit_th.lower(), item.unit_en.lower()):
        return number, None
    for pack in item.packs:
        if word in (pack.name_th.lower(), pack.name_en.lower()):
            return number, pack
    known = ", ".join([item.unit, *(pack.name for pack in item.packs)])
    raise Refusal(
        _(
            "“%(name)s” is counted in %(known)s, not in “%(word)s”.",
            name=item.name,
            known=known,
            word=word[:40],
        ),
        field="quantity",
    )


def _money(typed: str) -> Decimal | None:
    try:
        return numbers.read_money(typed)
    except ValueError as wrong:
        raise Refusal(str(wrong)) from wrong


def _day(typed: str) -> date | None:
    try:
        return thai.parse_date(typed) if typed.strip() else None
    except ValueError:
        raise Refusal(
            _("“%(typed)s” is not a date. Write it like 1/10/2026.", typed=typed[:40])
        ) from None
