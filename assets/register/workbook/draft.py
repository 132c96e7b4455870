"""Turning one row into the fields of an item, with everything that is wrong with it.

Fields that identify or value a thing refuse the row when they cannot be read (name, number,
serial, date, price, quantity); the others are kept as remarks, so that a bad total or a strange
status loses nothing and stops nothing.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from assets.catalogue.extra_values import PREFIX
from assets.register.workbook import values, vocabulary
from assets.register.workbook.cells import Cell, Sheet, coordinate
from assets.register.workbook.headings import SheetMapping
from assets.register.workbook.numbers import Numbers, read_numbers, split_count
from assets.register.workbook.reasons import Problem, Reason, shown
from kernel import thai

T = TypeVar("T")

_TICKS = frozenset({"✓", "✔", "/", "√", "x", "X", "1", "P", "ü", "๑"})
NAME_LIMIT = 300
LIMITS = {
    "brand": 120, "model": 120, "serial_no": 120, "unit_word": 40, "vendor_name": 200,
    "vendor_address": 400, "vendor_phone": 60, "doc_ref": 120, "class_text": 200,
    "custodian_text": 200, "room_text": 200, "building_text": 200, "unit_text": 200,
    "condition_text": 200,
}  # fmt: skip
_DITTO = frozenset(
    {'"', '"-"', "-”-", "''", "”", "“", "〃", "″", ",,", '-"-', '- " -', '" "', "ditto"}
)
_OWN = frozenset({"asset_no", "serial_no", "_sequence", "old_numbers"})
_MERGED_DOWN = frozenset(
    {
        "name", "description", "brand", "model", "_brand_model", "acquired_on", "_acquired_year",
        "fund_type", "acquire_method", "vendor_name", "vendor_address", "vendor_phone", "doc_ref",
        "unit_text", "building_text", "room_text", "custodian_text", "condition", "class_text",
    }
)  # fmt: skip


_OPTIONAL: tuple[tuple[str, Callable[[Cell], Any]], ...] = (
    ("total_price", values.read_price),
    ("useful_life_years", values.read_years),
    ("dep_rate", values.read_rate),
)


@dataclass(slots=True)
class Draft:
    """One row as read: the fields, the numbers, what refuses it and what is only remarked."""

    sheet: str
    row: int
    fields: dict[str, Any] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=lambda: Numbers("", ()))
    number_cell: str | None = None
    problem: Reason | None = None
    remarks: list[Reason] = field(default_factory=list)
    section: int = 0

    def refuse(self, problem: Problem, cell: str | None) -> None:
        """Keep the first thing that refuses the row."""
        if self.problem is None:
            self.problem = Reason(problem.code, problem.values, cell)

    def remark(self, code: str, cell: str | None = None, **about: object) -> None:
        """Keep something worth telling that does not stop the row."""
        self.remarks.append(Reason(code, about, cell))


def read_row(
    sheet: Sheet,
    row: int,
    mapping: SheetMapping,
    context: Mapping[str, Any],
    today: dt.date,
    above: dict[str, Cell],
) -> Draft:
    """Read one item's row; `context` is what titles and sections above say about it.

    `above` holds the cells of the item's row before, for ditto marks; it is brought up to date.
    """
    draft = Draft(sheet.name, row, fields={"extra": {}})
    cells = {
        name: sheet.cell(row, column, merged_down=_speaks_down(name, mapping.headings.get(column)))
        for column, name in mapping.columns.items()
    }
    for name, cell in cells.items():
        if cell.text in _DITTO and name not in _OWN and name in above:
            cells[name] = replace(above[name], coordinate=cell.coordinate)
    above.update({name: cell for name, cell in cells.items() if not cell.is_blank})
    _read_identity(draft, cells)
    _read_values(draft, cells, today)
    _read_words(draft, cells)
    _read_place(draft, cells)
    _read_extra(draft, sheet, mapping)
    _read_own(draft, cells)
    _read_ticks(draft)
    _apply_context(draft, context)
    _shorten(draft)
    return draft


def _speaks_down(name: str, heading: str | None) -> bool:
    """Whether a cell merged over several rows holds for each: a price only if it is per piece."""
    return name in _MERGED_DOWN or (name == "price" and "หน่วย" in (heading or ""))


def _number_lines(cell: Cell, draft: Draft) -> str:
    """Return the lines of a number cell; lines that give an earlier number are put aside."""
    lines = cell.lines.splitlines()
    earlier = [line for line in lines if "เดิม" in line]
    if earlier and len(earlier) < len(lines):
        old = values.read_old_numbers("\n".join(line.strip("() ") for line in earlier))
        draft.fields.setdefault("old_numbers", []).extend(old)
        return "\n".join(line for line in lines if line not in earlier)
    return cell.lines


def _read_identity(draft: Draft, cells: Mapping[str, Cell]) -> None:
    fields = draft.fields
    quantity = _read_quantity(draft, cells.get("quantity"))
    quantity = _read_numbers(draft, cells, quantity)
    fields["quantity"] = quantity or max(len(draft.numbers.each), 1)
    fields["asset_no"] = draft.numbers.each[0] if draft.numbers.each else None
    for name in ("name", "serial_no"):
        fields[name] = _required(draft, cells.get(name), values.read_text)
    if not fields["name"]:
        cell = cells.get("name")
        draft.refuse(Problem("no_name"), cell.coordinate if cell else None)
    if (cell := cells.get("old_numbers")) and not cell.is_error:
        fields.setdefault("old_numbers", []).extend(values.read_old_numbers(cell.text))


def _required(draft: Draft, cell: Cell | None, read: Callable[[Cell], T]) -> T | None:
    """Read a cell that refuses the row when it cannot be read."""
    if cell is None:
        return None
    try:
        return read(cell)
    except Problem as problem:
        draft.refuse(problem, cell.coordinate)
        return None


def _read_quantity(draft: Draft, cell: Cell | None) -> int | None:
    quantity, word = _required(draft, cell, values.read_quantity) or (None, "")
    if word:
        draft.fields["unit_word"] = word
    return quantity


def _read_numbers(draft: Draft, cells: Mapping[str, Cell], quantity: int | None) -> int | None:
    """Read the number cell and return the quantity, which may be written behind the number."""
    cell = cells.get("asset_no")
    if cell is None:
        return quantity
    draft.number_cell = cell.coordinate
    try:
        values.check_number(cell)
        lines, count = split_count(_number_lines(cell, draft))
        quantity = quantity or count
        draft.numbers = read_numbers(lines, quantity)
        if not draft.numbers.each and not values.is_nothing(cell.text):
            _ignore(draft, "asset_no", cell)
    except Problem as problem:
        at_quantity = problem.code == "range_mismatch" and "quantity" in cells
        draft.refuse(problem, cells["quantity" if at_quantity else "asset_no"].coordinate)
        draft.numbers = Numbers(shown(cell.text, 60), ())
    return quantity


def _read_values(draft: Draft, cells: Mapping[str, Cell], today: dt.date) -> None:
    fields = draft.fields
    day = _required(
        draft, cells.get("acquired_on"), lambda cell: values.read_date(cell, today=today)
    )
    if isinstance(day, int):
        fields["extra"].update(acquired_year=day, acquired_text=cells["acquired_on"].text)
    else:
        fields["acquired_on"] = day
    if (cell := cells.get("_acquired_year")) and cell.text:
        try:
            fields["extra"].setdefault("acquired_year", thai.parse_year(cell.text))
        except ValueError:
            _ignore(draft, "acquired_year", cell)
    fields["price"] = _required(draft, cells.get("price"), values.read_price)
    _keep_words_for_price(draft, cells.get("price"))
    if "price" not in cells:
        _share_total(draft, cells.get("total_price"))
    for name, read in _OPTIONAL:
        if cell := cells.get(name):
            try:
                fields[name] = read(cell)
            except Problem:
                _ignore(draft, name, cell)
    if cell := cells.get("warranty_until"):
        _read_warranty(draft, cell, today)


def _keep_words_for_price(draft: Draft, cell: Cell | None) -> None:
    """Keep what stands where a price should (`รับบริจาค`)."""
    if cell is None or draft.fields["price"] is not None or draft.problem:
        return
    if not values.is_nothing(cell.text):
        _ignore(draft, "price", cell)


def _share_total(draft: Draft, cell: Cell | None) -> None:
    """Where a sheet knows only totals, the price of one is its share, if that is exact."""
    total = _required(draft, cell, values.read_price)
    if total is not None:
        share = total / draft.fields["quantity"]
        if share == share.quantize(values.SATANG):
            draft.fields["price"] = share.quantize(values.SATANG)


def _read_warranty(draft: Draft, cell: Cell, today: dt.date) -> None:
    try:
        day = values.read_date(cell, today=today + dt.timedelta(days=30 * 365))
    except Problem:
        day = 0
    if isinstance(day, int):
        _ignore(draft, "warranty_until", cell)
    else:
        draft.fields["warranty_until"] = day


def _ignore(draft: Draft, name: str, cell: Cell) -> None:
    draft.fields["extra"][name] = cell.text
    if cell.text:
        draft.remark("ignored_value", cell.coordinate, value=shown(cell.text))


def _plain(cells: Mapping[str, Cell], name: str) -> str | None:
    cell = cells.get(name)
    if cell is None or cell.is_error or values.is_nothing(cell.text):
        return None
    return cell.text


def _read_words(draft: Draft, cells: Mapping[str, Cell]) -> None:
    fields = draft.fields
    for name in (
        "description", "brand", "model", "unit_word", "vendor_name", "vendor_address",
        "vendor_phone", "doc_ref", "class_text", "custodian_text", "building_text", "unit_text",
        "note",
    ):  # fmt: skip
        text = _plain(cells, name)
        if text and not fields.get(name):
            fields[name] = text
    if joint := _plain(cells, "_brand_model"):
        fields["brand"], fields["model"] = values.split_brand(joint)
    if text := _plain(cells, "fund_type"):
        fields["fund_type"] = vocabulary.fund_type(text)
        fields["extra"]["fund_text"] = text
    if text := _plain(cells, "acquire_method"):
        method = vocabulary.acquire_method(text)
        if method:
            fields["acquire_method"] = method
        else:
            _ignore(draft, "acquire_method", cells["acquire_method"])
    _read_condition(draft, cells)


def _read_condition(draft: Draft, cells: Mapping[str, Cell]) -> None:
    """Read the condition column; without one, a note that is nothing but a condition counts."""
    fields = draft.fields
    if text := _plain(cells, "condition"):
        fields["condition_text"] = text
        known = vocabulary.condition(text)
        if known is None:
            draft.remark("ignored_value", cells["condition"].coordinate, value=shown(text))
        _set_condition(fields, known)
    elif text := _plain(cells, "note"):
        known = vocabulary.condition(text, exact=True)
        if known:
            fields["condition_text"] = text
            _set_condition(fields, known)


def _read_ticks(draft: Draft) -> None:
    """Read a condition that is ticked in a column of its own (`ดี`, `ชำรุด`, `เสื่อมสภาพ`)."""
    fields = draft.fields
    if fields.get("condition_text"):
        return
    ticked = [name for name, text in fields["extra"].items() if text in _TICKS]
    known = [name for name in ticked if vocabulary.condition(name, exact=True)]
    if len(known) == 1:
        fields["condition_text"] = known[0]
        _set_condition(fields, vocabulary.condition(known[0], exact=True))


def _set_condition(fields: dict[str, Any], known: tuple[str | None, str | None] | None) -> None:
    condition, lifecycle = known or (None, None)
    if condition:
        fields["condition"] = condition
    if lifecycle:
        fields["lifecycle"] = lifecycle


def _read_place(draft: Draft, cells: Mapping[str, Cell]) -> None:
    """Read one place column that may hold a unit, a room and a person at once."""
    fields = draft.fields
    text = _plain(cells, "room_text")
    if not text:
        return
    if vocabulary.is_person(text):
        fields.setdefault("custodian_text", text)
        return
    head, slash, tail = text.partition(" / ")
    if slash and vocabulary.is_unit(head):
        fields.setdefault("unit_text", head.strip())
        text = tail.strip()
    elif vocabulary.is_unit(text) and "unit_text" not in fields:
        fields["unit_text"] = text
        return
    head, slash, tail = text.partition(" / ")
    if slash and vocabulary.is_person(tail):
        fields.setdefault("custodian_text", tail.strip())
        text = head.strip()
    fields["room_text"] = text


def _read_extra(draft: Draft, sheet: Sheet, mapping: SheetMapping) -> None:
    for column, heading in mapping.headings.items():
        if column in mapping.columns:
            continue
        text = sheet.text(draft.row, column)
        if text in _TICKS or not values.is_nothing(text):
            draft.fields["extra"][heading or coordinate(1, column).rstrip("1")] = text[:500]


def _read_own(draft: Draft, cells: Mapping[str, Cell]) -> None:
    """Keep what stands in columns that are extra fields of a class, as it was written."""
    own = {
        name: cell.text[:500]
        for name, cell in cells.items()
        if name.startswith(PREFIX) and not cell.is_error and not values.is_nothing(cell.text)
    }
    if own:
        draft.fields["own"] = own


def _apply_context(draft: Draft, context: Mapping[str, Any]) -> None:
    fields = draft.fields
    for name, value in context.items():
        if name in ("condition", "lifecycle"):
            if not fields.get("condition") and not fields.get("lifecycle"):
                fields[name] = value
        elif not fields.get(name):
            fields[name] = value


def _shorten(draft: Draft) -> None:
    """Keep texts within their columns; a long name goes on in full in the description."""
    fields = draft.fields
    name = fields.get("name")
    if name and len(name) > NAME_LIMIT:
        fields["description"] = "\n".join(filter(None, (name, fields.get("description"))))
        cut = name[:NAME_LIMIT]
        fields["name"] = cut[: cut.rfind(" ")].rstrip() if " " in cut[150:] else cut
        draft.remark("name_shortened")
    for name, limit in LIMITS.items():
        text = fields.get(name)
        if text and len(text) > limit:
            fields["extra"][name] = text[:2000]
            fields[name] = text[:limit]
            draft.remark("ignored_value", value=shown(text))
