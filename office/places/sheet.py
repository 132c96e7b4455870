"""Reading a small list out of a CSV or XLSX file: header row found, rows as texts by field."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kernel import thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.workbooks import is_bearable
from office.places.words import by_words, plain

MOST_ROWS = 5000
MOST_BYTES = 10 * 1024 * 1024
MOST_CELLS = 1_000_000
HEADER_WITHIN = 15
ENCODINGS = ("utf-8-sig", "cp874")


@dataclass(frozen=True)
class Line:
    """One row of a list: its number in the file, from 1, and the texts by field."""

    number: int
    cells: Mapping[str, str]

    def get(self, field: str) -> str:
        """Return the text of a field, empty where the list has no such column."""
        return self.cells.get(field, "")


def ending_of(data: bytes) -> str:
    """Return ``xlsx`` or ``csv`` by what the file is, whatever it is called."""
    return "xlsx" if data.startswith(b"PK\x03\x04") else "csv"


def rows_of(data: bytes) -> list[list[str]]:
    """Return the rows of a CSV or of the first sheet of a workbook as texts.

    Raises:
        Refusal: not a list, an empty one, or too long a one.
    """
    if not data.strip():
        raise Refusal(_("The file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise Refusal(_("The file is larger than 10 MB; this is no list."), field="file")
    rows = _workbook(data) if ending_of(data) == "xlsx" else _text(data)
    if len(rows) > MOST_ROWS:
        raise Refusal(
            _("The list has more than %(most)s rows. Please split it.", most=MOST_ROWS),
            field="file",
        )
    return rows


def read(data: bytes, heads: Mapping[str, tuple[Any, ...]], needed: Collection[str]) -> list[Line]:
    """Return the rows under the header row that are not blank.

    Args:
        data: the file.
        heads: the column heads that are understood, by field.
        needed: fields without which the list says nothing.

    Raises:
        Refusal: not a list, an empty one, too long a one, or no header row with the needed columns.
    """
    rows = rows_of(data)
    fields = by_words(heads)
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        columns = {i: fields[plain(cell)] for i, cell in enumerate(row) if plain(cell) in fields}
        if set(needed) <= set(columns.values()):
            return _lines(rows, number, columns)
    wanted = ", ".join(str(heads[field][0]) for field in needed)
    raise Refusal(
        _("No row with the column heads was found. The list needs: %(heads)s.", heads=wanted),
        field="file",
    )


def _lines(rows: list[list[str]], header: int, columns: Mapping[int, str]) -> list[Line]:
    lines = []
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = {columns[i]: thai.normalize(cell) for i, cell in enumerate(row) if i in columns}
        if any(cells.values()):
            lines.append(Line(number, {field: cells.get(field, "") for field in columns.values()}))
    return lines


def _workbook(data: bytes) -> list[list[str]]:
    unreadable = Refusal(_("This file cannot be read as a workbook."), field="file")
    if not is_bearable(data):
        raise unreadable
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise unreadable
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise unreadable from error
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _text(data: bytes) -> list[list[str]]:
    if b"\x00" in data or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"\xd0\xcf\x11\xe0")):
        raise Refusal(_("This is not a list. Save it as CSV or XLSX and try again."), field="file")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        top = "\n".join(text.splitlines()[:HEADER_WITHIN])
        delimiter = max(",;\t", key=top.count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    raise Refusal(_("This is not a list. Save it as CSV or XLSX and try again."), field="file")
