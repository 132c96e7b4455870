"""What Outlook wraps into winmail.dat is taken out; what stays closed is kept and said."""

from __future__ import annotations

from base64 import encodebytes
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from helpdesk.mail_in import rounds
from helpdesk.mail_in.models import IncomingMail, MailFile
from helpdesk.mail_in.reading import read
from helpdesk.mail_in.states import State
from helpdesk.tickets.models import Ticket, TicketPhoto
from kernel.db import db
from kernel.files import store
from tests.factories.pictures import picture
from tests.helpdesk.mail_in.letters import attribute, properties, with_files, wrapped

if TYPE_CHECKING:
    from config import Settings
    from tests.cast import Cast

NEW = attribute(2, 0x9002, 6, b"\x01\x00" + b"\x00" * 12)
NOTE = "รายการเครื่องที่เสีย: 7440-001-0051/70".encode()


def named(title: bytes) -> bytes:
    return attribute(2, 0x8010, 1, title + b"\x00")


def content(data: bytes) -> bytes:
    return attribute(2, 0x800F, 6, data)


def inside(*found: tuple[int, int, bytes]) -> bytes:
    return attribute(2, 0x9005, 6, properties(*found))


LONG_NAME = inside((0x3707, 0x1F, "รายการ.txt\0".encode("utf-16-le")), (0x3705, 3, b"\1\0\0\0"))
BODY = attribute(1, 0x800C, 2, "เครื่องพิมพ์ไม่ทำงาน\0".encode("cp874"))
MAIL_INSIDE = NEW + named(b"mail.msg") + content(b"x" * 9) + inside((0x3705, 3, b"\5\0\0\0"))


def came(data: bytes, text: str = "") -> IncomingMail:
    raw = with_files(("winmail.dat", data, "application/ms-tnef"), text=text)
    rounds.keep_raw(raw, size=len(raw), whole=True)
    rounds.read_kept()
    return db.session.scalars(select(IncomingMail).order_by(IncomingMail.id.desc())).first()  # type: ignore[return-value]


def test_text_photos_and_documents_of_outlook_stand_on_the_ticket(
    cast: Cast, office: Settings
) -> None:
    photo = NEW + named(b"IMG_1.JPG") + content(picture("JPEG"))
    row = came(wrapped(BODY, photo, NEW, named(b"LIST~1.TXT"), content(NOTE), LONG_NAME))
    assert row.state == State.TICKET
    ticket = db.session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
    assert ticket is not None
    assert "เครื่องพิมพ์ไม่ทำงาน" in ticket.detail
    assert db.session.scalar(select(func.count(TicketPhoto.id))) == 1
    [kept] = db.session.scalars(select(MailFile)).all()
    assert (kept.name, store().read(kept.file_key), kept.remark) == ("รายการ.txt", NOTE, "")


@pytest.mark.parametrize("broken", ["cut off", "another sum", "a mail inside", "nothing in it"])
def test_what_stays_closed_is_kept_and_said_beside_what_was_opened(
    cast: Cast, office: Settings, broken: str
) -> None:
    whole = wrapped(BODY, NEW, named(b"list.txt"), content(NOTE))
    data = {
        "cut off": whole + attribute(2, 0x9002, 6, b"\x01" * 14)[:-6],
        "another sum": whole + NEW[:-1] + b"\xff",
        "a mail inside": whole + MAIL_INSIDE,
        "nothing in it": b"\x78\x9f\x3e\x22rest",
    }[broken]
    assert came(data, "ดูไฟล์แนบ").state == State.TICKET
    kept = {one.name: one for one in db.session.scalars(select(MailFile))}
    assert store().read(kept["winmail.dat"].file_key) == data
    assert "เปิดได้ไม่ครบ" in kept["winmail.dat"].remark
    opened = broken != "nothing in it"
    assert ("list.txt" in kept, len(kept)) == (opened, 1 + opened)


PIECES = [
    BODY,
    NEW,
    named(b"a"),
    content(b"b"),
    LONG_NAME,
    MAIL_INSIDE,
    b"\x02\x05\x90\x06\x00\xff",
]
HEAD_OF_A_WRAPPING = (
    b"From: malee@school.test\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n"
)


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=30)), max_size=12))
def test_any_patchwork_of_a_wrapping_is_read(pieces: list[bytes]) -> None:
    data = wrapped(*pieces)
    for one in (data, data[: len(data) * 2 // 3], data.replace(b"\x90", b"\x80")):
        mail = read(HEAD_OF_A_WRAPPING + encodebytes(one))
        assert all(file.data for file in mail.files)
