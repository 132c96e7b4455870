"""The refused rows of a file as a workbook: mend them there, and bring only that file in again.

Each sheet keeps its name and headings, so that it is understood as the first file was. The cell
that is wrong is coloured and says why; the last column says it once more. Nothing of what people
typed is taken for a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import xlsxwriter

from assets.register.models import ImportRow
from assets.register.rules.imports import REASON_HEADINGS
from assets.register.words import reason_text
from assets.register.workbook.cells import Book, Sheet, as_text
from kernel.i18n import language

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDEST = 60
NARROWEST = 10
_LETTERS = re.compile(r"^[A-Z]+")


def workbook(book: Book, kept: Sequence[Mapping[str, Any]], rows: Sequence[ImportRow]) -> bytes:
    """Return an XLSX file with the refused rows.

    Args:
        book: the file that was brought in.
        kept: how its sheets were read (``mappings``).
        rows: the refused rows in the order of the file.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    headers = {entry["sheet"]: entry for entry in kept}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as made:
        faces = {
            "head": made.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
            "day": made.add_format({"num_format": "dd/mm/yyyy"}),
            "wrong": made.add_format({"bg_color": "#FBE3DC", "num_format": "@"}),
        }
        for name, group in groupby(rows, key=lambda row: row.sheet):
            page = made.add_worksheet(name)
            _write_sheet(page, faces, sheets[name], headers.get(name, {}), list(group))
    return out.getvalue()


def _write_sheet(
    page: Any,  # noqa: ANN401 - XlsxWriter ships no types
    faces: Mapping[str, Any],
    sheet: Sheet,
    header: Mapping[str, Any],
    rows: Sequence[ImportRow],
) -> None:
    widest = sheet.width
    for column in header.get("columns", ()):
        page.write_string(0, column["column"], column["heading"], faces["head"])
        width = max(map(len, [column["heading"], *column["samples"]]), default=0)
        page.set_column(column["column"], column["column"], min(max(width, NARROWEST), WIDEST))
    why = REASON_HEADINGS[language() == "en"]
    page.write_string(0, widest, why, faces["head"])
    page.set_column(widest, widest, WIDEST)
    page.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        said = reason_text(row.reason, row.detail.get("values", {}))
        wrong = _LETTERS.match(row.cell)
        for column, value in enumerate(sheet.rows[row.row - 1]):
            _write(page, line, column, value, faces)
        if wrong:
            at = _column(wrong[0])
            page.write_string(line, at, as_text(sheet.rows[row.row - 1][at]), faces["wrong"])
            page.write_comment(line, at, said)
        page.write_string(line, widest, f"{row.cell}: {said}" if row.cell else said)


def _write(page: Any, line: int, column: int, value: Any, faces: Mapping[str, Any]) -> None:  # noqa: ANN401
    if value is None or value == "":
        return
    if isinstance(value, dt.date) and value.year >= 1900:
        page.write_datetime(line, column, value, faces["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(line, column, value)
    else:
        page.write_string(line, column, as_text(value)[:32_000])


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
