"""What the quick reader does not tell about an .xlsx: formulas, error cells, how far a sheet goes.

The XML is only scanned with patterns, never parsed: no entity can be expanded and nothing is run.
"""

import html
import re
import zipfile
from dataclasses import dataclass, field

from assets.register.workbook.cells import Area, coordinate
from assets.register.workbook.reasons import Unreadable

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 1_000, 4_000_000

_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_TOKEN = re.compile(rb"<(?:\w{1,20}:)?(c|f|v|t)(\s[^>]{0,400})?>([^<]*)")
_NAME = re.compile(rb'\br="([A-Z]{1,9})([0-9]{1,12})"')
_MERGE = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell\s[^>]{0,200}?ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"'
)


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
    place, is_error, height, width = (0, 0), False, 0, 0
    for token in _TOKEN.finditer(xml):
        tag, attributes = token[1], token[2] or b""
        if tag == b"c":
            named = _NAME.search(attributes)
            place = (int(named[2]) - 1, _column(named[1])) if named else (0, 0)
            is_error = b't="e"' in attributes
            continue
        if place[0] >= height or place[1] >= width:
            height, width = max(height, place[0] + 1), max(width, place[1] + 1)
            if height > MAX_ROWS or width > MAX_COLUMNS or height * width > MAX_CELLS:
                raise Unreadable(
                    "too_many_cells", sheet=name, cell=coordinate(place[0] + 1, place[1])
                )
        if tag == b"f":
            marks.formulas[place] = html.unescape(token[3].decode("utf-8", "replace"))
        elif tag == b"v" and is_error:
            marks.errors[place] = token[3].decode("utf-8", "replace") or "#?"
    for place in marks.errors:
        marks.formulas.pop(place, None)
    for left, top, right, bottom in _MERGE.findall(xml):
        marks.merged.append(((int(top) - 1, _column(left)), (int(bottom) - 1, _column(right))))
    return marks
