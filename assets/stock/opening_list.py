"""The office's own list of what a store holds, as it is read: a plan or problems for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assets.stock.quantities import checked, checked_value
from assets.stock.states import CLASSES, SupplyClass
from kernel import numbers, thai
from kernel.errors import Refusal
from kernel.i18n import LANGUAGES, pgettext, speaking
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from office.places import sheet
from office.places.sheet import Line

HEADS: Mapping[str, tuple[object, ...]] = {
    "code": (_l("Code"), "รหัส", "รหัสวัสดุ", "รหัสพัสดุ", "code"),
    "name": (_l("Name of the material"), "ชื่อวัสดุ", "รายการ", "รายการวัสดุ", "ชื่อ", "item", "name"),
    "unit": (_lp("stock", "Unit"), "หน่วยนับ", "หน่วย", "unit"),
    "kind": (_l("Class of supplies"), "ประเภท", "ประเภทวัสดุ", "หมวด", "class"),
    "size": (_l("Size or look"), "ขนาด", "ลักษณะ", "ขนาด/ลักษณะ", "ขนาดหรือลักษณะ", "size"),
    "quantity": (_l("Quantity"), "จำนวน", "คงเหลือ", "จำนวนคงเหลือ", "ยอดยกมา", "quantity"),
    "price": (_l("Price for one"), "ราคาต่อหน่วย", "ราคา/หน่วย", "ราคาหน่วยละ", "unit price"),
    "value": (_l("Worth in baht"), "มูลค่า", "ราคารวม", "รวมเงิน", "จำนวนเงิน", "value"),
    "minimum": (_l("Minimum"), "จำนวนอย่างต่ำ", "ขั้นต่ำ", "อย่างต่ำ", "minimum"),
    "target": (_l("Target"), "จำนวนอย่างสูง", "ขั้นสูง", "อย่างสูง", "target", "maximum"),
    "place": (_l("Bin"), "ที่เก็บ", "ชั้น", "ช่อง", "bin"),
    "lot": (_l("Lot"), "ล็อต", "รุ่นผลิต", "lot"),
    "expires": (_lp("stock", "Last day"), "วันหมดอายุ", "หมดอายุ", "expires"),
}
NEEDED = ("code", "name", "unit", "quantity")


@dataclass
class Row:
    """One row of the list: what it says, and what is wrong with it.

    ``item_id`` is the item of this code that exists already; None: it will be entered.
    """

    number: int
    code: str
    name: str
    unit: str
    size: str = ""
    kind: SupplyClass = SupplyClass.OTHER
    quantity: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    target: Decimal | None = None
    place: str = ""
    lot: str = ""
    expires_on: date | None = None
    item_id: int | None = None
    problems: list[str] = field(default_factory=list)


def read(data: bytes) -> list[Row]:
    """Return the rows of a CSV or XLSX file with the problems that can be seen in the file alone.

    Raises:
        Refusal: no list, or none with the columns that are needed.
    """
    rows = [_row(line) for line in sheet.read(data, HEADS, NEEDED)]
    seen: dict[str, int] = {}
    for row in rows:
        key = thai.code_key(row.code)
        if key in seen:
            row.problems.append(_("The code stands in row %(row)s already.", row=seen[key]))
        seen.setdefault(key, row.number)
    return rows


def good(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without problems."""
    return [row for row in rows if not row.problems]


def _row(line: Line) -> Row:
    row = Row(line.number, line.get("code"), line.get("name"), line.get("unit"))
    row.size, row.place, row.lot = line.get("size"), line.get("place"), line.get("lot")
    row.kind = _kind(line.get("kind"))
    for name, label in (
        ("code", _("Code")),
        ("name", _("Name")),
        ("unit", pgettext("stock", "Unit")),
    ):
        if not getattr(row, name):
            row.problems.append(_("“%(label)s” is missing.", label=label))
    quantity = _amount(row, line.get("quantity"))
    if quantity is not None:
        row.quantity = quantity
    row.value = _value(row, line)
    row.minimum = _amount(row, line.get("minimum")) or Decimal(0)
    row.target = _amount(row, line.get("target"))
    if row.target is not None and row.target < row.minimum:
        row.problems.append(_("The target is not below the minimum."))
    row.expires_on = _day(row, line.get("expires"))
    return row


def _amount(row: Row, said: str) -> Decimal | None:
    if not said:
        return None
    try:
        number = numbers.read(said)
        return None if number is None else checked(number, whole=False, zero=True)
    except ValueError as wrong:
        row.problems.append(str(wrong))
    except Refusal as refusal:
        row.problems.append(refusal.message)
    return None


def _value(row: Row, line: Line) -> Decimal:
    """Return the worth of a row: as it says, else quantity times price."""
    price, value = line.get("price"), line.get("value")
    try:
        if value:
            return checked_value(numbers.read_money(value))
        return checked_value((numbers.read_money(price) or Decimal(0)) * row.quantity)
    except ValueError as wrong:
        row.problems.append(str(wrong))
    except Refusal as refusal:
        row.problems.append(refusal.message)
    return Decimal(0)


def _day(row: Row, said: str) -> date | None:
    if not said:
        return None
    try:
        return thai.parse_date(said)
    except ValueError:
        row.problems.append(
            _("“%(typed)s” is not a date. Write it like 1/10/2026.", typed=said[:40])
        )
        return None


def _kind(said: str) -> SupplyClass:
    wanted = thai.search_key(said).removeprefix("วัสดุ")
    for language in LANGUAGES:
        with speaking(language):
            for kind, label in CLASSES.items():
                if wanted and wanted in thai.search_key(str(label)):
                    return kind
    return SupplyClass.OTHER
