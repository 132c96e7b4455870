"""Samples of the papers of a repair, with fictitious people and things."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from assets.register.models import Asset
from assets.vendors.models import Vendor
from helpdesk.repairs import papers
from helpdesk.repairs.models import Cost, OutsideRepair, Signature
from helpdesk.repairs.rules.cover import Cover
from helpdesk.repairs.states import CostKind, Outside, Way
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.states import Cause, Outcome, State
from kernel.i18n import lazy_gettext as _l
from office.approvals.papers import Signature as Approver
from office.approvals.states import Capacity
from office.papers import specimen
from office.papers.specimen import AT, DAY, DIRECTOR, LATER, NEXT_DAY, OFFICE, TEACHER, TECHNICIAN

RESOLVED = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)


def _ticket() -> Ticket:
    asset = specimen.row(
        Asset,
        name="เครื่องพิมพ์เลเซอร์ ขาวดำ",
        asset_no="7430-005-0003/64",
        serial_no="SAMPLE-0001",
        brand="ตัวอย่าง",
        model="P-100",
        acquired_on=date(2021, 3, 1),
        price=Decimal(8900),
        warranty_until=date(2023, 2, 28),
        vendor_name="ร้านตัวอย่างคอมพิวเตอร์",
    )
    return specimen.row(
        Ticket,
        number="ซ.1/2570",
        token="sample",  # noqa: S106 - no secret: the row is never kept
        unit=specimen.school(),
        place_text="ห้องปฏิบัติการคอมพิวเตอร์ ชั้น ๒",
        subject="กระดาษติด",
        detail="พิมพ์แล้วกระดาษติดทุกครั้ง มีเสียงดังที่ถาดป้อนกระดาษ",
        state=State.CLOSED,
        reporter=specimen.person(),
        assignee=specimen.person(TECHNICIAN),
        asset=asset,
        opened_at=AT,
        resolved_at=RESOLVED,
        closed_at=RESOLVED,
        outcome=Outcome.FIXED,
        cause=Cause.HARDWARE,
        action_taken="เปลี่ยนลูกยางดึงกระดาษและทำความสะอาดชุดป้อนกระดาษ ทดสอบพิมพ์แล้วใช้งานได้ปกติ",
        repair_cost=Decimal("1020.50"),
    )


def _outside(ticket: Ticket) -> OutsideRepair:
    vendor = specimen.row(
        Vendor,
        name="ร้านตัวอย่างคอมพิวเตอร์",
        tax_id="0000000000000",
        phone=specimen.PHONE,
        contact="คุณทดสอบ",
    )
    return specimen.row(
        OutsideRepair,
        number="สซ.1/2570",
        ticket=ticket,
        vendor=vendor,
        approval_id=1,
        state=Outside.BACK,
        sent_on=NEXT_DAY,
        expected_on=LATER,
        condition_out="ฝาหลังมีรอยขีดข่วน เปิดติด",
        accessories="สายไฟ",
        quoted=Decimal(900),
        works=True,
        back_on=LATER,
        back_note="เปลี่ยนชุดดึงกระดาษ",
        paid=Decimal(900),
    )


def _notice(_variant: str) -> bytes:
    ticket = _ticket()
    costs = [
        specimen.row(
            Cost,
            kind=CostKind.PART,
            what="ลูกยางดึงกระดาษ",
            amount=Decimal("120.50"),
            receipt_no="ร.7",
            on_day=NEXT_DAY,
        ),
        specimen.row(
            Cost, kind=CostKind.OUTSIDE, what="ค่าซ่อมภายนอก", amount=Decimal(900), on_day=LATER
        ),
    ]
    approver = Approver(
        step_th="ผู้อำนวยการ",
        step_en="Director",
        name=DIRECTOR.name,
        position=DIRECTOR.position,
        capacity=Capacity.OWN,
        for_name="",
        for_position="",
        at=AT,
        words="",
        snapshot_hash="0" * 64,
    )
    done = papers.Done(
        story=[specimen.row(TicketEntry, act="accepted", at=AT, actor_role="technician")],
        costs=costs,
        minutes=95,
        outside=_outside(ticket),
        approvers=[approver],
        signature=specimen.row(Signature, way=Way.CARD, name=TEACHER.name, at=RESOLVED),
    )
    return papers.notice(ticket, done, office=OFFICE, made_at=RESOLVED)


def _sending(_variant: str) -> bytes:
    outside = _outside(_ticket())
    cover = Cover(until=DAY.replace(year=2027), who="ร้านตัวอย่างคอมพิวเตอร์")
    return papers.sending(outside, office=OFFICE, sender=TECHNICIAN.name, cover=cover)


SAMPLES: specimen.Samples = {
    "F02": (_l("Repair notice"), _notice),
    "repair-sending": (_l("Delivery note for a repair outside"), _sending),
}
