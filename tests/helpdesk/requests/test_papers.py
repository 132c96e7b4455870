"""The papers: each kind in the office's form, Thai kept whole, signed by who signed, checkable."""

from __future__ import annotations

import pypdfium2
import pytest
from flask.testing import FlaskClient

from helpdesk.requests.models import ServiceRequest
from kernel.db import db
from office.papers.models import IssuedPaper
from tests.factories.access_rights import approved_access, make_systems
from tests.factories.office import sign_in
from tests.factories.requests import (
    Ground,
    ask_materials,
    make_kind,
    make_material,
    make_request,
    make_store,
    sent,
    signed,
)


def paper(client: FlaskClient, request: ServiceRequest, ground: Ground) -> str:
    sign_in(client, ground.admin)
    answer = client.get(f"/requests/{request.id}/paper.pdf")
    assert answer.status_code == 200
    pdf = pypdfium2.PdfDocument(answer.data)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return "".join(text.split())


def made(kind: str, ground: Ground) -> ServiceRequest:
    if kind == "work":
        return signed(sent(make_request(ground.asker)), ground.head, ground.director)
    if kind == "materials":
        store = make_store(ground)
        item = make_material(ground, store)
        one = ask_materials(ground, store, **{f"i{item.id}": "4"})
        return signed(one, ground.head, ground.director)
    if kind == "access":
        return approved_access(make_systems(ground))
    simple = make_kind()
    one = make_request(ground.asker, simple.key, q1="ปัญญาประดิษฐ์ในห้องเรียน", q3="1/12/2569")
    return signed(sent(one), ground.head)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("work", ("แบบบันทึกขอให้ดำเนินการ", "เลขที่", "เดินสายแลนห้องประชุม", "๓๐พฤศจิกายน๒๕๖๙")),
        ("materials", ("ใบเบิก", "กระดาษA4", "ขอเบิก", "อนุมัติ", "จ่ายจริง", "ผู้รับของ")),
        ("access", ("แบบคำร้องขอเข้าถึงระบบ", "อีเมลสำนักงาน", "เจ้าของระบบ")),
        ("simple", ("บันทึกข้อความ", "จึงเรียนมาเพื่อโปรดพิจารณา", "ปัญญาประดิษฐ์ในห้องเรียน")),
    ],
)
def test_each_paper_says_what_was_asked_and_who_signed(
    ground: Ground, client: FlaskClient, kind: str, words: tuple[str, ...]
) -> None:
    one = made(kind, ground)
    text = paper(client, one, ground)
    wanted = (*words, "".join(ground.head.name_th.split()), "".join(one.asker_name.split()))
    assert not [word for word in wanted if word not in text]
    issued = db.session.query(IssuedPaper).filter_by(number=one.number).one()
    assert "ตรวจสอบเอกสารนี้ได้ที่" in text
    assert one.title not in client.get(f"/papers/check/{issued.code}").text
    assert ground.head.name_th in client.get(f"/papers/check/{issued.code}").text


def test_a_paper_that_nobody_signed_has_lines_for_the_pen_and_no_code(
    ground: Ground, client: FlaskClient
) -> None:
    text = paper(client, sent(make_request(ground.asker)), ground)
    assert "ลงชื่อ" in text
    assert "ตรวจสอบเอกสารนี้ได้ที่" not in text


def test_the_empty_form_of_each_kind_is_printed(ground: Ground, client: FlaskClient) -> None:
    make_systems(ground)
    make_store(ground)
    simple = make_kind()
    sign_in(client, ground.asker)
    for key in ("work", "materials", "access", simple.key):
        answer = client.get(f"/requests/new/{key}/form.pdf")
        assert answer.data.startswith(b"%PDF"), key
