"""Every paper of the room, with its Thai read out: vowels and tone marks stay whole."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.jobs import flag_due
from assets.loans.later_models import FollowUpLetter
from assets.loans.models import LoanLine
from assets.loans.rules import letters, returning
from assets.loans.rules.asking import Meeting
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.thai import thai_digits
from kernel.work import work
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, open_day
from tests.factories.loans import make_loan
from tests.factories.office import make_person, sign_in, viewer_for
from tests.office.papers import paper_reading as reading

DUE = date(2026, 11, 27)
THING = "เครื่องฉายภาพดิจิทัลพร้อมที่ตั้งจอใหญ่"
SECOND = "กล้องน้ำหนักเบาสำหรับเก็บภาพกิจกรรม"
PURPOSE = "จัดประชุมที่ปรึกษาผู้ปกครองเรื่องพื้นที่ปั๊มน้ำและฐานข้อมูลญี่ปุ่น"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def teacher(cast: Cast) -> Person:
    return make_person(unit=cast.school, name_th="นางสาวน้ำผึ้ง ตั้งใจดูแลผู้เรียน", position="ครูผู้ช่วย")


def read(client: FlaskClient, path: str) -> list[str]:
    """Return the text of every page of a paper; where it is printed its size is A4."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "application/pdf"
    assert set(reading.sizes_mm(answer.data)) == {(210.0, 297.0)}
    return reading.texts(answer.data)


def missing(text: str, *parts: str) -> list[str]:
    return [part for part in parts if reading.bare(part) not in text]


def test_f03_the_request_says_what_is_borrowed_why_and_where(
    client: FlaskClient, cast: Cast, teacher: Person
) -> None:
    day = open_day(1)
    meeting = Meeting(
        kind="both",
        title="ประชุมผู้อำนวยการโรงเรียนทั้งจังหวัด",
        starts_at=kernel_clock.at(day, time(9)),
        ends_at=kernel_clock.at(day, time(12)),
        place_text="ห้องประชุมใหญ่ชั้นที่ ๒",
    )
    made = make_approved(
        teacher,
        make_asset(class_id=make_class(name_th="เครื่องเสียงเคลื่อนที่").id),
        purpose=PURPOSE,
        place_kind="outside",
        place_text="หอประชุมเฉลิมพระเกียรติ",
        meeting=meeting,
    )
    sign_in(client, teacher)
    text = "".join(read(client, f"/loans/requests/{made.id}/paper.pdf"))
    assert missing(
        text,
        "แบบบันทึกขอยืม",
        thai_digits(made.number or "?"),
        teacher.name_th,
        "ครูผู้ช่วย",
        "เครื่องเสียงเคลื่อนที่",
        PURPOSE,
        "หอประชุมเฉลิมพระเกียรติ",
        meeting.title,
        meeting.place_text,
        "ข้อ ๒๐๗–๒๑๑",
        cast.chai.name_th,
    ) == []  # fmt: skip


def test_r_l6_the_slip_has_every_place_to_sign_and_the_undertakings(
    client: FlaskClient, cast: Cast, teacher: Person
) -> None:
    loan = make_loan(
        make_asset(name=THING), borrower=teacher, officer=cast.sri, purpose=PURPOSE, due_on=DUE
    )
    sign_in(client, cast.sri)
    text = "".join(read(client, f"/loans/{loan.id}/slip.pdf"))
    assert missing(
        text,
        "ใบยืมพัสดุ",
        thai_digits(loan.number),
        THING,
        teacher.name_th,
        PURPOSE,
        cast.sri.name_th,
        "๒๗ พฤศจิกายน ๒๕๖๙",
        "ข้อ ๒๐๙",
        "ซ่อมแซม",
        "ผู้ยืม",
        "หัวหน้าหน่วยงานผู้ยืม",
        "เจ้าหน้าที่พัสดุ",
        "ผู้อนุมัติ",
        "ผู้ส่งมอบ",
        "ผู้รับมอบ",
        "ผู้ส่งคืน",
        "ผู้รับคืน",
    ) == []  # fmt: skip


def test_r_l5_the_receipt_says_how_each_thing_came_back(
    client: FlaskClient, cast: Cast, teacher: Person
) -> None:
    good, broken = make_asset(name=THING), make_asset(name=SECOND)
    make_loan(good, broken, borrower=teacher, due_on=DUE)
    with work():
        returning.take_back(
            [
                Return(good.id, Outcome.GOOD, ""),
                Return(broken.id, Outcome.DAMAGED, "ฝาปิดเลนส์หักและจอร้าว"),
            ],
            by=viewer_for(cast.sri),
        )
    line = db.session.scalars(select(LoanLine.id).order_by(LoanLine.id)).first()
    sign_in(client, cast.sri)
    text = "".join(read(client, f"/loans/receipts/{line}.pdf"))
    assert missing(
        text,
        "ใบรับคืนพัสดุ",
        THING,
        SECOND,
        "ฝาปิดเลนส์หักและจอร้าว",
        "ชำรุด",
        teacher.name_th,
        cast.sri.name_th,
        "ข้อ ๒๐๙",
    ) == []  # fmt: skip


def test_r_l4_the_follow_up_letter_is_an_official_letter(
    client: FlaskClient, cast: Cast, teacher: Person, clock: Clock
) -> None:
    loan = make_loan(make_asset(name=THING), borrower=teacher, due_on=DUE)
    clock.set(kernel_clock.at(date(2026, 12, 4), time(6, 30)))
    flag_due()
    letter = db.session.scalars(select(FollowUpLetter)).one()
    with work():
        one = db.session.get_one(FollowUpLetter, letter.id)
        lines = db.session.scalars(select(LoanLine)).all()
        letters.send(one, lines, "ศธ 04001/123", date(2026, 12, 4), by=viewer_for(cast.sri))
    sign_in(client, cast.sri)
    text = "".join(read(client, f"/loans/letters/{letter.id}.pdf"))
    assert missing(
        text,
        "ศธ ๐๔๐๐๑/๑๒๓",
        "๔ ธันวาคม ๒๕๖๙",
        "เรื่อง",
        "เรียน",
        teacher.name_th,
        THING,
        thai_digits(loan.number),
        "๒๗ พ.ย. ๒๕๖๙",
        "ข้อ ๒๑๑",
        "ขอแสดงความนับถือ",
    ) == []  # fmt: skip


def test_the_list_of_a_unit_says_who_has_what_and_since_when_it_is_late(
    client: FlaskClient, cast: Cast, teacher: Person, clock: Clock
) -> None:
    make_loan(make_asset(name=THING), borrower=teacher, due_on=DUE)
    make_loan(make_asset(name=SECOND), borrower=cast.malee, due_on=date(2026, 12, 18))
    clock.set(kernel_clock.at(date(2026, 12, 8), time(10)))
    sign_in(client, cast.sri)
    text = "".join(read(client, f"/loans/out.pdf?unit={cast.school.id}"))
    assert missing(
        text,
        cast.school.name_th,
        THING,
        SECOND,
        teacher.name_th,
        cast.malee.name_th,
        "๘ ธันวาคม ๒๕๖๙",
        "๑๑",
    ) == []  # fmt: skip
