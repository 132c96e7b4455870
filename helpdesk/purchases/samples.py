"""Samples of the papers of purchases, with a fictitious shop and invented prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from assets.register.models import Asset
from assets.vendors.models import Vendor
from helpdesk.purchases import amounts, order_paper, papers
from helpdesk.purchases.models import Budget, Purchase, PurchaseLine, PurchaseMember
from helpdesk.purchases.order_models import Delivery, DeliveryLine, OrderLine, PurchaseOrder
from helpdesk.purchases.papers import Letterhead
from helpdesk.purchases.rules import instalments
from helpdesk.purchases.rules.instalments import InstalmentDraft
from helpdesk.purchases.states import PAPER_TITLES, Into, Kind, Method, State, Vat
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, HEAD, LATER, STORE, TEACHER, TECHNICIAN

OFFICE = Letterhead(specimen.OFFICE, specimen.PHONE, specimen.BASE_URL)
GOODS = (
    ("เครื่องคอมพิวเตอร์โน้ตบุ๊ก สำหรับงานประมวลผล", "3", "เครื่อง", "24000.00", "23500.00"),
    ("ตลับหมึกเลเซอร์ สีดำ", "10", "ตลับ", "", "2100.00"),
)
SERVICES = {
    Kind.INTERNET: {
        "place": "อาคารเรียน ๑ และ ๒",
        "users": "850",
        "bandwidth": "1000/500 Mbps",
        "period": "๑ ธันวาคม ๒๕๖๙ ถึง ๓๐ กันยายน ๒๕๗๐",
        "responsible": TECHNICIAN.name,
    },
    Kind.WEB_SPACE: {
        "content": "เว็บไซต์เผยแพร่ผลงานของโรงเรียน",
        "subdomain": "tuayang.example.go.th",
        "quota": "10 GB",
        "period": "๑ ธันวาคม ๒๕๖๙ ถึง ๓๐ กันยายน ๒๕๗๐",
        "responsible": TECHNICIAN.name,
    },
}
INSTALMENTS = (
    InstalmentDraft(Decimal(70), None, "ส่งมอบพัสดุครบถ้วนและตรวจรับแล้ว", LATER),
    InstalmentDraft(Decimal(30), None, "ติดตั้งและอบรมการใช้งาน", LATER),
)
WORK = (("ค่าบริการตลอดระยะเวลา", "1", "งาน", "", "36000.00"),)


def _lines(kind: Kind) -> list[PurchaseLine]:
    return [
        specimen.row(
            PurchaseLine,
            position=place,
            goes_into=Into.NOTHING if kind in SERVICES else Into.REGISTER,
            what=what,
            quantity=Decimal(count),
            unit_word=unit,
            unit_price=Decimal(price),
            standard_price=Decimal(standard) if standard else None,
            market_price=Decimal(price),
        )
        for place, (what, count, unit, standard, price) in enumerate(
            WORK if kind in SERVICES else GOODS, 1
        )
    ]


def _purchase(kind: Kind) -> Purchase:
    members = [
        specimen.row(PurchaseMember, position=place, person=specimen.person(one))
        for place, one in enumerate((HEAD, TEACHER, STORE), 1)
    ]
    return specimen.row(
        Purchase,
        kind=kind,
        number="ขซ.1/2570",
        state=State.APPROVED,
        title=PAPER_TITLES[kind][1],
        asker=specimen.person(),
        asker_name=TEACHER.name,
        asker_position=TEACHER.position,
        unit=specimen.group(),
        reason="เพื่อใช้ในการจัดการเรียนการสอนทางไกลและงานเอกสารของกลุ่ม",
        scope="ตามรายละเอียดคุณลักษณะเฉพาะแนบท้าย",
        price_source="สืบราคาจากท้องตลาดสามราย",
        budget=specimen.row(
            Budget,
            unit=specimen.group(),
            fiscal_year=specimen.YEAR,
            source="budget",
            project="โครงการพัฒนาการศึกษาทางไกล",
            amount=Decimal(500000),
        ),
        due_on=LATER,
        method=Method.SMALL,
        criterion="เกณฑ์ราคา",
        vat=Vat.INCLUDED,
        service=SERVICES.get(kind, {}),
        made_at=AT,
        sent_at=AT,
        lines=_lines(kind),
        members=members,
    )


def _report(kind: Kind) -> Callable[[str], bytes]:
    issued = specimen.issued(PAPER_TITLES[kind][0], "ขซ.1/2570")
    return lambda _variant: papers.printed(_purchase(kind), specimen.places(), issued, OFFICE)


def _order() -> PurchaseOrder:
    purchase = _purchase(Kind.GOODS)
    vendor = specimen.row(Vendor, name="ร้านตัวอย่างคอมพิวเตอร์")
    cost = amounts.total((line.cost for line in purchase.lines), Vat(purchase.vat)).whole
    return specimen.row(
        PurchaseOrder,
        purchase=purchase,
        vendor=vendor,
        document="สซ.1/2570",
        ordered_on=specimen.NEXT_DAY,
        due_on=LATER,
        made_at=AT,
        instalments=instalments.rows(INSTALMENTS, cost, LATER),
        lines=[
            specimen.row(
                OrderLine,
                line=line,
                quantity=line.quantity,
                unit_price=line.unit_price,
                received=line.quantity,
            )
            for line in purchase.lines
        ],
    )


def _ordered(_variant: str) -> bytes:
    return order_paper.order_pdf(_order(), OFFICE)


def _acceptance(_variant: str) -> bytes:
    order = _order()
    items = [specimen.row(Asset, name="", asset_no=f"7440-001-005{at}/70") for at in (1, 2, 3)]
    lines = [
        specimen.row(
            DeliveryLine,
            order_line=line,
            quantity=line.quantity,
            value=line.quantity * line.unit_price,
            items=items if place == 0 else [],
        )
        for place, line in enumerate(order.lines)
    ]
    delivery = specimen.row(
        Delivery,
        order=order,
        number="ตร.1/2570",
        document="สง.1/2570",
        delivered_on=date(2026, 11, 27),
        accepted_on=LATER,
        warranty_until=date(2029, 11, 30),
        committee=[[one.name, one.position] for one in (HEAD, TEACHER, STORE)],
        slip_number="ร.1/2570",
        value=sum((line.value for line in lines), Decimal(0)),
        accepted_by=STORE.name,
        at=AT,
        lines=lines,
    )
    return papers.acceptance_pdf(delivery, OFFICE, [delivery])


SAMPLES: specimen.Samples = {
    "F01": (_l("Report of a purchase"), _report(Kind.GOODS)),
    "F01-hire": (_l("Report of a hire"), _report(Kind.HIRE)),
    "F01-internet": (_l("Request for an internet service"), _report(Kind.INTERNET)),
    "F01-web-space": (_l("Request for space for a website"), _report(Kind.WEB_SPACE)),
    "order": (_l("Order to a vendor"), _ordered),
    "acceptance": (_l("Acceptance of goods"), _acceptance),
}
