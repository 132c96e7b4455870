"""The paper of this room with plainly fictitious data, for the gallery."""

from __future__ import annotations

from datetime import UTC, datetime

from helpdesk.incidents.papers import Breach, Contact, notice_pdf
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen

SAMPLE = Breach(
    office="สำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
    number="หต.3/2570",
    title="ส่งไฟล์รายชื่อผู้เข้าอบรมผิดคน",
    kind="ส่งข้อมูลผิดคน",
    story="เจ้าหน้าที่ส่งอีเมลแนบไฟล์รายชื่อไปยังโรงเรียนอื่น และได้ขอให้ผู้รับลบไฟล์แล้ว",
    found_at=datetime(2026, 11, 16, 2, 15, tzinfo=UTC),
    known_at=datetime(2026, 11, 16, 3, 0, tzinfo=UTC),
    people_kinds="ครูผู้เข้าอบรม",
    people_count=42,
    data_kinds="ชื่อ ตำแหน่ง โทรศัพท์ อีเมล",
    records_count=42,
    systems="ระบบอีเมลของสำนักงาน",
    risk="มีความเสี่ยงต่อสิทธิและเสรีภาพของบุคคล",
    consequences="อาจได้รับอีเมลหรือโทรศัพท์รบกวน",
    cause="เลือกที่อยู่อีเมลผิดจากรายการอัตโนมัติ",
    measures=(
        ("ขอให้ผู้รับลบไฟล์และยืนยันเป็นหนังสือ", "16 พฤศจิกายน 2569"),
        ("ส่งไฟล์ด้วยลิงก์ที่กำหนดสิทธิ์แทนการแนบไฟล์", "30 พฤศจิกายน 2569"),
    ),
    told="แจ้งทางอีเมลเมื่อ 17 พฤศจิกายน 2569",
    contact=Contact("นายสมมุติ ตัวอย่าง", "นักวิชาการคอมพิวเตอร์", "034 000 000", "it@example.test"),
)


def _notice(_variant: str) -> bytes:
    return notice_pdf(SAMPLE)


SAMPLES: specimen.Samples = {"breach-notice": (_l("Notice of a breach of personal data"), _notice)}
