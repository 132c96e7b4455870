"""From a file to a plan: every row that is not blank has its place, and one thing is one item.

Sheets show the same thing several times: the main register, then the room lists. The sheet that
knows the date and the price of its items speaks first, wherever it stands in the file; a number
seen again in another sheet, or in another section of the same sheet, is a match: never a second
item. A number seen again among its own neighbours, or on a thing whose name says it is something
else, is refused: numbers are unique and never guessed (R-N1).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assets.register.workbook.cells import Book, Sheet
from assets.register.workbook.draft import Draft
from assets.register.workbook.files import read_book
from assets.register.workbook.headings import SheetMapping, find_mapping
from assets.register.workbook.likeness import alike
from assets.register.workbook.numbers import loose_key
from assets.register.workbook.planned import PlannedRow
from assets.register.workbook.reading import Meter, Progress, SheetReader
from assets.register.workbook.reasons import Reason
from assets.register.workbook.rows import Kind
from kernel.thai import code_key


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
    chosen = {sheet.name: given.get(sheet.name) or _found(sheet) for sheet in book.sheets}
    meter = Meter(book.total_rows, progress)
    read = {
        sheet.name: list(
            SheetReader(
                sheet, chosen[sheet.name], today, may_remap=sheet.name not in given
            ).entries(meter)
        )
        for sheet in book.sheets
    }
    order = sorted(book.sheets, key=lambda sheet: chosen[sheet.name].rank)
    ledger = _Ledger()
    for sheet in order:
        for entry in read[sheet.name]:
            if entry.draft:
                ledger.settle(entry.row, entry.draft)
    meter.done()
    rows = [entry.row for sheet in book.sheets for entry in read[sheet.name]]
    return Plan(book.name, rows, chosen)


def _found(sheet: Sheet) -> SheetMapping:
    """Return how a sheet reads by itself; a hidden one waits until a person asks for it."""
    mapping = find_mapping(sheet)
    if sheet.hidden:
        mapping.leave_out = True
    return mapping


class _Ledger:
    """Who holds which number and which serial, in the order in which the sheets may speak."""

    def __init__(self) -> None:
        self.numbers: dict[str, tuple[PlannedRow, Draft]] = {}
        self.serials: dict[str, tuple[PlannedRow, Draft]] = {}
        self.loose: dict[str, tuple[PlannedRow, Draft] | None] = {}

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
        elif holder := self._written_otherwise(draft):
            self._match(row, draft, holder)
            about: dict[str, object] = {"number": holder[0].asset_number}
            row.remarks = (*row.remarks, Reason("written_otherwise", about, draft.number_cell))
        for key in keys:
            self.numbers.setdefault(key, (row, draft))
        self._note_loosely(row, draft)
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

    def _written_otherwise(self, draft: Draft) -> tuple[PlannedRow, Draft] | None:
        """Return the one row of another sheet whose like-named thing has this number otherwise."""
        if len(draft.numbers.each) != 1 or not draft.fields.get("name"):
            return None
        holder = self.loose.get(loose_key(draft.numbers.each[0]))
        if holder is None or holder[0].sheet == draft.sheet or not holder[1].fields.get("name"):
            return None
        return holder if alike(draft.fields, holder[1].fields) else None

    def _note_loosely(self, row: PlannedRow, draft: Draft) -> None:
        """Keep a new item's number for other writings; two items of one writing rule it out."""
        if row.kind is Kind.ITEM:
            for number in draft.numbers.each:
                key = loose_key(number)
                self.loose[key] = None if key in self.loose else (row, draft)

    def _note_serial(self, row: PlannedRow, draft: Draft) -> None:
        key = code_key(draft.fields.get("serial_no") or "")
        if not key or row.kind is not Kind.ITEM:
            return
        first = self.serials.setdefault(key, (row, draft))[0]
        if first is not row:
            about: dict[str, object] = {"sheet": first.sheet, "row": first.row}
            row.remarks = (*row.remarks, Reason("serial_repeated", about))
