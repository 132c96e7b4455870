"""Walking down one sheet: which rows are items, and what the rows above say about them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assets.register.workbook.cells import Cell, Sheet, coordinate
from assets.register.workbook.draft import Draft, read_row
from assets.register.workbook.headings import SheetMapping, header_block, map_columns
from assets.register.workbook.planned import PlannedRow
from assets.register.workbook.reasons import Reason
from assets.register.workbook.rows import Kind, classify, section_text
from assets.register.workbook.vocabulary import section_meaning

Progress = Callable[[int, int], None]
PROGRESS_STEP = 200
_PLACES = frozenset({"room_text", "building_text", "unit_text"})
_TABLE_WIDTH = 3
_DIGIT = re.compile(r"[\d๐-๙]")
_ROOM_OF_LIST = re.compile(r"ประจำ(ห้อง\s*\S.*)$")


class Meter:
    """Tells the caller how far the work is, now and then."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.progress, self.count = total, progress, 0

    def step(self) -> None:
        """Count one row."""
        self.count += 1
        if self.progress and self.count % PROGRESS_STEP == 0:
            self.progress(self.count, self.total)

    def done(self) -> None:
        """Tell that all rows are done."""
        if self.progress:
            self.progress(self.total, self.total)


@dataclass(slots=True)
class Entry:
    """A row with its draft, where it is an item's row."""

    row: PlannedRow
    draft: Draft | None = None


@dataclass(slots=True)
class Context:
    """What titles, the sheet's name and section rows say about the rows below them."""

    base: dict[str, Any]
    place: dict[str, Any] = field(default_factory=dict)
    group: dict[str, Any] = field(default_factory=dict)
    section: int = 0

    def hear(self, text: str) -> None:
        """Take a section row; a new section takes the place of the last of its sort."""
        meaning = section_meaning(text)
        self.section += 1
        if meaning and meaning.keys() <= _PLACES:
            self.place = meaning
        else:
            self.group = meaning

    def all(self) -> dict[str, Any]:
        """Return everything said so far; the nearest word wins."""
        return {**self.base, **self.place, **self.group}


def first_context(sheet: Sheet, mapping: SheetMapping) -> Context:
    """Start with what the sheet's name and its title rows say (a school, a room, below limit)."""
    base = {
        name: value
        for name, value in section_meaning(sheet.name).items()
        if name in ("below_threshold", "condition", "lifecycle", "room_text")
    }
    if "รับโอน" in sheet.name or "รับบริจาค" in sheet.name:
        base = {"acquire_method": "donated" if "บริจาค" in sheet.name else "transferred"}
    for row in range(1, min(mapping.header_rows, default=1)):
        for text in sheet.filled(row).values():
            meaning = section_meaning(text) if len(text) < 120 else {}
            if room := _ROOM_OF_LIST.search(text[:120]):
                meaning = {"room_text": room[1]}
            base.update({key: value for key, value in meaning.items() if key in _PLACES})
    return Context(base)


class SheetReader:
    """Reads one sheet from top to bottom; a second table below the first may have other columns."""

    def __init__(
        self, sheet: Sheet, mapping: SheetMapping, today: dt.date, *, may_remap: bool = True
    ) -> None:
        self.sheet, self.mapping, self.today = sheet, mapping, today
        self.may_remap = may_remap
        self.context = first_context(sheet, mapping)
        self.above: dict[str, Cell] = {}
        self.signed = False

    def entries(self, meter: Meter) -> Iterator[Entry]:
        """Yield every row that is not blank."""
        for row in range(1, len(self.sheet.rows) + 1):
            meter.step()
            filled = self.sheet.filled(row)
            if filled:
                yield self._entry(row, filled)

    def _entry(self, row: int, filled: dict[int, str]) -> Entry:
        mapping = self.mapping
        if mapping.leave_out:
            return self._left_out(row)
        if not mapping.columns or mapping.needs_choice:
            table = mapping.needs_choice and len(filled) >= _TABLE_WIDTH
            return self._plain(row, Kind.REFUSE if table else Kind.TITLE)
        if row in mapping.header_rows:
            return self._plain(row, Kind.HEADER)
        if row < mapping.first_data_row:
            return self._plain(row, Kind.TITLE)
        return self._below(row, filled)

    def _left_out(self, row: int) -> Entry:
        hidden = self.sheet.hidden and self.may_remap  # a person's own choice needs no telling
        code = "hidden_sheet" if hidden else Kind.LEFT_OUT.value
        return Entry(PlannedRow(self.sheet.name, row, Kind.LEFT_OUT, Reason(code)))

    def _below(self, row: int, filled: dict[int, str]) -> Entry:
        """Return the entry of a row below the headings."""
        mapping = self.mapping
        names = {
            mapping.columns[column]: text
            for column, text in filled.items()
            if column in mapping.columns
        }
        kind = classify(filled, mapping.columns, names.get("asset_no", ""), names.get("name", ""))
        if kind is Kind.SIGNATURE:
            self.signed = True
        elif kind is Kind.ITEM and self.signed and not any(map(_DIGIT.search, filled.values())):
            return self._plain(row, Kind.SIGNATURE)
        if kind is Kind.ITEM:
            self.signed = False
            draft = read_row(self.sheet, row, mapping, self.context.all(), self.today, self.above)
            draft.section = self.context.section
            return Entry(PlannedRow(self.sheet.name, row, kind), draft)
        if kind is Kind.SECTION:
            text = section_text(filled, mapping.columns)
            self.context.hear(text or next(iter(filled.values())))
        elif kind is Kind.HEADER and self.may_remap:
            self._remap(row)
        return self._plain(row, kind)

    def _remap(self, row: int) -> None:
        """Take the columns of a further table; headings printed again change nothing."""
        again = map_columns(self.sheet, header_block(self.sheet, row))
        if "name" in again.columns.values():
            self.mapping = again

    def _plain(self, row: int, kind: Kind) -> Entry:
        if kind is Kind.REFUSE:
            at = coordinate(row, min(self.sheet.filled(row)))
            return Entry(PlannedRow(self.sheet.name, row, kind, Reason("no_headings", cell=at)))
        return Entry(PlannedRow(self.sheet.name, row, kind, Reason(kind.value)))
