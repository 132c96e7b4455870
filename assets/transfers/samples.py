"""Samples of the papers of the room, with fictitious people and things."""

from __future__ import annotations

from datetime import date

from assets.register.models import Asset
from assets.register.states import Condition
from assets.transfers import papers
from assets.transfers.models import Handover, HandoverLine, Transfer, TransferLine
from assets.transfers.states import HandoverState, LineState, TransferKind, TransferState
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, DIRECTOR, HEAD, OFFICE, STORE, TEACHER, TECHNICIAN
from office.places.models import Room


def _things() -> list[Asset]:
    room = specimen.row(Room, name="ห้องปฏิบัติการคอมพิวเตอร์ ๑", name_key="", unit=specimen.school())
    return [
        specimen.row(
            Asset,
            name=name,
            asset_no=number,
            brand="ตัวอย่าง",
            model="A-1",
            serial_no=f"SAMPLE-{number[:4]}",
            unit_word="เครื่อง",
            condition=Condition.GOOD,
            room=room,
        )
        for name, number in (
            ("เครื่องคอมพิวเตอร์ตั้งโต๊ะ", "7440-001-0021/66"),
            ("เครื่องพิมพ์มัลติฟังก์ชัน", "7430-005-0012/66"),
        )
    ]


def _handover(_variant: str) -> bytes:
    handover = specimen.row(
        Handover,
        number="สม.1/2570",
        to_person=specimen.person(TEACHER),
        to_name=TEACHER.name,
        reason="เปลี่ยนผู้รับผิดชอบห้องปฏิบัติการคอมพิวเตอร์",
        proposed_by=specimen.person(STORE),
        proposed_by_name=STORE.name,
        at=AT,
    )
    giver = specimen.person(TECHNICIAN)
    lines = [
        specimen.row(
            HandoverLine,
            asset=asset,
            from_person=giver,
            from_name=giver.name_th,
            state=HandoverState.ACCEPTED,
        )
        for asset in _things()
    ]
    return papers.handover_paper(handover, lines, office=OFFICE)


def _transfer(_variant: str) -> bytes:
    transfer = specimen.row(
        Transfer,
        number="โอน.1/2570",
        kind=TransferKind.FOR_GOOD,
        state=TransferState.ACCEPTED,
        from_unit=specimen.group(),
        to_unit=specimen.school(),
        reason="สนับสนุนห้องเรียนการศึกษาทางไกล",
        letter_no="ศธ 04000/5",
        letter_on=date(2026, 11, 16),
        prepared_by=specimen.person(STORE),
        prepared_at=AT,
        approved_by=specimen.person(DIRECTOR),
        approved_at=AT,
        sent_by=specimen.person(HEAD),
        sent_at=AT,
        answered_by=specimen.person(TEACHER),
        answered_at=AT,
    )
    lines = [
        specimen.row(TransferLine, asset=asset, state=LineState.ARRIVED) for asset in _things()
    ]
    return papers.transfer_paper(transfer, lines, office=OFFICE)


class _Row:
    """One line of what is in somebody's name, as the query returns it."""

    def __init__(self, asset: Asset) -> None:
        self.name, self.brand, self.model = asset.name, asset.brand, asset.model
        self.asset_no, self.serial_no = asset.asset_no, asset.serial_no
        self.quantity, self.unit_word = asset.quantity, asset.unit_word
        self.condition, self.room, self.unit_th = asset.condition, "ห้องปฏิบัติการคอมพิวเตอร์ ๑", ""


def _mine(_variant: str) -> bytes:
    rows = [_Row(asset) for asset in _things()]
    return papers.in_name_of(specimen.person(TEACHER), rows, office=OFFICE)


SAMPLES: specimen.Samples = {
    "handover": (_l("Handover of equipment"), _handover),
    "transfer": (_l("Transfer of equipment between units"), _transfer),
    "in-name-of": (_l("Equipment in the name of one person"), _mine),
}
