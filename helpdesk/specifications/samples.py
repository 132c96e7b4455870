"""Samples of the two papers, with fictitious people, shops and prices; no database is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assets.vendors.models import Vendor
from helpdesk.specifications import papers
from helpdesk.specifications.comparison_models import (
    Comparison,
    ComparisonMember,
    Finding,
    Offer,
    OfferPrice,
)
from helpdesk.specifications.models import (
    Requirement,
    Specification,
    SpecInstalment,
    SpecItem,
    SpecMember,
)
from helpdesk.specifications.papers import Letterhead
from helpdesk.specifications.rules.sorts import COMPARISON, SPECIFICATION
from helpdesk.specifications.states import Method, Operator, Result, State
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, HEAD, STORE, TEACHER, TECHNICIAN

OFFICE = Letterhead(specimen.OFFICE, specimen.BASE_URL)
REQUIREMENTS = (
    ("หน่วยประมวลผลกลาง (CPU) จำนวนแกนหลัก", Operator.AT_LEAST, "4", "แกนหลัก", True),
    ("หน่วยความจำหลัก (RAM) ชนิด DDR4", Operator.OR_BETTER, "", "", True),
    ("ขนาดหน่วยความจำหลัก (RAM)", Operator.AT_LEAST, "8", "GB", True),
    ("น้ำหนักรวมแบตเตอรี่", Operator.AT_MOST, "2.0", "กิโลกรัม", True),
    ("มีกระเป๋าสำหรับบรรจุเครื่อง", Operator.PLAIN, "", "", False),
)
SELLERS = (
    ("ร้านตัวอย่างคอมพิวเตอร์", "แบบสาธิต ก 14", "18500.00", "11121"),
    ("บริษัท สาธิตเทคโนโลยี จำกัด", "แบบสาธิต ข 15", "17900.00", "11113"),
    ("ห้างหุ้นส่วนจำกัด ทดลองไอที", "แบบสาธิต ค 14", "16400.00", "11131"),
)
INSTALMENTS = (
    (60, "ส่งมอบเครื่องครบถ้วนและคณะกรรมการตรวจรับแล้ว", 30),
    (40, "ติดตั้งโปรแกรมและอบรมการใช้งานครบทุกเครื่อง", 45),
)
RESULTS = {"1": Result.COMPLY, "2": Result.BETTER, "3": Result.NOT_COMPLY}
GROUP = (HEAD, TEACHER, STORE)


def _item() -> SpecItem:
    requirements = [
        specimen.row(
            Requirement,
            id=place,
            position=place,
            name=name,
            operator=operator,
            amount=amount,
            unit_word=unit,
            mandatory=mandatory,
        )
        for place, (name, operator, amount, unit, mandatory) in enumerate(REQUIREMENTS, 1)
    ]
    return specimen.row(
        SpecItem,
        id=1,
        position=1,
        name="เครื่องคอมพิวเตอร์โน้ตบุ๊ก สำหรับงานสำนักงาน",
        quantity=Decimal(10),
        unit_word="เครื่อง",
        unit_price=Decimal(19_000),
        criterion_text="ตัวอย่าง ธ.ค. 2568 ข้อ ต.5 เครื่องคอมพิวเตอร์โน้ตบุ๊ก สำหรับงานสำนักงาน",
        criterion_price=Decimal(19_000),
        requirements=requirements,
    )


def _specification() -> Specification:
    return specimen.row(
        Specification,
        number="คณ.1/2570",
        state=State.APPROVED,
        title="เครื่องคอมพิวเตอร์โน้ตบุ๊ก จำนวน 10 เครื่อง",
        author_name=TECHNICIAN.name,
        author_position=TECHNICIAN.position,
        sent_at=AT,
        median_price=Decimal(190_000),
        budget=Decimal(200_000),
        items=[_item()],
        payments=[
            specimen.row(
                SpecInstalment, position=place, percent=Decimal(percent), delivers=what, days=days
            )
            for place, (percent, what, days) in enumerate(INSTALMENTS, 1)
        ],
        members=[
            specimen.row(SpecMember, position=place, person=specimen.person(one))
            for place, one in enumerate(GROUP, 1)
        ],
        **TEXTS,
    )


TEXTS = {
    "background": "เครื่องคอมพิวเตอร์โน้ตบุ๊กเดิมใช้งานมานานกว่า 7 ปี ชำรุดบ่อยและไม่คุ้มค่าการซ่อม",
    "objective": "เพื่อใช้ปฏิบัติงานนอกสถานที่ ประชุมทางไกล และนิเทศการเรียนการสอน",
    "qualification": "1. มีความสามารถตามกฎหมาย\n2. ไม่เป็นบุคคลล้มละลาย\n3. เป็นผู้มีอาชีพขายพัสดุที่จัดซื้อ",
    "delivery": "ส่งมอบภายใน 30 วัน นับถัดจากวันลงนามในใบสั่งซื้อ ณ สำนักงาน",
    "price_source": "เกณฑ์ราคากลาง (ตัวอย่าง) ธ.ค. 2568",
    "budget_source": "งบดำเนินงาน โครงการพัฒนาระบบไอซีที ปีงบประมาณ 2570",
    "instalments": "",
    "penalty": "ร้อยละ 0.20 ต่อวัน ของราคาพัสดุที่ยังไม่ได้รับมอบ",
    "group_order": "คำสั่งแต่งตั้งคณะทำงานที่ 1/2570",
}


def _offer(number: int, specification: Specification) -> Offer:
    name, product, price, found = SELLERS[number]
    return specimen.row(
        Offer,
        id=number + 1,
        position=number + 1,
        vendor=specimen.row(Vendor, name=name),
        product=product,
        document=f"QT-{number + 101}",
        offered_on=date(2026, 11, 12),
        chosen=number == 1,
        prices=[specimen.row(OfferPrice, item_id=1, unit_price=Decimal(price))],
        findings=[
            specimen.row(
                Finding,
                requirement_id=requirement.id,
                result=RESULTS[mark],
                page=str(requirement.position + 1),
                remark="เสนอ 2.3 กิโลกรัม" if mark == "3" and requirement.mandatory else "",
            )
            for requirement, mark in zip(specification.requirements, found, strict=True)
        ],
    )


def _f05(_variant: str) -> bytes:
    paper = specimen.issued(SPECIFICATION.title_th, "คณ.1/2570")
    return papers.specification_pdf(_specification(), paper, OFFICE)


def _f06(_variant: str) -> bytes:
    specification = _specification()
    one = specimen.row(
        Comparison,
        number="ปท.1/2570",
        state=State.APPROVED,
        title=specification.title,
        author_name=TECHNICIAN.name,
        author_position=TECHNICIAN.position,
        sent_at=AT,
        method=Method.LOWEST,
        specification=specification,
        recommendation="ผ่านคุณลักษณะเฉพาะทุกข้อบังคับและเสนอราคาต่ำสุดในรายที่ผ่าน",
        offers=[_offer(number, specification) for number in range(len(SELLERS))],
        members=[
            specimen.row(ComparisonMember, position=place, person=specimen.person(one))
            for place, one in enumerate(GROUP, 1)
        ],
    )
    return papers.comparison_pdf(one, specimen.issued(COMPARISON.title_th, "ปท.1/2570"), OFFICE)


SAMPLES: specimen.Samples = {
    "F05": (_l("Specification"), _f05),
    "F06": (_l("Comparison of offers"), _f06),
}
