"""Requirements out of Excel: pasted cells or a file, with or without heads, however written.

Understood are a table with heads, a table without (number, requirement, the rest), and plain
lines such as ``1.2 หน่วยความจำหลัก ไม่น้อยกว่า 8 GB``. What cannot be understood becomes the text of a
requirement: nothing that was pasted is lost.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from helpdesk.specifications import sentences
from helpdesk.specifications.rules.drafting import MOST_REQUIREMENTS, RequirementDraft
from helpdesk.specifications.states import Operator
from kernel import thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.places import sheet
from office.places.words import by_words, plain

HEADS: dict[str, tuple[str, ...]] = {
    "number": ("ลำดับ", "ลำดับที่", "ที่", "ข้อ", "No.", "Number"),
    "item": ("รายการที่", "Item"),
    "name": (
        *("คุณลักษณะ", "คุณลักษณะขั้นต่ำ", "คุณลักษณะเฉพาะ", "คุณสมบัติ", "ข้อกำหนด", "รายละเอียด"),
        *("รายการ", "Requirement", "Specification", "Description"),
    ),
    "operator": ("เงื่อนไข", "เครื่องหมาย", "Operator", "Condition", "Measure"),
    "amount": ("ค่า", "จำนวน", "เกณฑ์", "Value", "Amount", "Quantity"),
    "unit": ("หน่วย", "หน่วยนับ", "หน่วยวัด", "Unit", "Unit of measure"),
    "mandatory": ("บังคับ", "ข้อบังคับ", "จำเป็น", "Mandatory", "Required", "Must be met"),
}
HEADER_WITHIN, MOST_CHARACTERS = 10, 200_000
NO = {"ไม่", "ไม่บังคับ", "ไม่จำเป็น", "no", "n", "false", "0", "optional", "ทางเลือก", "-"}
# What leads a line: a dot, "1.", "๒)", or "1.2" before something that is no unit of measure.
_UNITS = "ghz|mhz|hz|gb|tb|mb|gbps|mbps|kva|va|kw|w|v|mm|cm|kg|m|x"
_BULLET = re.compile(
    r"^\s*(?:[-–•▪●*·]+\s+|\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)](?![0-9๐-๙])\s*"
    rf"|[0-9๐-๙]{{1,3}}(?:\.[0-9๐-๙]{{1,3}})+\s+(?!(?:{_UNITS})\b))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]?")


def of_text(pasted: str) -> list[RequirementDraft]:
    """Return the requirements of what was pasted out of a table or a text.

    Refuses nothing at all, more than 200,000 characters, and more than 200 requirements.
    """
    if len(pasted) > MOST_CHARACTERS:
        raise Refusal(_("This is too much at once. Please paste a part of it."), field="pasted")
    clean = pasted.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return of_rows(list(csv.reader(io.StringIO(clean, newline=""), delimiter="\t")))


def of_file(data: bytes) -> list[RequirementDraft]:
    """Return the requirements of a CSV or XLSX file; refuses what is none, and as above."""
    return of_rows(sheet.rows_of(data))


def of_rows(rows: Sequence[Sequence[str]]) -> list[RequirementDraft]:
    """Return the requirements of the rows of a table; refuses as above."""
    lines = [[thai.normalize_lines(cell).replace("\n", " ") for cell in row] for row in rows]
    lines = [row for row in lines if any(row)]
    columns, begin = _columns(lines)
    found = [
        made
        for row in lines[begin:]
        if (made := _of_heads(row, columns) if columns else _of_line(row)) is not None
    ]
    if not found:
        raise Refusal(_("Nothing to take was found in what was sent."), field="pasted")
    if len(found) > MOST_REQUIREMENTS:
        raise Refusal(
            _("A specification has %(most)s requirements at most.", most=MOST_REQUIREMENTS),
            field="pasted",
        )
    return found


def _columns(lines: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Return where each field stands, and the row after the heads; nothing without heads."""
    fields = by_words(HEADS)
    for number, row in enumerate(lines[:HEADER_WITHIN]):
        found: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = fields.get(plain(cell))
            if field is not None:
                found.setdefault(field, column)
        if "name" in found and len(found) > 1:
            return found, number + 1
    return {}, 0


def _of_heads(row: Sequence[str], columns: dict[str, int]) -> RequirementDraft | None:
    cells = {field: row[at] if at < len(row) else "" for field, at in columns.items()}
    name = _BULLET.sub("", cells["name"]).strip()
    if not name:
        return None
    said, amount = cells.get("operator", ""), cells.get("amount", "")
    unit = cells.get("unit", "")
    operator = sentences.operator_of(said)
    if operator is None:  # what is written there is no operator: it belongs to the text
        name, operator = f"{name} {said}", Operator.PLAIN
    if not said and not amount:
        name, operator, amount, more = sentences.taken_apart(name)
        unit = unit or more
    elif amount and not unit:
        amount, unit = sentences.measured(amount)
    number = thai.arabic_digits(cells.get("item", "")).strip(". ")
    return RequirementDraft(
        name=name[:500],
        operator=operator,
        amount=amount[:200],
        unit_word=unit[:40],
        mandatory=cells.get("mandatory", "").strip().casefold() not in NO,
        item=int(number) if number.isdecimal() and 0 < len(number) < 4 else 1,
    )


def _of_line(row: Sequence[str]) -> RequirementDraft | None:
    """Return the requirement of a row without heads: a leading number is left out."""
    cells = [cell for cell in row if cell]
    if len(cells) > 1 and _NUMBER.fullmatch(cells[0]):
        cells = cells[1:]
    text = _BULLET.sub("", " ".join(cells)).strip()
    if not text:
        return None
    name, operator, amount, unit = sentences.taken_apart(text)
    return RequirementDraft(name[:500], operator, amount[:200], unit[:40])
