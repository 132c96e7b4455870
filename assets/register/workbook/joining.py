"""Joining what a sheet spreads over several columns: 7440 | 001 | 0001, or วัน | เดือน | ปี.

One heading (`หมายเลขครุภัณฑ์`) is merged over the columns of a number; the parts below it are digits.
A day is headed by its three parts. What is joined stands in the first of the columns and the
others become blank, before anything else is read.
"""

import re

from assets.register.workbook.cells import Area, Sheet, as_text
from assets.register.workbook.synonyms import heading_key, recognise
from kernel.thai import arabic_digits

SEARCHED_ROWS = 60
_DAY = frozenset({"วัน", "วันที่", "day"})
_MONTH = frozenset({"เดือน", "month"})
_YEAR = frozenset({"ปี", "พศ", "ปีพศ", "year"})
_WHOLE_DAY = "วันเดือนปี"
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


def join_dates(sheet: Sheet) -> None:
    """Join days whose parts stand in three columns headed วัน, เดือน and ปี, in place."""
    for index in range(min(len(sheet.rows), SEARCHED_ROWS)):
        keys = [heading_key(as_text(value)) for value in sheet.rows[index]]
        for left in range(len(keys) - 2):
            if keys[left] in _DAY and keys[left + 1] in _MONTH and keys[left + 2] in _YEAR:
                _join_days(sheet, index, left)


def _join_days(sheet: Sheet, head: int, left: int) -> None:
    columns = (left, left + 1, left + 2)
    for index in range(head + 1, len(sheet.rows)):
        row = sheet.rows[index]
        parts = [as_text(row[column]).strip() for column in columns]
        if not any(parts) or any((index, column) in sheet.errors for column in columns):
            continue
        # A text across the table, a title or a total, is no part of a day.
        if not parts[2] and not (parts[0] and parts[1]):
            continue
        row[left] = _day(*parts)
        row[left + 1] = row[left + 2] = ""
    grouped = any(
        bottom == head - 1 and first <= left <= last
        for (_top, first), (bottom, last) in sheet.merged
    )
    sheet.rows[head][left] = "(วัน, เดือน, ปี)" if grouped else _WHOLE_DAY
    sheet.rows[head][left + 1] = sheet.rows[head][left + 2] = ""
    sheet.merged[:] = [area for area in sheet.merged if not _covers(area, head - 1, left)]


def _covers(area: Area, row: int, column: int) -> bool:
    (_top, left), (bottom, right) = area
    return bottom == row and left <= column <= right


def _day(day: str, month: str, year: str) -> str:
    """Return the parts as one text; a day without its month stays one that cannot be read."""
    if not day:
        between = "/" if arabic_digits(month).isdecimal() else " "
        return between.join(part for part in (month, year) if part)
    if arabic_digits(month).isdecimal() or not month:
        return f"{day}/{month or '?'}/{year or '?'}"
    return f"{day} {month} {year or '?'}"
