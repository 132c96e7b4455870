"""Samples of the papers of the room, with a fictitious person and a drawn portrait."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image, ImageDraw

from kernel.i18n import lazy_gettext as _l
from office.approvals.papers import Signature
from office.approvals.states import Capacity
from office.cards import papers
from office.cards.models import CardDesign, UserCard
from office.cards.papers import Issuer
from office.cards.states import Reason, StaffKind, State
from office.papers import specimen

ISSUER = Issuer(specimen.OFFICE, specimen.OFFICE_EN, specimen.PHONE, specimen.BASE_URL)
WIDTH, HEIGHT = 360, 480


def _portrait(_key: str) -> bytes:
    """Return the outline of a head, as a JPEG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (226, 232, 235))
    pen = ImageDraw.Draw(image)
    pen.ellipse((110, 90, 250, 260), fill=(120, 135, 145))
    pen.ellipse((50, 290, 310, 640), fill=(120, 135, 145))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _card() -> UserCard:
    return specimen.row(
        UserCard,
        id=1,
        unit_id=1,
        unit=specimen.school(),
        person=specimen.person(),
        state=State.HANDED_OVER,
        reason=Reason.FIRST,
        staff_kind=StaffKind.CIVIL_SERVANT,
        name_th=specimen.TEACHER.name,
        name_en="Miss Sommut Jaidee",
        position=specimen.TEACHER.position,
        photo_key="portrait",
        thumbnail_key="portrait",
        code="SAMPLE0000001",
        number="บ.1/2570",
        asked_at=specimen.AT,
        issued_on=specimen.NEXT_DAY,
        valid_until=date(2030, 11, 16),
        issuer_name=specimen.DIRECTOR.name,
        issuer_position=specimen.DIRECTOR.position,
    )


def _request(_variant: str) -> bytes:
    signed = Signature(
        step_th="ผู้อำนวยการ",
        step_en="Director",
        name=specimen.DIRECTOR.name,
        position=specimen.DIRECTOR.position,
        capacity=Capacity.OWN,
        for_name="",
        for_position="",
        at=specimen.AT,
        words="",
        snapshot_hash="0" * 64,
    )
    issued = specimen.issued("แบบคำขอมีบัตรประจำตัวในการใช้งาน", "บ.1/2570")
    return papers.request_pdf(
        _card(), [signed], issued, pictured=True, issuer=ISSUER, read=_portrait
    )


def _cards(_variant: str) -> bytes:
    design = specimen.row(
        CardDesign,
        unit_id=1,
        band="#0f766e",
        ink="#ffffff",
        rules_text="บัตรนี้ใช้แสดงตนเพื่อใช้งานระบบและยืมพัสดุ ห้ามให้ผู้อื่นใช้",
    )
    return papers.cards_pdf([_card()], {1: design}, ISSUER, read=_portrait)


SAMPLES: specimen.Samples = {
    "F07": (_l("Application for a user card"), _request),
    "F08": (_l("User card"), _cards),
}
