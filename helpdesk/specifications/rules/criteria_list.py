"""Reading an edition of the price criteria out of a CSV or XLSX file."""

from __future__ import annotations

import re
from decimal import Decimal

from helpdesk.specifications.rules.criteria import Row
from kernel import thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.places import sheet
from office.places.sheet import Line

HEADS: dict[str, tuple[str, ...]] = {
    "item_no": ("ข้อ", "ลำดับ", "ลำดับที่", "ที่", "เลขที่รายการ", "Item number", "Item", "No."),
    "name": ("รายการ", "ชื่อรายการ", "ชื่อ", "Name"),
    "price": (
        *("ราคา", "ราคา (บาท)", "ราคากลาง", "ราคากลาง (บาท)", "ราคารวม VAT (บาท)"),
        *("ราคารวมภาษีมูลค่าเพิ่ม (บาท)", "Price", "Price (baht)", "Price with VAT (baht)"),
    ),
    "unit_word": ("หน่วย", "หน่วยนับ", "Unit", "Counted in"),
    "page": ("หน้า", "หน้าในประกาศ", "Page", "Page of the notice"),
    "features": (
        *("คุณลักษณะพื้นฐาน", "คุณลักษณะ", "รายละเอียด"),
        *("Basic characteristics", "Characteristics"),
    ),
}
_PER = re.compile(r"/.*$")


def read(data: bytes) -> list[Row]:
    """Return the rows of a file: item number, name and price are needed.

    Refuses what is no list, a list without these heads, and a price that is none, with its row.
    """
    return [_row(line) for line in sheet.read(data, HEADS, ("item_no", "name", "price"))]


def _row(line: Line) -> Row:
    return Row(
        item_no=thai.arabic_digits(line.get("item_no")),
        name=line.get("name"),
        price=_price(line),
        unit_word=line.get("unit_word"),
        page=thai.arabic_digits(line.get("page")),
        features=line.get("features"),
    )


def _price(line: Line) -> Decimal | None:
    """Return a price such as ``17,000 บาท/เครื่อง``."""
    said = _PER.sub("", line.get("price"))
    try:
        return thai.parse_money(said)
    except ValueError:
        raise Refusal(
            _("Line %(number)s: “%(said)s” is not an amount in baht.",
              number=line.number, said=line.get("price")[:40]),
            field="file",
        ) from None  # fmt: skip
