"""The notice of a breach to the Personal Data Protection Committee as PDF.

It says what section 37 (4) and the Committee's rules ask for: what happened, whose and which data
and how many, who can be asked, what may come of it, and what was and will be done. In Thai with
Thai digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kernel import clock
from kernel.thai import format_date, thai_digits
from office.papers import engine

TEMPLATE = Path(__file__).parent / "paper" / "notice.typ"
HOURS = 72


@dataclass(frozen=True)
class Contact:
    """Whom the Committee may ask."""

    name: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Breach:
    """What the notice tells; texts in Thai, moments aware."""

    office: str
    number: str
    title: str
    kind: str
    story: str
    found_at: datetime
    known_at: datetime
    people_kinds: str
    people_count: int
    data_kinds: str
    records_count: int
    systems: str
    risk: str
    consequences: str
    cause: str
    measures: Sequence[tuple[str, str]]
    told: str
    contact: Contact
    sent_at: datetime | None = None
    reference: str = ""
    late_why: str = ""


def notice_pdf(breach: Breach) -> bytes:
    """Return the notice as PDF; the bilingual variant has English glosses beside the labels."""
    rows = [
        ("ลักษณะของเหตุ", "Nature of the breach", f"{breach.kind}: {breach.title}"),
        ("รายละเอียด", "What happened", breach.story),
        ("พบเหตุเมื่อ", "Found", _moment(breach.found_at)),
        ("สำนักงานทราบเหตุเมื่อ", "The office knew", _moment(breach.known_at)),
        ("ระบบหรืออุปกรณ์", "Systems or devices", breach.systems),
        ("เจ้าของข้อมูล", "Data subjects", f"{breach.people_kinds} {_count(breach.people_count)} คน"),
        (
            "ข้อมูลส่วนบุคคล",
            "Personal data",
            f"{breach.data_kinds} {_count(breach.records_count)} รายการ",
        ),
        ("สาเหตุ", "Cause", breach.cause),
        ("ผลกระทบที่อาจเกิดขึ้น", "Likely consequences", breach.consequences),
        ("ระดับความเสี่ยง", "Risk", breach.risk),
        ("การแจ้งเจ้าของข้อมูล", "Telling the data subjects", breach.told),
    ]
    contact = breach.contact
    data = {
        "office": breach.office,
        "number": thai_digits(breach.number),
        "rows": [[th, en, thai_digits(text).strip() or "-"] for th, en, text in rows],
        "measures": [[thai_digits(what), thai_digits(when)] for what, when in breach.measures],
        "contact": [
            ["ชื่อ", contact.name],
            ["ตำแหน่ง", contact.position],
            ["โทรศัพท์", thai_digits(contact.phone)],
            ["อีเมล", contact.email],
        ],
        "sent": _moment(breach.sent_at) if breach.sent_at else "",
        "reference": thai_digits(breach.reference),
        "late_why": thai_digits(breach.late_why),
    }
    return engine.render(TEMPLATE, data)


def _moment(moment: datetime) -> str:
    local = clock.local(moment)
    day = format_date(local.date(), language="th", style="long", digits="thai")
    return f"{day} เวลา {thai_digits(f'{local:%H.%M}')} น."


def _count(number: int) -> str:
    return f"จำนวน {number:,}" if number else "ยังไม่ทราบจำนวน"
