"""What the quick reader does not tell about an .xlsx: formulas, error cells, how far a sheet goes.

The XML is only scanned with patterns, never parsed: no entity can be expanded and nothing is run.
"""

import html
import re
import zipfile
from dataclasses import dataclass, field

from assets.register.workbook.cells import Area
from assets.register.workbook.reasons import Unreadable

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 1_000, 4_000_000

_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)",
    re.DOTALL,
)
_NAME = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_RESULT = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>", re.DOTALL)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


@dataclass(slots=True)
class Marks:
    """Of one sheet, by (row, column) from 0: formula texts, error texts, merged areas."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number - 1


def _attributes(text: str) -> dict[str, str]:
    return {name.split(":")[-1]: html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet lies, by the sheet's name."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for text in _RELATION.findall(relations):
        relation = _attributes(text)
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[relation.get("Id", "")] = path
    sheets = (_attributes(text) for text in _SHEET.findall(book))
    return {
        sheet.get("name", ""): targets[sheet["id"]]
        for sheet in sheets
        if sheet.get("id") in targets
    }


def scan(name: str, xml: bytes) -> Marks:
    """Scan one sheet's XML; raises `Unreadable` when a cell lies too far out to be a table."""
    marks = Marks()
    last_row = last_column = 0
    for found in _CELL.finditer(xml):
        place = _NAME.search(found[1])
        content = found[2]
        if not place or not content:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        last_row, last_column = max(last_row, row), max(last_column, column)
        if (
            (last_row + 1) * (last_column + 1) > MAX_CELLS
            or row >= MAX_ROWS
            or (column >= MAX_COLUMNS)
        ):
            raise Unreadable(
                "too_many_cells", sheet=name, cell=(place[1] + place[2]).decode("ascii")
            )
        if b't="e"' in found[1]:
            result = _RESULT.search(content)
            marks.errors[(row, column)] = result[1].decode("utf-8", "replace") if result else "#?"
        elif b"<f" in content or b":f" in content:
            formula = _FORMULA.search(content)
            if formula:
                text = (formula[1] or b"").decode("utf-8", "replace")
                marks.formulas[(row, column)] = html.unescape(text)
    for left, top, right, bottom in _MERGE.findall(xml):
        marks.merged.append(((int(top) - 1, _column(left)), (int(bottom) - 1, _column(right))))
    return marks
