"""What stands in each list of the paper set (section 3.1 of the domain), on paper and in a sheet.

One description serves both: a column has its words, its value and its room on A4. A list longer
than ``VOLUME`` lines is printed in several volumes, so that no line is missing and none needs a
gigabyte to be set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assets.counts import material_lists
from assets.counts.list_fields import Field
from assets.counts.models import Round
from assets.counts.queries import materials, receipts, report
from assets.counts.queries.receipts import Receipt
from assets.counts.queries.report import Line, Sums
from assets.counts.states import OUTCOMES
from assets.counts.words import GROUP_WORDS
from assets.register.states import ACQUIRE_METHODS, FUND_TYPES
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import pgettext
from kernel.tables import Column, Kind, Value
from kernel.thai import format_date, thai_digits

# Lines of one file: typst sets 1,000 in two seconds and 200 MB.
VOLUME = 1000
LEDGERS = ("damaged", "worn_out", "missing", "not_needed")
OF_THE_LIST = ("count", *LEDGERS, "mismatch", "uncounted", "remaining")
MATERIALS = (material_lists.MOVES, material_lists.LEFT)
LISTS = ("receipts", *MATERIALS, *OF_THE_LIST, "strangers")
# What the report carries: the ledgers of condition, what differs, and what was not on the list.
REPORTED = (*LEDGERS, "uncounted", "mismatch", "strangers")
TITLES: dict[str, Any] = {
    "receipts": _l("Equipment received in the year, against the register"),
    material_lists.MOVES: _l("Receipts and issues of materials in the year"),
    material_lists.LEFT: _l("Count of the materials by class"),
    "count": _l("Count of the equipment by class"),
    "damaged": _l("Ledger of damaged equipment"),
    "worn_out": _l("Ledger of worn-out equipment"),
    "missing": _l("Ledger of missing equipment"),
    "not_needed": _l("Ledger of equipment that is no longer needed"),
    "mismatch": _l("Equipment whose place or number differs from the register"),
    "uncounted": _l("Equipment that is not counted yet"),
    "remaining": _l("Equipment that remains"),
    "strangers": _l("Equipment found though it was not on the list"),
}
_LONG_RUN = re.compile(r"[!-~]{18,}")
_PIECE = 12


def rows_of(
    viewer: Viewer, one: Round, name: str, *, limit: int | None = None, offset: int = 0
) -> Iterator[Any]:
    """Yield the rows of a list: lines of the frozen list, receipts, materials or strangers."""
    if name in MATERIALS:
        read = materials.moves if name == material_lists.MOVES else materials.left
        return read(viewer, one, limit=limit, offset=offset)
    if name == "receipts":
        return receipts.receipts(viewer, one, limit=limit, offset=offset)
    if name == "strangers":
        return receipts.strangers(viewer, one, limit=limit, offset=offset)
    group = "" if name == "count" else name
    by_class = name in ("count", "remaining")
    return report.lines(viewer, one, group=group, by_class=by_class, limit=limit, offset=offset)


def sizes(viewer: Viewer, one: Round, names: Sequence[str] = LISTS) -> dict[str, Sums]:
    """Return how long lists are, in five queries at most."""
    found = report.sums(viewer, one, [name for name in names if name in OF_THE_LIST])
    if "receipts" in names:
        found["receipts"] = receipts.receipt_sums(viewer, one)
    if material_lists.MOVES in names:
        found[material_lists.MOVES] = materials.move_sums(viewer, one)
    if material_lists.LEFT in names:
        found[material_lists.LEFT] = materials.left_sums(viewer, one)
    if "strangers" in names:
        found["strangers"] = receipts.stranger_sums(viewer, one)
    return found


def volumes(items: int) -> int:
    """Return how many files a list of so many items is printed in."""
    return max(-(-items // VOLUME), 1)


def sheet_columns(name: str) -> list[Column[Any]]:
    """Return the columns of a list for a workbook; a tick is a mark in its cell."""
    found = [Column(_("Unit"), _unit_of)]
    if name in ("count", "remaining", "receipts"):
        found.append(Column(_("Class"), lambda row: row.class_name or _("without a class")))
    if name in MATERIALS:
        found.append(Column(_("Class"), material_lists.class_name))
    for field in fields_of(name):
        value = _marked(field.value) if field.ticks else field.value
        found.append(Column(field.label, value, field.kind))
    return found


def _unit_of(row: Any) -> str:  # noqa: ANN401 - a row of any list
    return str(row.unit)


def _marked(value: Callable[[Any], Value]) -> Callable[[Any], Value]:
    return lambda row: "✓" if value(row) else ""


def for_paper(
    name: str,
    rows: Sequence[Any],
    *,
    first: int = 1,
    total: Sums | None = None,
    several_units: bool = False,
) -> dict[str, Any]:
    """Return a list as ``ruled.typ`` prints it; to be called while Thai is spoken.

    Args:
        name: one of ``LISTS``.
        rows: of this volume.
        first: the number of the first of them in the whole list.
        total: what is said in the last line; left out where more volumes follow.
        several_units: name the unit over its lines, where the list is not by class.
    """
    fields = fields_of(name)
    number = {"label": _("No."), "width": 11, "align": "center", "ticks": False}
    lines, last = [], ""
    for place, row in enumerate(rows, first):
        over = _over(name, row, several_units=several_units)
        cells = [_number(place), *(_cell(field.value(row)) for field in fields)]
        lines.append({"group": over if over != last else "", "cells": cells})
        last = over
    return {
        "columns": [
            number,
            *(
                {"label": f.label, "width": f.width, "align": f.align, "ticks": f.ticks}
                for f in fields
            ),
        ],
        "rows": lines,
        "sum": _sum(name, total) if total is not None and rows else "",
    }


def _over(name: str, row: Any, *, several_units: bool) -> str:  # noqa: ANN401 - a row of any list
    if name in MATERIALS:
        return soft(material_lists.over(row, name, several_units=several_units))
    if name in ("count", "remaining"):
        return soft(row.class_name or _("without a class"))
    return soft(row.unit) if several_units and name != "strangers" else ""


def _sum(name: str, total: Sums) -> str:
    words = _("Together %(items)s items", items=_number(total.items))
    if name in (*LEDGERS, "remaining"):
        return _(
            "Together %(items)s items, %(pieces)s pieces, %(value)s baht",
            items=_number(total.items),
            pieces=_number(total.pieces),
            value=thai_digits(f"{total.value:,.2f}"),
        )
    return words


def _cell(value: Value) -> str | bool:
    if value is None or isinstance(value, bool):
        return value or False
    if isinstance(value, Decimal):
        return thai_digits(f"{value:,.2f}")
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, date):
        return format_date(value, language="th", style="short", digits="thai")
    return soft(value)


def soft(text: str) -> str:
    """Let a long run of Latin letters and digits break, so that it stays in its cell."""
    return _LONG_RUN.sub(
        lambda run: "\u200b".join(run[0][at : at + _PIECE] for at in range(0, len(run[0]), _PIECE)),
        text,
    )


def _number(value: int) -> str:
    return thai_digits(f"{value:,}")


def fields_of(name: str) -> list[Field]:
    """Return the columns of a list after its running number, in the language that is spoken."""
    if name in MATERIALS:
        return material_lists.fields_of(name)
    if name == "receipts":
        return _receipt_fields()
    if name == "strangers":
        return _stranger_fields()
    if name == "count":
        return _count_fields()
    if name == "mismatch":
        return _mismatch_fields()
    return _ledger_fields(remaining=name == "remaining")


def _number_field() -> Field:
    return Field(_("Asset number"), lambda row: row.expected.asset_no or "", 36)


def _item_field() -> Field:
    return Field(_("Item"), lambda row: row.expected.name)


def _ledger_fields(*, remaining: bool) -> list[Field]:
    last = (
        Field(_("Condition"), lambda row: str(GROUP_WORDS[row.group]), 22)
        if remaining
        else Field(_("Cause and remark"), _remark)
    )
    return [
        _item_field(),
        _number_field(),
        Field(_("Acquired on"), lambda row: row.expected.acquired_on, 19, kind=Kind.DAY),
        Field(
            _("How acquired"), lambda row: _word(ACQUIRE_METHODS, row.expected.acquire_method), 20
        ),
        Field(_("Pieces"), lambda row: row.expected.quantity, 13, "right", Kind.WHOLE),
        Field(_("Counted in"), lambda row: row.expected.unit_word, 15),
        Field(_("Price of one (baht)"), lambda row: row.expected.price, 22, "right", Kind.MONEY),
        Field(_("Value"), lambda row: row.value, 24, "right", Kind.MONEY),
        Field(_("Paid from"), lambda row: _word(FUND_TYPES, row.expected.fund_type), 20),
        Field(_("Room"), lambda row: row.room or _("Room not known"), 28),
        last,
    ]


def _count_fields() -> list[Field]:
    def is_group(*groups: str) -> Callable[[Line], bool]:
        return lambda row: row.group in groups

    ticks = [
        (_("Present"), is_group(*report.REMAINING)),
        (_("Absent or lost"), is_group("missing")),
        (_("Usable"), is_group("good")),
        (str(GROUP_WORDS["damaged"]), is_group("damaged")),
        (str(GROUP_WORDS["worn_out"]), is_group("worn_out")),
        (str(GROUP_WORDS["not_needed"]), is_group("not_needed")),
    ]
    return [
        _number_field(),
        _item_field(),
        Field(_("Counted in"), lambda row: row.expected.unit_word, 16),
        Field(_("Pieces on the list"), lambda row: row.expected.quantity, 15, "right", Kind.WHOLE),
        *(Field(label, value, 16, "center", ticks=True) for label, value in ticks),
        Field(_("Remark"), _remark, 52),
    ]


def _mismatch_fields() -> list[Field]:
    return [
        _item_field(),
        _number_field(),
        Field(_("Pieces on the list"), lambda row: row.expected.quantity, 18, "right", Kind.WHOLE),
        Field(_("Pieces counted"), lambda row: row.result.quantity, 18, "right", Kind.WHOLE),
        Field(_("Room"), lambda row: row.room or _("Room not known"), 40),
        Field(_("Found in"), lambda row: row.found_in, 40),
        Field(_("Cause and remark"), _remark, 55),
    ]


def _stranger_fields() -> list[Field]:
    return [
        Field(_("Item"), lambda row: row.asset.name),
        Field(_("Asset number"), lambda row: row.asset.asset_no or "", 38),
        Field(_("In the books of"), lambda row: row.unit, 55),
        Field(_("Found in"), lambda row: row.found_in or _("Room not known"), 42),
        Field(_("Result"), lambda row: str(OUTCOMES[row.outcome].label), 34),
        Field(_("Condition"), lambda row: str(GROUP_WORDS[row.result.condition]), 24),
        Field(_("Remark"), lambda row: row.result.remark),
    ]


def _receipt_fields() -> list[Field]:
    def written(place: int) -> Callable[[Receipt], bool]:
        return lambda row: row.written[place]

    # Words short enough to stand over a tick.
    ticks = (
        _("Item"),
        pgettext("receipt", "Class"),
        _("Features"),
        pgettext("receipt", "Number"),
        _("Paid from"),
        _("How acquired"),
        pgettext("receipt", "Depreciation"),
        _("Room"),
    )
    return [
        Field(_("Acquired on"), lambda row: row.asset.acquired_on, 18, kind=Kind.DAY),
        Field(_("Document"), lambda row: row.asset.doc_ref, 24),
        Field(_("Item"), lambda row: row.asset.name),
        Field(_("Asset number"), lambda row: row.asset.asset_no or "", 33),
        Field(_("Price of one (baht)"), lambda row: row.asset.price, 20, "right", Kind.MONEY),
        *(
            Field(label, written(place), 11, "center", ticks=True)
            for place, label in enumerate(ticks)
        ),
        Field(_("Agrees with the evidence"), lambda _row: None, 16),
        Field(_("Remark"), lambda _row: None, 18),
    ]


def _remark(row: Line) -> str:
    if row.result is None:
        return _("Not counted yet")
    return " ".join(part for part in (row.result.remark, row.result.where) if part)


def _word(words: Any, value: str) -> str:  # noqa: ANN401 - words of a register's choice
    return str(words.get(value, ""))
