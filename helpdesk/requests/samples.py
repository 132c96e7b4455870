"""Samples of the papers of requests, filled in by fictitious people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpdesk.requests import materials, papers, works
from helpdesk.requests.fields import Field
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.papers import Facts, Letterhead
from helpdesk.requests.shapes import SIMPLE, Shape
from helpdesk.requests.sorts import Sort
from helpdesk.requests.states import FieldKind, State
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, STORE, TEACHER

HEAD = Letterhead(specimen.OFFICE, specimen.PHONE, specimen.BASE_URL)
LINES = (
    ("ตลับหมึกเลเซอร์ สีดำ", "ตลับ", "4", "2", "2", "ส่วนที่เหลือรอรับเข้าคลัง"),
    ("สายสัญญาณ UTP CAT6", "เมตร", "100", "100", "100", ""),
)


def form(sort: Sort, fields: Sequence[Field]) -> Shape:
    """Return the form of a kind with the fields of a sample, asked of no database."""
    return Shape(
        key=sort.key,
        name_th=sort.name_th,
        name_en=sort.name_en,
        intro_th=sort.intro_th,
        intro_en=sort.intro_en,
        paper_th=sort.paper_th,
        paper_en=sort.paper_en,
        form_no=sort.form_no,
        series=sort.series,
        icon=sort.icon,
        fields=tuple(fields),
        path="",
    )


def printed(
    shape: Shape,
    said: Mapping[str, str],
    more: Mapping[str, Any],
    *,
    title: str = "",
    result: str = "",
) -> bytes:
    """Print a request of a fictitious teacher.

    Args:
        shape: the form.
        said: what was answered, by the key of the field.
        more: what the kind adds to its paper.
        title: the subject.
        result: what came of it.
    """
    number = f"{shape.series}1/2570"
    request = specimen.row(
        ServiceRequest,
        kind=shape.key,
        number=number,
        state=State.APPROVED,
        title=title,
        asker=specimen.person(),
        asker_name=TEACHER.name,
        asker_position=TEACHER.position,
        unit=specimen.school(),
        answers={key: {"value": value, "th": value, "en": ""} for key, value in said.items()},
        made_at=AT,
        sent_at=AT,
        result=result,
    )
    issued = specimen.issued(shape.paper_th, number)
    return papers.printed(request, Facts(shape, more, specimen.places(), issued=issued), HEAD)


def _work(_variant: str) -> bytes:
    said = {
        "what": "เดินสายสัญญาณและติดตั้งจุดกระจายสัญญาณไร้สายเพิ่ม ๒ จุด ที่อาคารเรียน ๒ ชั้น ๓",
        "works": "ระบบเครือข่าย, ติดตั้ง",
        "place": "อาคารเรียน ๒ ชั้น ๓",
        "from": "๑๗ พฤศจิกายน ๒๕๖๙",
        "to": "๓๐ พฤศจิกายน ๒๕๖๙",
        "contact": TEACHER.name,
        "phone": specimen.PHONE,
    }
    return printed(form(works.sort(), works.FIELDS), said, {}, result="ติดตั้งแล้ว ๒ จุด ทดสอบใช้งานได้")


def _materials(_variant: str) -> bytes:
    fields = (
        Field("purpose", FieldKind.LONG, "เพื่อใช้ในงาน", "What for"),
        Field("store", FieldKind.CHOICE, "เบิกจากคลัง", "Store"),
        Field("needed", FieldKind.DATE, "ต้องการใช้วันที่", "Needed on"),
    )
    said = {
        "purpose": "จัดทำเอกสารประกอบการอบรมครูการศึกษาทางไกล",
        "store": "คลังวัสดุกลุ่มตัวอย่าง",
        "needed": "๑๗ พฤศจิกายน ๒๕๖๙",
    }
    keys = ("name", "unit", "requested", "approved", "issued", "note")
    more = {
        "lines": [dict(zip(keys, line, strict=True)) for line in LINES],
        "slips": "บ.1/2570",
        "issuer": _Slip(),
    }
    return printed(form(materials.sort(), fields), said, more)


class _Slip:
    """The last issue slip of the sample: who handed out, who received, when."""

    issuer_name, issuer_position = STORE.name, STORE.position
    receiver_name, receiver_position = TEACHER.name, TEACHER.position
    at = AT


def _memo(_variant: str) -> bytes:
    fields = (
        Field("q1", FieldKind.TEXT, "หัวข้อที่ต้องการ", "Topic"),
        Field("q2", FieldKind.NUMBER, "จำนวนผู้เข้ารับการอบรม (คน)", "How many people"),
        Field("q3", FieldKind.LONG, "รายละเอียด", "Details"),
    )
    shape = Shape(
        key="kind-sample",
        name_th="ขอวิทยากรหรือผู้ให้ความรู้",
        name_en="Ask for a trainer",
        intro_th="",
        intro_en="",
        paper_th="ขอวิทยากรหรือผู้ให้ความรู้",
        paper_en="Ask for a trainer",
        form_no="",
        series="วก.",
        icon="",
        fields=fields,
        path=SIMPLE,
        edition_id=1,
    )
    said = {
        "q1": "การใช้ห้องเรียนออนไลน์อย่างปลอดภัย",
        "q2": "40",
        "q3": "ขอวิทยากรหนึ่งคนและเครื่องฉายภาพ อบรมครึ่งวันเช้าที่ห้องประชุมของโรงเรียน",
    }
    return printed(shape, said, {}, title="ขอวิทยากรอบรมครู")


SAMPLES: specimen.Samples = {
    "F01-issue": (_l("Request for materials and issue slip"), _materials),
    "F04": (_l("Request to carry something out"), _work),
    "memo": (_l("Memo of a request"), _memo),
}
