"""From a file to a plan: every row that is not blank has its place, and one thing is one item.

Sheets show the same thing several times: the main register, then the room lists. The sheet that
tells the most about its items (the most mapped columns) speaks first, wherever it stands in the
file; a number seen again in another sheet, or in another section of the same sheet, is a match:
never a second item. A number seen again among its own neighbours, or on a thing whose name says
it is something else, is refused: numbers are unique and never guessed (R-N1).
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assets.register.workbook.cells import Book, Sheet
from assets.register.workbook.draft import Draft, read_row
from assets.register.workbook.files import read_book
from assets.register.workbook.headings import SheetMapping, find_mapping
from assets.register.workbook.likeness import alike
from assets.register.workbook.reasons import Reason
from assets.register.workbook.rows import Kind, classify
from assets.register.workbook.vocabulary import section_meaning
from kernel.thai import code_key

Progress = Callable[[int, int], None]
PROGRESS_STEP = 200
_PLACES = frozenset({"room_text", "building_text", "unit_text"})


@dataclass(slots=True)
class PlannedRow:
    """One row of the file and what shall become of it.

    `numbers` are all asset numbers of the row (a range gives many, each its own item of quantity
    one); `asset_number` is the cell's number as a person reads it. `same_as` is the (sheet, row)
    that a match repeats; `room` says whether a match confirms that item's room or proposes one.
    """

    sheet: str
    row: int
    kind: Kind
    reason: Reason | None = None
    asset_number: str | None = None
    quantity: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    remarks: tuple[Reason, ...] = ()
    same_as: tuple[str, int] | None = None
    room: str | None = None

    @property
    def cell(self) -> str | None:
        """The cell the reason is about, such as `C96`, where it is about one."""
        return self.reason.cell if self.reason else None


@dataclass(slots=True)
class Plan:
    """A whole file, row by row in its own order, and how each sheet's headings were read."""

    name: str
    rows: list[PlannedRow]
    mappings: dict[str, SheetMapping]

    def count(self, kind: Kind) -> int:
        """Return how many rows are of one kind."""
        return sum(1 for row in self.rows if row.kind is kind)

    @property
    def items(self) -> Iterator[PlannedRow]:
        """The rows that are things to register."""
        return (row for row in self.rows if row.kind is Kind.ITEM)


def plan_file(
    path: Path,
    *,
    today: dt.date,
    name: str | None = None,
    mappings: Mapping[str, SheetMapping] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Read a file and plan every row; `mappings` overrides what was found, per sheet name.

    Raises `Unreadable` for a file that cannot be read at all. Nothing is written anywhere.
    """
    return plan_book(read_book(path, name=name), today=today, mappings=mappings, progress=progress)


def plan_book(
    book: Book,
    *,
    today: dt.date,
    mappings: Mapping[str, SheetMapping] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan a file already in memory (see `plan_file`)."""
    given = mappings or {}
    chosen = {sheet.name: given.get(sheet.name) or find_mapping(sheet) for sheet in book.sheets}
    meter = _Meter(book.total_rows, progress)
    read = {
        sheet.name: list(_read_sheet(sheet, chosen[sheet.name], today, meter))
        for sheet in book.sheets
    }
    order = sorted(book.sheets, key=lambda sheet: -chosen[sheet.name].weight)
    ledger = _Ledger()
    for sheet in order:
        for entry in read[sheet.name]:
            if entry.draft:
                ledger.settle(entry.row, entry.draft)
    meter.done()
    rows = [entry.row for sheet in book.sheets for entry in read[sheet.name]]
    return Plan(book.name, rows, chosen)


class _Meter:
    """Tells the caller how far the work is, now and then."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.progress, self.count = total, progress, 0

    def step(self) -> None:
        self.count += 1
        if self.progress and self.count % PROGRESS_STEP == 0:
            self.progress(self.count, self.total)

    def done(self) -> None:
        if self.progress:
            self.progress(self.total, self.total)


@dataclass(slots=True)
class _Entry:
    row: PlannedRow
    draft: Draft | None = None


@dataclass(slots=True)
class _Context:
    """What titles, the sheet's name and section rows say about the rows below them."""

    base: dict[str, Any]
    place: dict[str, Any] = field(default_factory=dict)
    group: dict[str, Any] = field(default_factory=dict)
    section: int = 0

    def hear(self, text: str) -> None:
        """Take a section row; a new section takes the place of the last of its sort."""
        meaning = section_meaning(text)
        self.section += 1
        if meaning and set(meaning) <= _PLACES:
            self.place = meaning
        else:
            self.group = meaning

    def all(self) -> dict[str, Any]:
        return {**self.base, **self.place, **self.group}


def _plain_row(sheet: Sheet, row: int, kind: Kind, code: str | None = None) -> _Entry:
    reason = Reason(code or (kind.value if kind is not Kind.REFUSE else "no_headings"))
    return _Entry(PlannedRow(sheet.name, row, kind, reason))


def _sheet_context(sheet: Sheet, mapping: SheetMapping) -> _Context:
    """Start with what the sheet's name and its title rows say (a school, a room, below limit)."""
    base = {
        name: value
        for name, value in section_meaning(sheet.name).items()
        if name in ("below_threshold", "condition", "lifecycle", "room_text")
    }
    if "รับโอน" in sheet.name or "รับบริจาค" in sheet.name:
        base = {"acquire_method": "donated" if "บริจาค" in sheet.name else "transferred"}
    first = min(mapping.header_rows, default=1)
    for row in range(1, first):
        for text in sheet.filled(row).values():
            meaning = section_meaning(text) if len(text) < 120 else {}
            base.update({key: value for key, value in meaning.items() if key in _PLACES})
    return _Context(base)


def _read_sheet(
    sheet: Sheet, mapping: SheetMapping, today: dt.date, meter: _Meter
) -> Iterator[_Entry]:
    number_column, name_column = mapping.column_of("asset_no"), mapping.column_of("name")
    context = _sheet_context(sheet, mapping)
    for row in range(1, len(sheet.rows) + 1):
        meter.step()
        filled = sheet.filled(row)
        if not filled:
            continue
        if mapping.leave_out:
            yield _plain_row(sheet, row, Kind.LEFT_OUT)
        elif not mapping.columns or mapping.needs_choice:
            table = mapping.needs_choice and len(filled) >= 3
            yield _plain_row(sheet, row, Kind.REFUSE if table else Kind.TITLE)
        elif row in mapping.header_rows:
            yield _plain_row(sheet, row, Kind.HEADER)
        elif row < mapping.first_data_row:
            yield _plain_row(sheet, row, Kind.TITLE)
        else:
            number = filled.get(number_column, "") if number_column is not None else ""
            name = filled.get(name_column, "") if name_column is not None else ""
            kind = classify(filled, mapping.columns, number, name)
            if kind is Kind.SECTION:
                context.hear(next(iter(filled.values())))
            if kind is Kind.ITEM:
                draft = read_row(sheet, row, mapping, context.all(), today)
                draft.section = context.section
                yield _Entry(PlannedRow(sheet.name, row, kind), draft)
            else:
                yield _plain_row(sheet, row, kind)


class _Ledger:
    """Who holds which number and which serial, in the order in which the sheets may speak."""

    def __init__(self) -> None:
        self.numbers: dict[str, tuple[PlannedRow, Draft]] = {}
        self.serials: dict[str, tuple[PlannedRow, Draft]] = {}

    def settle(self, row: PlannedRow, draft: Draft) -> None:
        """Decide what an item's row is, given all rows before it."""
        row.fields, row.remarks = draft.fields, tuple(draft.remarks)
        row.numbers = draft.numbers.each
        row.asset_number = draft.numbers.text or None
        row.quantity = draft.fields.get("quantity")
        keys = [code_key(number) for number in draft.numbers.each]
        holders = [self.numbers[key] for key in keys if key in self.numbers]
        nameless = draft.problem is not None and draft.problem.code == "no_name"
        if holders and (draft.problem is None or nameless):
            self._repeat(row, draft, holders, whole=len(holders) == len(keys))
        elif draft.problem is not None:
            row.kind, row.reason = Kind.REFUSE, draft.problem
        elif not keys and (holder := self._same_serial(draft)):
            self._match(row, draft, holder)
        for key in keys:
            self.numbers.setdefault(key, (row, draft))
        self._note_serial(row, draft)

    def _repeat(
        self,
        row: PlannedRow,
        draft: Draft,
        holders: list[tuple[PlannedRow, Draft]],
        *,
        whole: bool,
    ) -> None:
        """Decide about a row whose numbers, or some of them, stand in an earlier row."""
        other, theirs = holders[0]
        about: dict[str, object] = {"number": row.asset_number, "sheet": other.sheet}
        about["row"] = other.row
        cell = draft.number_cell
        ours, known = draft.fields, theirs.fields
        if not whole:
            row.kind, row.reason = Kind.REFUSE, Reason("range_overlaps", about, cell)
        elif not alike(ours, known):
            about["name"] = known.get("name") or "-"
            row.kind, row.reason = Kind.REFUSE, Reason("number_of_another_item", about, cell)
        elif other.sheet == row.sheet and theirs.section == draft.section:
            row.kind, row.reason = Kind.REFUSE, Reason("number_repeated", about, cell)
        else:
            self._match(row, draft, holders[0])

    def _match(self, row: PlannedRow, draft: Draft, holder: tuple[PlannedRow, Draft]) -> None:
        other, theirs = holder
        refused = other.kind is Kind.REFUSE
        row.kind, row.same_as = Kind.MATCH, other.same_as or (other.sheet, other.row)
        code = "in_refused_row" if refused else "in_another_sheet"
        row.reason = Reason(code, {"sheet": row.same_as[0], "row": row.same_as[1]})
        room = draft.fields.get("room_text")
        if room:
            same = code_key(room) == code_key(theirs.fields.get("room_text") or "")
            row.room = "confirmed" if same else "proposed"

    def _same_serial(self, draft: Draft) -> tuple[PlannedRow, Draft] | None:
        """Return the row of another sheet with this serial and a like name (for unnumbered)."""
        holder = self.serials.get(code_key(draft.fields.get("serial_no") or ""))
        if holder and holder[0].sheet != draft.sheet and alike(draft.fields, holder[1].fields):
            return holder
        return None

    def _note_serial(self, row: PlannedRow, draft: Draft) -> None:
        key = code_key(draft.fields.get("serial_no") or "")
        if not key or row.kind is not Kind.ITEM:
            return
        first = self.serials.setdefault(key, (row, draft))[0]
        if first is not row:
            about: dict[str, object] = {"sheet": first.sheet, "row": first.row}
            row.remarks = (*row.remarks, Reason("serial_repeated", about))
