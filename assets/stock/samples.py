"""Samples of the papers of the store, with invented materials."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assets.stock import papers
from assets.stock.ledger_models import StockSlip, StockSlipLine
from assets.stock.models import StockBalance, StockItem, Store
from assets.stock.queries.cards import Card, CardLine
from assets.stock.states import SlipKind, SupplyClass
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, DAY, DIRECTOR, NEXT_DAY, OFFICE, STORE, TEACHER


def _store() -> Store:
    return specimen.row(
        Store,
        unit=specimen.group(),
        code="ST1",
        name_th="คลังวัสดุกลุ่มตัวอย่าง",
        place="ห้องพัสดุ ชั้น ๑",
    )


def _item(code: str, name: str, unit: str) -> StockItem:
    return specimen.row(
        StockItem,
        code=code,
        name_th=name,
        unit_th=unit,
        supply_class=SupplyClass.COMPUTER,
        size="ขนาดมาตรฐาน",
    )


def _slip(_variant: str) -> bytes:
    paper = specimen.row(
        StockSlip,
        number="บ.1/2570",
        kind=SlipKind.ISSUE,
        store=_store(),
        posted_on=DAY,
        at=AT,
        purpose="ซ่อมบำรุงเครื่องพิมพ์ของโรงเรียนตัวอย่างวิทยา",
        requester_name=TEACHER.name,
        requester_position=TEACHER.position,
        requester_unit="โรงเรียนตัวอย่างวิทยา",
        approver_name=DIRECTOR.name,
        approver_position=DIRECTOR.position,
        issuer_name=STORE.name,
        receiver_name=TEACHER.name,
        receiver_position=TEACHER.position,
        reference="ซ.1/2570",
    )
    things = (
        ("TN-001", "ตลับหมึกเลเซอร์ สีดำ", "ตลับ", 2, 18, "4200.00"),
        ("UTP-05", "สายสัญญาณ UTP CAT6", "เมตร", 50, 255, "750.00"),
    )
    lines = [
        specimen.row(
            StockSlipLine,
            item=_item(code, name, unit),
            asked=Decimal(count),
            done=Decimal(count),
            left_after=Decimal(left),
            value=Decimal(value),
        )
        for code, name, unit, count, left, value in things
    ]
    return papers.slip(paper, lines, office=OFFICE)


def _card(_variant: str) -> bytes:
    item = _item("TN-001", "ตลับหมึกเลเซอร์ สีดำ", "ตลับ")
    store = _store()
    price = Decimal("2100.00")

    def line(on: date, party: str, document: str, moved: int, left: int) -> CardLine:
        return CardLine(
            on, party, document, price, Decimal(moved), price * moved,
            Decimal(left), price * left, "",
        )  # fmt: skip

    lines = [
        line(date(2026, 10, 5), "ร้านตัวอย่างคอมพิวเตอร์", "ร.1/2570", 20, 25),
        line(DAY, "โรงเรียนตัวอย่างวิทยา", "บ.1/2570", -2, 23),
        line(NEXT_DAY, "กลุ่มตัวอย่าง", "บ.2/2570", -5, 18),
    ]
    card = Card(
        store, item, specimen.YEAR, date(2026, 10, 1), date(2027, 9, 30),
        Decimal(5), price * 5, lines,
    )  # fmt: skip
    balance = specimen.row(
        StockBalance, minimum=Decimal(5), target=Decimal(30), average_value=price
    )
    return papers.card(card, balance, ["ชั้น ก-๒"], office=OFFICE)


SAMPLES: specimen.Samples = {
    "issue-slip": (_l("Issue slip of materials"), _slip),
    "stock-card": (_l("Stock card"), _card),
}
