"""The columns of the workbooks of the room."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assets.register.book_value import Convention
from assets.register.states import ACQUIRE_METHODS, FUND_TYPES
from assets.register.valuation import Untold, Worth
from assets.values.queries.books import Figures, Line
from assets.values.queries.cards import Card, YearLine
from assets.values.queries.changes import Change
from assets.values.queries.summary import Row
from assets.values.words import UNTOLD, WAYS
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.tables import Column, Kind, Value


def spoken(row: Any, stem: str) -> str:  # noqa: ANN401 - a row with names in two languages
    """Return a name in the reader's language, the Thai one where there is no English one."""
    english = getattr(row, f"{stem}_en") if language() == "en" else ""
    return str(english or getattr(row, f"{stem}_th") or "")


def then_named(row: Any, what: str) -> str:  # noqa: ANN401 - a row of a book
    """Return the ``holder`` or the ``custodian`` of the day in the reader's language."""
    english = getattr(row, f"{what}_en") if language() == "en" else ""
    return str(english or getattr(row, what) or "")


def class_of(row: Any) -> str:  # noqa: ANN401 - a row of a book
    """Return the class of an item in the reader's language."""
    english = row.class_name_en if language() == "en" else ""
    return str(english or row.class_name or row.class_text or "")


def of_lines() -> list[Column[Line]]:
    """Return the columns of the register of a day."""
    return [
        Column(_("Asset number"), lambda line: line.card.asset_no, width=24),
        Column(_("Item"), lambda line: line.card.name, width=44),
        Column(_("Brand"), lambda line: line.card.brand),
        Column(_("Model"), lambda line: line.card.model),
        Column(_("Serial number"), lambda line: line.card.serial_no),
        Column(_("Class"), lambda line: class_of(line.card), width=26),
        Column(_("In the books of"), lambda line: spoken(line.card, "unit_name"), width=30),
        Column(_("Place"), lambda line: then_named(line.card, "holder"), width=30),
        Column(_("Room"), lambda line: line.card.room),
        Column(_("Person in charge"), lambda line: then_named(line.card, "custodian"), width=26),
        Column(_("Acquired on"), lambda line: line.card.acquired_on, Kind.DAY, 14),
        Column(_("Paid from"), lambda line: _word(FUND_TYPES, line.card.fund_type)),
        Column(_("How acquired"), lambda line: _word(ACQUIRE_METHODS, line.card.acquire_method)),
        Column(_("Document"), lambda line: line.card.doc_ref),
        *_of_worth(lambda line: line.worth),
    ]


def _of_worth(worth: Callable[[Any], Worth]) -> list[Column[Any]]:
    return [
        Column(_("Quantity"), lambda row: worth(row).quantity, Kind.WHOLE, 10),
        Column(_("Price of one (baht)"), lambda row: worth(row).price, Kind.MONEY),
        Column(_("Cost (baht)"), lambda row: worth(row).cost, Kind.MONEY),
        Column(_("Useful life (years)"), lambda row: _life(worth(row)), Kind.WHOLE, 10),
        Column(_("This fiscal year"), lambda row: worth(row).this_year, Kind.MONEY),
        Column(_("Accumulated"), lambda row: worth(row).accumulated, Kind.MONEY),
        Column(_("Net value"), lambda row: worth(row).net, Kind.MONEY),
        Column(_("Convention"), lambda row: _convention(worth(row)), width=12),
        Column(_("Remark"), lambda row: _untold(worth(row)), width=30),
    ]


def of_summary(heading: str) -> list[Column[Row]]:
    """Return the columns of a summary; ``heading`` names what each row is."""

    def money(label: str, value: Callable[[Figures], Decimal]) -> Column[Row]:
        return Column(label, lambda row: value(row.figures), Kind.MONEY)

    return [
        Column(_("Code"), lambda row: row.code),
        Column(heading, lambda row: row.name, width=44),
        Column(_("Items"), lambda row: row.figures.items, Kind.WHOLE, 10),
        money(_("Cost (baht)"), lambda figures: figures.cost),
        money(_("This fiscal year"), lambda figures: figures.this_year),
        money(_("Accumulated"), lambda figures: figures.accumulated),
        money(_("Net value"), lambda figures: figures.net),
        Column(_("Value not known"), lambda row: row.figures.untold, Kind.WHOLE, 10),
    ]


def of_changes() -> list[Column[Change]]:
    """Return the columns of the additions and disposals of a year."""
    return [
        Column(_("Change"), lambda one: str(WAYS[one.way].label)),
        Column(_("Day"), lambda one: one.on, Kind.DAY, 14),
        Column(_("Asset number"), lambda one: one.card.asset_no, width=24),
        Column(_("Item"), lambda one: one.card.name, width=44),
        Column(_("Unit"), lambda one: spoken(one.card, "unit_name"), width=30),
        Column(_("How acquired"), lambda one: _word(ACQUIRE_METHODS, one.card.acquire_method)),
        Column(_("Document"), lambda one: one.card.doc_ref),
        *_of_worth(lambda one: one.worth),
    ]


def of_cards(convention: Convention) -> list[Column[tuple[Card, YearLine]]]:
    """Return the columns of the yearly lines of cards."""
    return [
        Column(_("Asset number"), lambda row: row[0].worth.asset_number, width=24),
        Column(_("Item"), lambda row: row[0].worth.name, width=44),
        Column(_("In the books of"), lambda row: spoken(row[0].row, "unit_name"), width=30),
        Column(_("Acquired on"), lambda row: row[0].worth.acquired_on, Kind.DAY, 14),
        Column(_("Cost (baht)"), lambda row: row[0].worth.cost, Kind.MONEY),
        Column(_("Useful life (years)"), lambda row: _life(row[0].worth), Kind.WHOLE, 10),
        Column(_("Rate (% a year)"), lambda row: row[0].rate, Kind.MONEY, 12),
        Column(_("Fiscal year"), lambda row: _year(row[1]), Kind.WHOLE, 12),
        Column(_("Day"), lambda row: row[1].on, Kind.DAY, 14),
        Column(_("Depreciation of the year"), lambda row: row[1].amount, Kind.MONEY),
        Column(_("Accumulated"), lambda row: row[1].accumulated, Kind.MONEY),
        Column(_("Net value"), lambda row: row[1].net, Kind.MONEY),
        Column(_("Convention"), lambda _row: convention.value, width=12),
    ]


def _year(line: YearLine) -> int:
    return line.fiscal_year if language() == "th" else line.fiscal_year - 543


def _life(worth: Worth) -> int | None:
    return worth.life_years if worth.depreciable else None


def _convention(worth: Worth) -> str:
    return worth.value.convention.value if worth.value else ""


def _untold(worth: Worth) -> str:
    return str(UNTOLD[Untold(worth.untold)]) if worth.untold else ""


def _word(words: Any, code: str) -> Value:  # noqa: ANN401 - a table of words
    word = words.get(code)
    return str(word) if word else None
