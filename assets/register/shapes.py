"""The shape of a sheet: its headings, by which a reading that a person chose is found again.

Where the table begins does not count, only which headings follow which: a column inserted before
the table, or a title line more, leaves the shape as it is. The sheet's name does not count either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assets.register.import_models import SavedMapping
from assets.register.words import is_field
from assets.register.workbook.cells import Book, Sheet
from assets.register.workbook.headings import SEARCHED_ROWS, SheetMapping, map_columns
from assets.register.workbook.synonyms import heading_key
from kernel.thai import arabic_digits

FEWEST_HEADINGS = 2
LONGEST_HEADING = 60


def fingerprint(headings: Mapping[int, str]) -> str:
    """Return what sheets with the same headings in the same order share; "" for too few.

    Args:
        headings: the texts of the row of headings by column.
    """
    keys = {column: key for column, text in headings.items() if (key := _key(text))}
    if len(keys) < FEWEST_HEADINGS:
        return ""
    first = min(keys)
    told = "\x1f".join(f"{column - first}\x1e{keys[column]}" for column in sorted(keys))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _key(text: str) -> str:
    return heading_key(arabic_digits(text[:LONGEST_HEADING]))


def shape_of(sheet: Sheet, entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the shape of a sheet with the reading that a person chose for it.

    Args:
        sheet: the sheet.
        entry: its reading (see ``mappings``).

    Returns:
        plain JSON, or None where the chosen row holds too few headings to be known again.
    """
    row = min(entry["header_row"], len(sheet.rows)) if sheet.rows else 0
    headings = sheet.filled(row) if row else {}
    mark = fingerprint(headings)
    if not mark:
        return None
    first = min(column for column, text in headings.items() if _key(text))
    return {
        "fingerprint": mark,
        "leave_out": entry["leave_out"],
        "fields": {
            str(column["column"] - first): column["field"]
            for column in entry["columns"]
            if column["field"]
        },
        "headings": [text[:LONGEST_HEADING] for _column, text in sorted(headings.items())],
    }


def recalled(
    book: Book, saved: Sequence[SavedMapping], settled: Collection[str]
) -> dict[str, tuple[str, SheetMapping]]:
    """Return the readings that are known from before, with the name they were kept under.

    Args:
        book: the file.
        saved: what was kept; the first that fits is taken.
        settled: sheets whose reading is decided already.
    """
    known: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for mapping in saved:
        for shape in mapping.shapes:
            known.setdefault(shape["fingerprint"], (mapping.name, shape))
    found = {}
    for sheet in book.sheets if known else ():
        if sheet.name in settled:
            continue
        for row, headings in _candidates(sheet):
            if fit := known.get(fingerprint(headings)):
                found[sheet.name] = fit[0], _reading(sheet, row, headings, fit[1])
                break
    return found


def _candidates(sheet: Sheet) -> Iterator[tuple[int, dict[int, str]]]:
    for row in range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1):
        headings = sheet.filled(row)
        if len(headings) >= FEWEST_HEADINGS:
            yield row, headings


def _reading(
    sheet: Sheet, row: int, headings: Mapping[int, str], shape: Mapping[str, Any]
) -> SheetMapping:
    if shape["leave_out"]:
        return SheetMapping(leave_out=True)
    first = min(column for column, text in headings.items() if _key(text))
    fields = {
        first + int(offset): name
        for offset, name in shape["fields"].items()
        if is_field(name) and first + int(offset) >= 0
    }
    return SheetMapping(
        header_rows=(row,),
        columns=fields,
        headings=map_columns(sheet, (row,)).headings,
        confidence=dict.fromkeys(fields, 1.0),
    )
