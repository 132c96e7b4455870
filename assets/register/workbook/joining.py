"""Joining a number that a sheet spreads over several columns: 7440 | 001 | 0001.

One heading (`หมายเลขครุภัณฑ์`) is merged over the columns; the parts below it are digits. The joined
number stands in the first of them and the others become blank, before anything else is read.
"""

import re

from assets.register.workbook.cells import Area, Sheet, as_text
from assets.register.workbook.synonyms import recognise

SEARCHED_ROWS = 60
_PART = re.compile(r"^[\d๐-๙]{1,5}(?:/[\d๐-๙]{1,4})?$")


def join_numbers(sheet: Sheet) -> None:
    """Join split numbers in place; a sheet without a merged number heading stays as it is."""
    for area in list(sheet.merged):
        (top, left), (bottom, right) = area
        if top == bottom < SEARCHED_ROWS and 0 < right - left < 5:
            name, sure = recognise(sheet.text(top + 1, left))
            if name == "asset_no" and sure > 0.7:
                _join(sheet, area)


def _join(sheet: Sheet, area: Area) -> None:
    (top, left), (_bottom, right) = area
    columns, joined, first = range(left, right + 1), 0, 0
    for index in range(top + 1, len(sheet.rows)):
        row = sheet.rows[index]
        parts = [as_text(row[column]).strip() for column in columns]
        if all(map(_PART.match, parts)):
            row[left] = "-".join(parts)
            for column in columns[1:]:
                row[column] = ""
            first, joined = first or index, joined + 1
    if joined:
        sheet.merged.remove(area)
        for index in range(top + 1, first):
            _bracket(sheet, index, left, right)


def _bracket(sheet: Sheet, index: int, left: int, right: int) -> None:
    """Turn the parts' own headings into one remark in brackets, so that none names a column."""
    row = sheet.rows[index]
    words = [as_text(row[column]) for column in range(left, right + 1) if row[column]]
    if words:
        row[left] = f"({', '.join(words)})"
        for column in range(left + 1, right + 1):
            row[column] = ""
