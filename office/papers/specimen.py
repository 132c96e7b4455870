"""A fictitious office for samples of papers: plain values and rows that no database keeps.

Every room that prints papers shows each of them once in its ``samples.py``: a code, a title, and a
function from the variant to the PDF. The names are invented and say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, inspect

from kernel.db import Model
from office.papers.models import IssuedPaper
from office.people.models import Person
from office.places.models import Unit

Row = TypeVar("Row", bound=Model)
# By code: the title of the paper, and what prints it in a variant (``th``, or ``en`` bilingual).
Samples = Mapping[str, tuple[Any, Callable[[str], bytes]]]

OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
OFFICE_EN = "Sample Secondary Educational Service Area Office"
PHONE = "0 2000 0000"
BASE_URL = "https://desk.example.go.th"
YEAR = 2570
DAY = date(2026, 11, 16)
NEXT_DAY = date(2026, 11, 17)
LATER = date(2026, 11, 30)
AT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    """A fictitious person with the position that papers print."""

    name: str
    position: str


TEACHER = Somebody("นางสาวสมมติ ใจดี", "ครูชำนาญการ")
TECHNICIAN = Somebody("นายตัวอย่าง ขยันยิ่ง", "นักวิชาการคอมพิวเตอร์")
STORE = Somebody("นางทดลอง รอบคอบ", "เจ้าหน้าที่พัสดุ")
HEAD = Somebody("นายสมมุติ มั่นคง", "ผู้อำนวยการกลุ่มตัวอย่าง")
DIRECTOR = Somebody("นางสาวแบบอย่าง สุจริต", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง")


def row(model: type[Row], /, **values: Any) -> Row:  # noqa: ANN401 - columns and relations
    """Return a row that no database keeps, with the defaults its columns would get there."""
    made: dict[str, Any] = {}
    for column in inspect(model).columns:
        default: Any = column.default
        if default is None:
            continue
        if default.is_scalar:
            made[column.key] = default.arg
        elif isinstance(column.type, JSON):
            made[column.key] = default.arg(None)
    return model(**(made | values))


def person(somebody: Somebody = TEACHER) -> Person:
    """Return a person as rooms relate to them."""
    return row(Person, name_th=somebody.name, position=somebody.position, phone=PHONE)


def school() -> Unit:
    """Return a fictitious school."""
    return row(
        Unit,
        code="S01",
        kind="school",
        name_th="โรงเรียนตัวอย่างวิทยา",
        name_en="Tua Yang Wittaya School",
        phone=PHONE,
    )


def group() -> Unit:
    """Return a fictitious group of the office."""
    return row(
        Unit,
        code="G01",
        kind="group",
        name_th="กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร",
        name_en="Distance Education and ICT Group",
        phone=PHONE,
    )


def issued(title_th: str, number: str = "") -> IssuedPaper:
    """Return the record of a signed paper; its code is of no real paper."""
    return row(
        IssuedPaper,
        code="SAMP1E000000",
        kind="sample",
        number=number,
        title_th=title_th,
        content_hash="0" * 64,
        issued_at=AT,
    )


def place(
    role: str, gloss: str, somebody: Somebody | None = None, on: str = "๑๖ พ.ย. ๒๕๖๙"
) -> dict[str, str | None]:
    """Return a place to sign, signed by somebody or empty for the pen."""
    return {
        "role": role,
        "gloss": gloss,
        "note": None,
        "name": somebody.name if somebody else "",
        "position": somebody.position if somebody else "",
        "date": on if somebody else "",
    }


def places() -> list[dict[str, str | None]]:
    """Return the places of a head and a director who have signed."""
    return [
        place("หัวหน้ากลุ่ม", "Head of the group", HEAD),
        place("ผู้อำนวยการ", "Director", DIRECTOR, "๑๗ พ.ย. ๒๕๖๙"),
    ]
