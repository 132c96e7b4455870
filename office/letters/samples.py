"""Sample papers of the room, for the gallery: code → title and how to print it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kernel.i18n import mark
from office.letters.papers import Line, register
from office.letters.states import Book

OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
GROUP = "กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร"
DAY = date(2026, 11, 2)
LINES_IN = (
    Line(
        1, "ศธ 04999/1520", DAY, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", OFFICE,
        "การสำรวจข้อมูลระบบเครือข่ายของสถานศึกษา ประจำปีการศึกษา 2569",
        "ตอบแล้วตามหนังสือที่ ศธ 04123/1", "ด่วนที่สุด · แบบสำรวจ 1 ชุด",
    ),
    Line(
        2, "ศธ 04123.05/88", DAY, "โรงเรียนตัวอย่างวิทยา", OFFICE, "ขอยืมเครื่องฉายภาพและกล้องวิดีโอ",
        "เทพ ตัวอย่าง", "",
    ),
    Line(3, "", DAY, "บริษัท ตัวอย่าง จำกัด", OFFICE, "ใบเสนอราคา", "ยกเลิก: ลงซ้ำกับเลข 2", ""),
)  # fmt: skip
LINES_OUT = (
    Line(
        1, "ศธ 04123/1", DAY, GROUP, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
        "ส่งข้อมูลระบบเครือข่ายของสถานศึกษา", "", "แบบสำรวจ 1 ชุด",
    ),
    Line(2, "ศธ 04123/2", DAY, GROUP, "โรงเรียนตัวอย่างวิทยา", "อนุญาตให้ยืมพัสดุ", "", ""),
)  # fmt: skip


def _letters_in(_language: str) -> bytes:
    return register(Book.IN, 2569, LINES_IN, unit=GROUP, office=OFFICE)


def _letters_out(_language: str) -> bytes:
    return register(Book.OUT, 2569, LINES_OUT, unit=GROUP, office=OFFICE)


SAMPLES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "L13": (mark("Register of letters in"), _letters_in),
    "L14": (mark("Register of letters out"), _letters_out),
}
