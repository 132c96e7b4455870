"""Sample papers of the room, for the gallery: code → title and how to print it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from helpdesk.minutes import papers
from helpdesk.minutes.papers import Item, Sheet, Who
from helpdesk.minutes.shipped import SECTIONS, adopting_title
from kernel.i18n import mark

OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
CHAIR = Who("ชัย ตัวอย่าง", "ผู้อำนวยการกลุ่ม", "ประธาน")
SECRETARY = Who("ศรี ตัวอย่าง", "นักวิชาการคอมพิวเตอร์", "เลขานุการ")
MEMBERS = (
    Who("เทพ ตัวอย่าง", "เจ้าพนักงานเครื่องคอมพิวเตอร์", "กรรมการ"),
    Who("มาลี ตัวอย่าง", "ครู", "กรรมการ", "กานดา ตัวอย่าง (แทน)"),
)
ITEMS = (
    Item("1", SECTIONS[0], minutes="ประธานแจ้งกำหนดการตรวจติดตามระบบเครือข่ายของสถานศึกษา"),
    Item("2", SECTIONS[1]),
    Item("2.1", adopting_title("2/2569"), resolution="รับรองรายงานการประชุมโดยไม่มีการแก้ไข"),
    Item("3", SECTIONS[2]),
    Item("4", SECTIONS[3]),
    Item(
        "4.1",
        "แผนบำรุงรักษาเครื่องคอมพิวเตอร์ ภาคเรียนที่ 2",
        minutes="ที่ประชุมพิจารณาจำนวนเครื่องและกำลังคนแล้ว เห็นว่าควรออกปฏิบัติงานสัปดาห์ละสองโรงเรียน",
        resolution="เห็นชอบแผนตามที่เสนอ",
        files=("แผนบำรุงรักษา ภาคเรียนที่ 2.pdf",),
        tasks=("จัดทำปฏิทินออกปฏิบัติงาน ผู้รับผิดชอบ เทพ ตัวอย่าง ภายในวันที่ ๓๐ พฤศจิกายน ๒๕๖๙",),
    ),
    Item("5", SECTIONS[4], minutes="ไม่มี"),
)
SHEET = Sheet(
    body="คณะทำงานบำรุงรักษาระบบคอมพิวเตอร์และเครือข่าย",
    number="3/2569",
    unit="กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร",
    starts_at=datetime(2026, 11, 16, 2, 30, tzinfo=UTC),
    place="ห้องประชุม 1 สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง",
    items=ITEMS,
    present=(CHAIR, *MEMBERS, SECRETARY),
    absent=(Who("อนงค์ ตัวอย่าง", "ครู", "กรรมการ", "ติดราชการ"),),
    invited=(CHAIR, *MEMBERS, SECRETARY),
    began_at=datetime(2026, 11, 16, 2, 35, tzinfo=UTC),
    ended_at=datetime(2026, 11, 16, 4, 45, tzinfo=UTC),
    secretary=SECRETARY,
    chair=CHAIR,
)


def _invitation(_language: str) -> bytes:
    return papers.invitation(SHEET, office=OFFICE)


def _minutes(_language: str) -> bytes:
    return papers.minutes(SHEET, office=OFFICE)


SAMPLES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "MT1": (mark("Invitation to a meeting"), _invitation),
    "MT2": (mark("Minutes of a meeting"), _minutes),
}
