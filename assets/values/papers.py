"""The papers of the register as PDF, in Thai whatever the reader speaks.

The card (ทะเบียนคุมทรัพย์สิน) and the history of repairs in the layout of the Comptroller General
(DOMAIN 4), the register of a day, its summary, and the changes of a fiscal year. Each names the
convention by which parts of a year were counted (R-DP5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.register.slots import Repair
from assets.register.states import ACQUIRE_METHODS, FUND_TYPES, MOVE_CAUSES, MoveCause
from assets.register.valuation import Worth
from assets.values.queries.books import Figures, Line, Wanted
from assets.values.queries.cards import Card
from assets.values.queries.changes import Change, Way, YearOfChanges
from assets.values.queries.summary import By, Row
from assets.values.words import CONVENTIONS, UNTOLD, WAYS
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine

FOLDER = Path(__file__).parent / "paper"
# As many rows as one file holds: typst sets 2,000 of them in three seconds and 350 MB.
MOST_ROWS = 2000
# Letters that no rule of breaking parts: Thai words and dashes part by themselves.
LONG_RUN = re.compile(r"[A-Za-z0-9_.:@%&+=]{14}")
BREAK = "\u200b"


def register(
    wanted: Wanted,
    lines: Iterable[Line],
    *,
    books_of: str,
    part: int,
    parts: int,
    brought: Figures,
    total: Figures,
) -> bytes:
    """Print one volume of the register of a day.

    Args:
        wanted: the day, the convention, which register.
        lines: those of this volume.
        books_of: whose books, as the heading says.
        part, parts: the number of the volume from 1, and how many there are.
        brought: the sums of the volumes before.
        total: the sums of all volumes, printed at the end of the last one.
    """
    with speaking("th"):
        first = (part - 1) * MOST_ROWS + 1
        rows = [_line(number, line) for number, line in enumerate(lines, first)]
        return _render(
            "register",
            {
                **_head(wanted, books_of),
                "book": wanted.book.value if wanted.book else "",
                "part": _number(part) if parts > 1 else "",
                "parts": _number(parts),
                "lines": rows,
                "brought": _sums(brought) if part > 1 else None,
                "total": _sums(total) if part == parts else None,
                "untold": _number(total.untold) if total.untold else "",
            },
            tagged=False,
        )


def summary(wanted: Wanted, rows: Sequence[Row], total: Figures, by: By, *, books_of: str) -> bytes:
    """Print the sums for each class or each unit; the rows were made while Thai was spoken."""
    return _render(
        "summary",
        {
            **_head(wanted, books_of),
            "by": by.value,
            "rows": [{"code": row.code, "name": row.name, **_sums(row.figures)} for row in rows],
            "total": _sums(total),
            "untold": _number(total.untold) if total.untold else "",
        },
    )


def changes(wanted: Wanted, year: int, found: YearOfChanges, *, books_of: str) -> bytes:
    """Print what came into the books and what left them in a fiscal year."""
    with speaking("th"):
        parts = [("came", found.came, found.added), ("went", found.went, found.removed)]
        return _render(
            "changes",
            {
                **_head(wanted, books_of),
                "year": _number(year),
                "first": _date(found.first),
                "last": _date(found.last),
                "opening": _sums(found.opening),
                "closing": _sums(found.closing),
                "parts": [
                    {
                        "name": name,
                        "lines": [_change(n, one) for n, one in enumerate(some, 1)],
                        "total": _sums(sums),
                    }
                    for name, some, sums in parts
                ],
            },
        )


def cards(wanted: Wanted, found: Sequence[Card], *, office: str) -> bytes:
    """Print register cards, each beginning on a sheet of its own."""
    with speaking("th"):
        told = [_card(card, office) for card in found]
        return _render("card", {**_head(wanted, office), "cards": told}, tagged=len(told) == 1)


def repairs(card: Card, wanted: Wanted, *, office: str) -> bytes:
    """Print the maintenance history of one item, the back of its card."""
    with speaking("th"):
        return _render(
            "repairs",
            {
                **_head(wanted, office),
                "card": _card(card, office),
                "total": _money(sum((one.cost or Decimal(0) for one in card.repairs), Decimal(0))),
            },
        )


def _render(name: str, content: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    at = clock.now().replace(microsecond=0)
    return engine.render(FOLDER / f"{name}.typ", content, made_at=at, tagged=tagged)


def _head(wanted: Wanted, books_of: str) -> dict[str, str]:
    with speaking("th"):
        convention = str(CONVENTIONS[wanted.convention])
    return {
        "books_of": books_of,
        "on": _date(wanted.on),
        "printed": _date(clock.today()),
        "convention": thai_digits(convention),
    }


def _loose(text: str) -> str:
    """Let a run of letters without a space break, so that it stays in its column."""
    return LONG_RUN.sub(lambda run: run[0] + BREAK, text)


def _line(number: int, line: Line) -> dict[str, str]:
    card, worth = line.card, line.worth
    return {
        "number": _number(number),
        "name": _loose(" ".join(part for part in (card.name, card.brand, card.model) if part)),
        "asset_no": _loose(card.asset_no or ""),
        "acquired": _date(card.acquired_on, short=True),
        "pieces": f"{_number(card.quantity)} {card.unit_word}".strip(),
        "place": _loose(" ".join(part for part in (card.holder, card.room) if part)),
        "custodian": _loose(card.custodian or ""),
        "life": _number(worth.life_years) if worth.life_years and worth.depreciable else "",
        "note": _note(worth),
        **_amounts(worth),
    }


def _amounts(worth: Worth) -> dict[str, str]:
    return {
        "cost": _money(worth.cost),
        "this_year": _money(worth.this_year),
        "accumulated": _money(worth.accumulated),
        "net": _money(worth.net),
    }


def _note(worth: Worth) -> str:
    return str(UNTOLD[worth.untold]) if worth.untold else ""


def _sums(figures: Figures) -> dict[str, str]:
    return {
        "items": _number(figures.items),
        "cost": _money(figures.cost),
        "this_year": _money(figures.this_year),
        "accumulated": _money(figures.accumulated),
        "net": _money(figures.net),
    }


def _change(number: int, change: Change) -> dict[str, str]:
    card = change.card
    return {
        "number": _number(number),
        "on": _date(change.on, short=True),
        "way": str(WAYS[change.way].label),
        "is_bought": change.way == Way.ACQUIRED,
        "method": str(ACQUIRE_METHODS.get(card.acquire_method, "")),
        "document": thai_digits(card.doc_ref),
        "name": _loose(card.name),
        "asset_no": _loose(card.asset_no or ""),
        "unit": card.unit_name_th,
        "pieces": f"{_number(card.quantity)} {card.unit_word}".strip(),
        "note": _note(change.worth),
        **_amounts(change.worth),
    }


def _card(card: Card, office: str) -> dict[str, Any]:
    asset, worth, row = card.asset, card.worth, card.row
    return {
        "office": office,
        "unit": row.unit_name_th,
        "class": " ".join(p for p in (row.class_code, row.class_name or row.class_text) if p),
        "asset_no": asset.asset_no or _("no number yet"),
        "name": asset.name,
        "about": asset.description,
        "model": " ".join(part for part in (asset.brand, asset.model) if part),
        "serial_no": asset.serial_no,
        "place": " ".join(part for part in (row.holder, row.room) if part),
        "custodian": row.custodian or "",
        "vendor": asset.vendor_name,
        "vendor_address": asset.vendor_address,
        "vendor_phone": asset.vendor_phone,
        "fund": str(FUND_TYPES.get(asset.fund_type, "")),
        "method": str(ACQUIRE_METHODS.get(asset.acquire_method, "")),
        "acquired": _date(asset.acquired_on, short=True),
        "document": thai_digits(asset.doc_ref),
        "pieces": f"{_number(asset.quantity)} {asset.unit_word}".strip(),
        "price": _money(worth.price),
        "cost": _money(worth.cost),
        "life": _number(worth.life_years) if worth.life_years and worth.depreciable else "",
        "rate": thai_digits(f"{card.rate.normalize():f}") if card.rate else "",
        "note": _note(worth) or _why_ageless(card),
        "years": [
            {
                "on": _date(line.on, short=True),
                "year": _number(line.fiscal_year),
                "amount": _money(line.amount),
                "accumulated": _money(line.accumulated),
                "net": _money(line.net),
            }
            for line in card.years
        ],
        "struck_off": _date(card.struck_off_on, short=True) if card.struck_off_on else "",
        "repairs": [_repair(number, one) for number, one in enumerate(card.repairs, 1)],
        "movements": [_movement(one) for one in card.movements],
    }


def _why_ageless(card: Card) -> str:
    if card.worth.depreciable:
        return ""
    return _("below the threshold") if card.asset.below_threshold else _("does not age")


def _repair(number: int, repair: Repair) -> dict[str, str]:
    return {
        "number": _number(number),
        "on": _date(repair.on, short=True),
        "work": repair.work,
        "cost": _money(repair.cost),
        "note": " ".join(part for part in (thai_digits(repair.number), repair.note) if part),
    }


def _movement(one: Any) -> dict[str, str]:  # noqa: ANN401 - a movement
    def place(unit: str, room: str) -> str:
        return " ".join(part for part in (unit, room) if part)

    return {
        "on": _date(clock.local(one.at).date(), short=True),
        "cause": str(MOVE_CAUSES[MoveCause(one.cause)].label),
        "from": place(one.from_unit_name, one.from_room_name),
        "to": place(one.to_unit_name, one.to_room_name),
        "from_person": one.from_custodian_name,
        "to_person": one.to_custodian_name,
        "reference": thai_digits(one.reference),
    }


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else thai_digits(f"{amount:,.2f}")


def _number(value: int) -> str:
    return thai_digits(f"{value:,}" if value < 2400 or value > 2700 else str(value))


def _date(day: date | None, *, short: bool = False) -> str:
    if day is None:
        return ""
    return format_date(day, language="th", style="short" if short else "long", digits="thai")
