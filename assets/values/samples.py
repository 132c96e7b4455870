"""Samples of the papers of the register, with invented items and values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from assets.register.book_value import BookValue, Convention, book_value
from assets.register.models import Asset, Movement
from assets.register.slots import Repair
from assets.register.states import MoveCause
from assets.register.valuation import Worth
from assets.values import papers
from assets.values.queries.books import Figures, Line, Wanted
from assets.values.queries.cards import Card, YearLine
from assets.values.queries.changes import Change, Way, YearOfChanges
from assets.values.queries.summary import By, Row
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, DAY, OFFICE, TEACHER, TECHNICIAN

ACQUIRED, PRICE, LIFE = date(2024, 11, 20), Decimal("23500.00"), 4
WANTED = Wanted(DAY, Convention.A)
SCHOOL, ROOM = "โรงเรียนตัวอย่างวิทยา", "ห้องปฏิบัติการคอมพิวเตอร์ ๑"


def _value() -> BookValue:
    return book_value(PRICE, ACQUIRED, LIFE, DAY)


def _asset() -> Asset:
    return specimen.row(
        Asset,
        asset_no="7440-001-0041/67",
        name="เครื่องคอมพิวเตอร์สำหรับงานประมวลผล",
        description="จอภาพ ๒๔ นิ้ว หน่วยความจำ ๑๖ GB",
        brand="ตัวอย่าง",
        model="PC-24",
        serial_no="SAMPLE-0041",
        unit_word="เครื่อง",
        acquired_on=ACQUIRED,
        price=PRICE,
        fund_type="budget",
        acquire_method="specific",
        vendor_name="ร้านตัวอย่างคอมพิวเตอร์",
        vendor_address="๑ ถนนตัวอย่าง",
        vendor_phone=specimen.PHONE,
        doc_ref="ตร.1/2568",
        useful_life_years=LIFE,
    )


def _worth(asset: Asset) -> Worth:
    number = asset.asset_no or ""
    return Worth(number, asset.name, SCHOOL, ACQUIRED, 1, PRICE, LIFE, True, _value(), None)


def _card_row(asset: Asset) -> Any:  # noqa: ANN401 - a row of the register
    return SimpleNamespace(
        Asset=asset,
        name=asset.name,
        asset_no=asset.asset_no,
        brand=asset.brand,
        model=asset.model,
        acquired_on=ACQUIRED,
        quantity=1,
        unit_word="เครื่อง",
        holder=SCHOOL,
        room=ROOM,
        custodian=TEACHER.name,
        unit_name_th=SCHOOL,
        class_code="7440",
        class_name="ครุภัณฑ์คอมพิวเตอร์",
        class_text="",
        acquire_method="specific",
        doc_ref=asset.doc_ref,
    )


def _sums(items: int = 1) -> Figures:
    found = Figures()
    for _one in range(items):
        found.add(_worth(_asset()))
    return found


def _card() -> Card:
    asset, value = _asset(), _value()
    spent, years = Decimal(0), []
    for year in value.years:
        spent += year.amount
        on = min(date(year.fiscal_year - 543, 9, 30), DAY)
        years.append(YearLine(year.fiscal_year, on, year.amount, spent, PRICE - spent))
    repair = Repair(
        DAY, "ซ.1/2570", "เปลี่ยนแหล่งจ่ายไฟและทำความสะอาดภายในเครื่อง", Decimal("850.00"), "ใช้งานได้ปกติ"
    )
    movement = specimen.row(
        Movement,
        cause=MoveCause.HANDOVER,
        at=AT,
        from_unit_name=SCHOOL,
        to_unit_name=SCHOOL,
        from_room_name="ห้องพัสดุ",
        to_room_name=ROOM,
        from_custodian_name=TECHNICIAN.name,
        to_custodian_name=TEACHER.name,
        reference="สม.1/2570",
    )
    return Card(_card_row(asset), _worth(asset), years, [repair], [movement], None)


def _lines() -> list[Line]:
    asset = _asset()
    return [Line(_card_row(asset), _worth(asset)) for _one in range(3)]


def _cards(_variant: str) -> bytes:
    return papers.cards(WANTED, [_card()], office=OFFICE)


def _repairs(_variant: str) -> bytes:
    return papers.repairs(_card(), WANTED, office=OFFICE)


def _register(_variant: str) -> bytes:
    return papers.register(
        WANTED, _lines(), books_of=OFFICE, part=1, parts=1, brought=Figures(), total=_sums(3)
    )


def _summary(by: By) -> Callable[[str], bytes]:
    named = {By.CLASS: ("7440", "ครุภัณฑ์คอมพิวเตอร์"), By.UNIT: ("S01", SCHOOL)}
    rows = [Row(1, *named[by], _sums(3))]
    return lambda _variant: papers.summary(WANTED, rows, _sums(3), by, books_of=OFFICE)


def _changes(_variant: str) -> bytes:
    asset = _asset()
    came = [Change(Way.ACQUIRED, date(2026, 10, 12), _card_row(asset), _worth(asset))]
    went = [Change(Way.STRUCK_OFF, DAY, _card_row(asset), _worth(asset))]
    first, last = date(2026, 10, 1), date(2027, 9, 30)
    year = YearOfChanges(first, last, _sums(3), _sums(3), came, went)
    return papers.changes(WANTED, specimen.YEAR, year, books_of=OFFICE)


SAMPLES: specimen.Samples = {
    "register-card": (_l("Register card"), _cards),
    "register-repairs": (_l("Maintenance history"), _repairs),
    "register": (_l("Register of equipment"), _register),
    "register-by-class": (_l("Summary of values by class"), _summary(By.CLASS)),
    "register-by-unit": (_l("Summary of values by unit"), _summary(By.UNIT)),
    "register-changes": (_l("Items added and removed in a year"), _changes),
}
