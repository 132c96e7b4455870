"""One sheet in memory: raw values, the text people saw, merged cells, formulas and errors."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache

from kernel.thai import normalize

Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Area = tuple[tuple[int, int], tuple[int, int]]

_LABEL = re.compile(
    r'^=?\s*HYPERLINK\s*\(.*[,;]\s*"((?:[^"]|"")*)"\s*\)\s*$', re.IGNORECASE | re.DOTALL
)
_FUNCTION = re.compile(r"[A-Za-z$(]|\d")
_ERROR = re.compile(r"^#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")


@lru_cache(maxsize=1024)
def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def coordinate(row: int, column: int) -> str:
    """Return a cell's name as Excel shows it; the row counts from 1, the column from 0."""
    return f"{column_letters(column)}{row}"


def as_text(value: Value) -> str:
    """Return a raw value as a person would write it; 117.0 is 117."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, its clean text, where it is, and whether it cannot be trusted."""

    value: Value
    text: str
    coordinate: str
    is_formula: bool = False
    is_error: bool = False
    lines: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all stands in it."""
        return not self.text and not self.is_error and not self.is_formula


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of raw values from A1 on, padded to one width."""

    name: str
    rows: list[list[Value]]
    merged: list[Area] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    _above: dict[tuple[int, int], int] = field(default_factory=dict)
    _last: tuple[int, dict[int, str]] = (0, {})

    def __post_init__(self) -> None:
        for (top, left), (bottom, _right) in self.merged:
            for row in range(top + 1, min(bottom, top + 2000) + 1):
                self._above[(row, left)] = top
        for (row, column), formula in self.formulas.items():
            self._settle_formula(row, column, formula)

    def _settle_formula(self, row: int, column: int, formula: str) -> None:
        """Take a link's label, or what was typed with a stray `=`, as text; nothing is computed."""
        if row >= len(self.rows) or column >= len(self.rows[row]) or self.rows[row][column] != "":
            return
        label = _LABEL.match(formula)
        if label:
            self.rows[row][column] = label[1].replace('""', '"')
        elif formula and not _FUNCTION.search(formula):
            self.rows[row][column] = "=" + formula.lstrip("=")

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """Return the clean text of a cell (row from 1, column from 0); "" outside the sheet."""
        if not 0 < row <= len(self.rows) or not 0 <= column < len(self.rows[row - 1]):
            return ""
        value = self.rows[row - 1][column]
        return normalize(as_text(value)) if value is not None and value != "" else ""

    def filled(self, row: int) -> dict[int, str]:
        """Return the texts of a row's own cells that are not blank, by column."""
        if self._last[0] == row:
            return self._last[1]
        found: dict[int, str] = {}
        for column, value in enumerate(self.rows[row - 1]):
            if value is None or value == "":
                if (row - 1, column) in self.errors:
                    found[column] = self.errors[(row - 1, column)]
                continue
            text = normalize(as_text(value))
            if text:
                found[column] = text
        self._last = (row, found)
        return found

    def cell(self, row: int, column: int, *, merged_down: bool = False) -> Cell:
        """Return a cell; with `merged_down` a cell inside a merged area shows the area's value."""
        at = (row - 1, column)
        if merged_down and at in self._above and self.rows[row - 1][column] in (None, ""):
            at = (self._above[at], column)
        value = self.rows[at[0]][column] if column < len(self.rows[at[0]]) else None
        raw = as_text(value)
        if at[0] == row - 1 == self._last[0] - 1:
            text = self._last[1].get(column, "")
        else:
            text = normalize(raw) if raw else ""
        error = self.errors.get(at) or (
            text if text.startswith("#") and _ERROR.match(text) else None
        )
        return Cell(
            value=value,
            text=error or text,
            coordinate=coordinate(at[0] + 1, column),
            is_formula=at in self.formulas and not text,
            is_error=error is not None,
            lines=raw if "\n" in raw else text,
        )

    def merged_width(self, row: int, column: int) -> int:
        """Return how many columns the merged area that begins in this cell covers (1 if none)."""
        for (top, left), (_bottom, right) in self.merged:
            if (top, left) == (row - 1, column):
                return right - left + 1
        return 1


@dataclass(slots=True)
class Book:
    """A whole file."""

    name: str
    sheets: list[Sheet]

    @property
    def total_rows(self) -> int:
        """Rows of all sheets, blank ones included (the measure of progress)."""
        return sum(len(sheet.rows) for sheet in self.sheets)
