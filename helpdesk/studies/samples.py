"""Samples of the four forms with plainly fictitious content, for the gallery; no database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from helpdesk.studies import papers, parts
from helpdesk.studies.papers import Head
from kernel.i18n import speaking
from office.papers import specimen, variant

SYSTEM = "ระบบรับส่งหนังสือราชการ (ตัวอย่าง)"
UNIT = specimen.group().name_th
RECORD: dict[str, Any] = {
    "form": "F12",
    "number": "ศว.1/2570/1",
    "day": "2026-10-20",
    "title": "สภาพปัจจุบันของงานสารบรรณในโรงเรียนตัวอย่าง",
    "unit": UNIT,
    "system": SYSTEM,
    "person": specimen.TECHNICIAN.name,
    "position": specimen.TECHNICIAN.position,
    "words": {
        "current_state": "ลงทะเบียนหนังสือรับและส่งด้วยสมุด เก็บสำเนาเป็นแฟ้มกระดาษตามปีปฏิทิน",
        "problem": "ค้นหาหนังสือเก่าใช้เวลานาน และไม่ทราบว่าเรื่องอยู่กับผู้ใด",
        "data_flows": "โรงเรียน → งานสารบรรณ → ผู้อำนวยการ → กลุ่มงาน\nกลุ่มงาน → งานสารบรรณ → โรงเรียน",
        "stakeholders": "เจ้าหน้าที่ธุรการ ผู้อำนวยการกลุ่ม และครูผู้รับมอบหมายของโรงเรียน",
        "findings": "รับหนังสือเฉลี่ยวันละ 40 ฉบับ ค้นหาเรื่องเดิมใช้เวลาเฉลี่ย 12 นาที",
        "gap": "ไม่มีทะเบียนกลางที่ทุกกลุ่มค้นหาและติดตามสถานะร่วมกันได้",
        "proposal": "จัดทำทะเบียนหนังสืออิเล็กทรอนิกส์ที่ทุกกลุ่มใช้ร่วมกัน",
    },
    "files": ["แผนผังการไหลของเอกสาร.pdf"],
    "photos": [],
}
STUDY: dict[str, Any] = {
    **{name: RECORD[name] for name in ("unit", "system", "person", "position", "photos")},
    "form": "F14",
    "number": "ศว.1/2570-1",
    "edition": 1,
    "day": "2026-10-12",
    "title": "ศึกษาวิเคราะห์ระบบรับส่งหนังสือราชการของสำนักงานตัวอย่าง",
    "records": [RECORD],
    "words": {
        "conclusion": "ระบบเดิมไม่รองรับการค้นหาและการติดตามเรื่องระหว่างกลุ่มงาน",
        "recommendation": "ให้จัดทำทะเบียนหนังสืออิเล็กทรอนิกส์และทดลองใช้กับสองกลุ่มงานก่อน",
        "resources": "เครื่องแม่ข่ายเดิมของสำนักงาน บุคลากร 2 คน ระยะเวลา 3 เดือน",
    },
    "files": ["บันทึกการสัมภาษณ์.pdf"],
}
FIGURES: list[dict[str, Any]] = [
    {"name": "เวลาค้นหาเรื่องเดิม", "unit": "นาที", "better": "less", "before": "12",
     "target": "2", "after": "1.5", "change": "-87.5", "met": True},
    {"name": "เรื่องที่ติดตามสถานะได้", "unit": "ร้อยละ", "better": "more", "before": "35",
     "target": "95", "after": "92", "change": "+162.9", "met": False},
]  # fmt: skip
WORK: dict[str, Any] = {
    **{name: RECORD[name] for name in ("unit", "system", "person", "position", "photos")},
    "form": "F15",
    "number": "พว.1/2570",
    "day": "2026-10-28",
    "title": "ทะเบียนหนังสืออิเล็กทรอนิกส์ของสำนักงานตัวอย่าง",
    "sort": "new",
    "whose": "office",
    "state": "running",
    "starts_on": "2026-11-01",
    "ends_on": "2027-01-31",
    "budget": "12500.00",
    "words": {
        "problem": "ค้นหาหนังสือเก่าใช้เวลานาน และติดตามเรื่องไม่ได้",
        "goal": "ค้นหาเรื่องเดิมได้ภายใน 2 นาที และติดตามสถานะได้ไม่น้อยกว่าร้อยละ 95",
        "method": "รวบรวมความต้องการ\nพัฒนาและทดสอบ\nอบรมผู้ใช้\nทดลองใช้และปรับปรุง",
    },
    "indicators": [{**one, "after": "", "change": "", "met": None} for one in FIGURES],
    "files": ["แผนงาน.pdf"],
}
REPORT: dict[str, Any] = {
    **{name: value for name, value in WORK.items() if name != "state"},
    "form": "F16",
    "number": "พว.1/2570-1",
    "edition": 1,
    "finished_on": "2027-01-29",
    "words": {
        **WORK["words"],
        "result": "พัฒนาและทดลองใช้แล้วเสร็จตามกำหนด ผลตามตัวชี้วัดในตาราง",
        "users": "เจ้าหน้าที่ธุรการและผู้อำนวยการกลุ่มทุกกลุ่ม",
        "benefit": "ลดเวลาค้นหาและลดการโทรศัพท์สอบถามระหว่างกลุ่ม",
        "satisfaction": "ผู้ใช้ชอบการค้นหาด้วยคำสำคัญมากที่สุด",
        "obstacles": "ช่วงแรกผู้ใช้บางส่วนยังลงทะเบียนในสมุดควบคู่กัน",
        "next_steps": "ขยายการใช้งานไปยังโรงเรียนในสังกัด",
    },
    "user_count": 24,
    "satisfaction_mean": "4.52",
    "satisfaction_n": 21,
    "survey": "แบบสำรวจความพึงพอใจต่อทะเบียนหนังสืออิเล็กทรอนิกส์ (ตัวอย่าง)",
    "indicators": FIGURES,
}
COMMENTS = {"F14": ("เห็นชอบตามเสนอ ให้ทดลองใช้ในปีงบประมาณนี้",), "F16": ("ทราบ และขอชมเชยคณะทำงาน",)}


def _drawn(content: Mapping[str, Any], language: str) -> bytes:
    """Print a sample in a variant: ``th``, or ``en`` bilingual; reports carry a signature."""
    code = str(content["form"])
    head = Head(office=specimen.OFFICE, base_url=specimen.BASE_URL)
    if code in COMMENTS:
        with speaking("th"):
            title = str(parts.TITLES[code])
        head = Head(
            office=specimen.OFFICE,
            base_url=specimen.BASE_URL,
            sent_on=specimen.DAY,
            places=[specimen.places()[-1]],
            comments=COMMENTS[code],
            issued=specimen.issued(title, str(content["number"])),
        )
    with variant.printing(language):
        return papers.pdf(content, head)


SAMPLES: specimen.Samples = {
    str(one["form"]): (parts.TITLES[str(one["form"])], partial(_drawn, one))
    for one in (RECORD, STUDY, WORK, REPORT)
}
