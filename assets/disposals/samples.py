"""Samples of the papers of a disposal, with a fictitious case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from assets.disposals import papers
from assets.disposals.models import Disposal, DisposalLine, DisposalMember
from assets.disposals.states import Cause, Duty, Method, Origin, State
from assets.register.models import Asset
from assets.register.states import Condition
from office.approvals.papers import Signature
from office.approvals.states import Capacity
from office.papers import specimen
from office.papers.rules import check_mark
from office.papers.specimen import AT, DAY, DIRECTOR, HEAD, LATER, NEXT_DAY, STORE, TEACHER

THINGS = (
    ("เครื่องคอมพิวเตอร์ตั้งโต๊ะ", "7440-001-0011/58", "22000.00"),
    ("เครื่องสำรองไฟฟ้า", "6130-002-0004/58", "3200.00"),
    ("จอภาพแบบแบน ๑๙ นิ้ว", "7440-003-0009/58", "4500.00"),
)


def _case() -> Disposal:
    return specimen.row(
        Disposal,
        number="จน.1/2570",
        unit=specimen.group(),
        fiscal_year=specimen.YEAR,
        state=State.CLOSED,
        origin=Origin.INSPECTION,
        reference="รายงานผลการตรวจสอบพัสดุประจำปี ๒๕๖๙",
        reason="ชำรุดเสื่อมสภาพจากการใช้งานตามปกติ ซ่อมแล้วไม่คุ้มค่า",
        cause=Cause.DAMAGED,
        proposed_by=specimen.person(STORE),
        proposed_by_name=STORE.name,
        proposed_at=AT,
        finding_order_no="1/2570",
        finding_ordered_on=DAY,
        findings_due_on=LATER,
        findings="พัสดุชำรุดจากการใช้งานตามปกติ ไม่มีผู้ต้องรับผิด",
        found_on=LATER,
        method=Method.SELL_SPECIFIC_A,
        method_reason="ราคาได้มารวมกันไม่เกินห้าแสนบาท",
        order_no="2/2570",
        ordered_on=NEXT_DAY,
        carried_out_on=LATER,
        result_doc="บันทึกที่ 3/2570",
        counterparty="ร้านตัวอย่างรับซื้อของเก่า",
        proceeds=Decimal("1500.00"),
        income_ref="ใบนำส่งเงิน 1/2570",
        witnesses=TEACHER.name,
        photos="๓ ภาพ",
        struck_off_on=LATER,
        audit_letter="ศธ 04000/2",
        audit_on=LATER,
        parent_letter="ศธ 04000/3",
        parent_on=LATER,
    )


def _facts() -> papers.Facts:
    lines = [
        specimen.row(
            DisposalLine,
            asset=specimen.row(
                Asset,
                name=name,
                asset_no=number,
                unit_word="เครื่อง",
                acquired_on=date(2015, 1, 15),
                condition=Condition.WORN_OUT,
            ),
            condition=Condition.WORN_OUT,
            cost=Decimal(cost),
            accumulated=Decimal(cost) - 1,
            net=Decimal(1),
        )
        for name, number, cost in THINGS
    ]
    duties = ((HEAD, Duty.CHAIR), (TEACHER, Duty.MEMBER), (STORE, Duty.SECRETARY))
    members = [
        specimen.row(DisposalMember, name=one.name, position=one.position, duty=duty)
        for one, duty in duties
    ]
    signed = Signature(
        step_th="ผู้อำนวยการ",
        step_en="Director",
        name=DIRECTOR.name,
        position=DIRECTOR.position,
        capacity=Capacity.OWN,
        for_name="",
        for_position="",
        at=AT,
        words="อนุมัติ",
        snapshot_hash="0" * 64,
    )
    issued = specimen.issued("บันทึกขออนุมัติจำหน่ายพัสดุ", "จน.1/2570")
    check, pictures = check_mark(issued, specimen.BASE_URL)
    return papers.Facts(lines, members, [signed], check, pictures)


def _paper(name: str, _variant: str) -> bytes:
    return papers.printed(name, _case(), _facts(), office=specimen.OFFICE, above="")


SAMPLES: specimen.Samples = {
    f"disposal-{name}": (title, partial(_paper, name)) for name, title in papers.PAPERS.items()
}
