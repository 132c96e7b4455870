"""The pages of letters: every role, both languages, what people do on them."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from kernel.db import db
from office.letters import samples
from office.letters.models import Letter, LetterFile, LetterMatter
from office.letters.states import Book
from tests.asking import asked_by
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.letters import make_letter
from tests.factories.office import sign_in
from tests.office.papers.paper_reading import bare, texts

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def typed(cast: Cast, **overrides: str) -> dict[str, str]:
    return {
        "unit_id": str(cast.office.id),
        "letter_no": "ศธ 04999/15",
        "dated_on": "20/11/2569",
        "sender": "หน่วยงานตัวอย่าง",
        "recipient": "สำนักงานเขตตัวอย่าง",
        "subject": "ขอข้อมูลระบบเครือข่าย",
        "urgency": "most",
        **overrides,
    }


def test_who_sees_and_keeps_letters(cast: Cast, client: FlaskClient) -> None:
    made = make_letter(cast.school)
    sees = {"technician", "storekeeper", "approver", "coordinator", "auditor", "admin"}
    keeps = {"technician", "storekeeper", "coordinator", "admin"}
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        may_see = client.get(f"/letters/{made.id}").status_code == 200
        may_keep = client.get(f"/letters/{made.id}/edit").status_code == 200
        if (may_see, may_keep) != (role in sees, role in keeps):
            wrong.append((role, may_see, may_keep))
    assert wrong == []


def test_a_coordinator_sees_nothing_of_other_schools(cast: Cast, client: FlaskClient) -> None:
    other = make_letter(cast.other_school, subject="เรื่องของโรงเรียนอื่น")
    sign_in(client, cast.kanda)
    assert client.get(f"/letters/{other.id}").status_code == 404
    assert client.post(f"/letters/{other.id}/finish", data={"words": "x"}).status_code == 404
    assert other.subject not in client.get("/letters/").text
    assert client.get(f"/letters/register.pdf?unit={cast.other_school.id}").status_code == 404
    foreign = typed(cast, unit_id=str(cast.other_school.id))
    assert client.post("/letters/new/in", data=foreign).status_code == 422


def test_a_letter_is_registered_passed_on_answered_and_found(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.sri)
    assert client.post("/letters/new/in", data=typed(cast, key=KEY)).status_code == 302
    assert client.post("/letters/new/in", data=typed(cast, key=KEY)).status_code == 302
    came = db.session.scalars(select(Letter)).one()
    at = f"/letters/{came.id}"
    person = {"person": "มาลี ตัวอย่าง", "words": "โปรดดำเนินการ"}
    assert client.post(f"{at}/pass", data=person).status_code == 302
    sign_in(client, cast.malee)
    assert "โปรดดำเนินการ" in client.get(at).text
    assert came.subject in client.get("/letters/").text
    assert client.post(f"{at}/cancel", data={"words": "x"}).status_code == 403
    sign_in(client, cast.sri)
    proposed = client.get(f"/letters/new/out?answers={came.shown_number}&subject=ตอบ").text
    assert 'value="1/2569"' in proposed
    answer = typed(cast, code="ศธ 04123", answers="1/2569", subject="ส่งข้อมูล")
    assert client.post("/letters/new/out", data=answer).status_code == 302
    page = client.get(at).text
    assert "ศธ 04123/1" in page
    assert "ส่งข้อมูล" in client.get("/letters/?book=out&q=04123&year=2569").text
    assert "ส่งข้อมูล" not in client.get("/letters/?state=cancelled").text


def test_the_same_letter_is_registered_twice_only_on_purpose(
    cast: Cast, client: FlaskClient
) -> None:
    make_letter(cast.office)
    sign_in(client, cast.sri)
    answer = client.post("/letters/new/in", data=typed(cast))
    assert (answer.status_code, 'name="again"' in answer.text) == (422, True)
    assert client.post("/letters/new/in", data=typed(cast, again="y")).status_code == 302


def test_wrong_typing_is_said_beside_the_field(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.sri)
    wrong = {
        "subject": "",
        "dated_on": "เมื่อวาน",
        "answer_by": "1/1/2560",
        "answers": "99/2569",
        "urgency": "slow",
        "unit_id": "999",
        "sender": "ก" * 201,
    }
    accepted = [
        field
        for field, value in wrong.items()
        if client.post("/letters/new/in", data=typed(cast, **{field: value})).status_code != 422
    ]
    assert accepted == []
    assert db.session.scalars(select(Letter)).all() == []
    assert client.get("/letters/new/secret").status_code == 404


def test_a_stale_edit_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    made = make_letter(cast.office)
    sign_in(client, cast.sri)
    at = f"/letters/{made.id}/edit"
    stale = client.post(at, data=typed(cast, subject="เรื่องใหม่", version="99"))
    assert (stale.status_code, "เรื่องใหม่" in stale.text) == (409, True)
    good = typed(cast, subject="เรื่องใหม่", version=str(made.version))
    assert client.post(at, data=good).status_code == 302
    assert "เรื่องใหม่" in client.get("/letters/?q=เรื่องใหม่").text


def test_a_cancelled_number_stays_on_the_list(cast: Cast, client: FlaskClient) -> None:
    made = make_letter(cast.office)
    sign_in(client, cast.thep)
    at = f"/letters/{made.id}"
    assert client.post(f"{at}/cancel", data={"words": "ลงซ้ำ"}).status_code == 302
    assert "ลงซ้ำ" in client.get(at).text
    assert made.subject in client.get("/letters/?state=cancelled").text
    assert client.post(f"{at}/reopen").status_code == 422


def test_files_follow_the_right_to_see_the_letter(cast: Cast, client: FlaskClient) -> None:
    made = make_letter(cast.office)
    sign_in(client, cast.sri)
    at = f"/letters/{made.id}/files"
    sent = {"file": (io.BytesIO("หนังสือ".encode()), "letter.txt")}
    assert client.post(at, data=sent).status_code == 302
    kept_id = db.session.scalars(select(LetterFile)).one().id
    assert client.get(f"{at}/{kept_id}").data.decode() == "หนังสือ"
    sign_in(client, cast.malee)
    assert client.get(f"{at}/{kept_id}").status_code == 404
    sign_in(client, cast.sri)
    assert client.post(f"{at}/{kept_id}/drop").status_code == 302
    assert client.get(f"{at}/{kept_id}").status_code == 404


def test_the_register_is_printed_with_cancelled_numbers(cast: Cast, client: FlaskClient) -> None:
    make_letter(cast.office, subject="ที่ปรึกษาพื้นที่และน้ำดื่ม")
    made = make_letter(cast.office)
    sign_in(client, cast.sri)
    client.post(f"/letters/{made.id}/cancel", data={"words": "ลงซ้ำกัน"})
    sign_in(client, cast.orn)
    paper = client.get(f"/letters/register.pdf?book=in&unit={cast.office.id}").data
    text = "".join(texts(paper))
    wanted = ("ทะเบียนหนังสือรับ", "๒๕๖๙", "ที่ปรึกษาพื้นที่และน้ำดื่ม", "ลงซ้ำกัน")
    assert [words for words in wanted if bare(words) not in text] == []


def test_the_table_holds_exactly_what_the_list_shows(cast: Cast, client: FlaskClient) -> None:
    make_letter(cast.school, subject="ของโรงเรียน")
    make_letter(cast.other_school, subject="ของที่อื่น")
    sign_in(client, cast.kanda)
    sheet = load_workbook(io.BytesIO(client.get("/letters/table.xlsx").data)).worksheets[0]
    assert [row[7].value for row in sheet.iter_rows(min_row=2)] == ["ของโรงเรียน"]


def test_the_list_asks_the_same_number_of_questions_however_long(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.sri)
    make_letter(cast.office)
    asked_by(client, "/letters/")
    few = asked_by(client, "/letters/")
    for _ in range(4):
        make_letter(cast.school)
    assert asked_by(client, "/letters/") == few <= 8


def test_the_pages_are_whole_in_english(cast: Cast, client: FlaskClient) -> None:
    made = make_letter(cast.office, Book.OUT)
    sign_in(client, cast.sri)
    client.post("/language", data={"language": "en"})
    paths = ("/letters/", f"/letters/{made.id}", "/letters/new/in", f"/letters/{made.id}/edit")
    pages = [client.get(path) for path in paths]
    assert [page.status_code for page in pages] == [200] * 4
    assert "Register of letters" in pages[0].text


def test_every_sample_prints(app: Flask) -> None:
    assert app.name
    papers = {code: "".join(texts(make("th"))) for code, (_title, make) in samples.SAMPLES.items()}
    assert [code for code, text in papers.items() if "ศธ๐๔" not in text] == []


def test_nonsense_in_the_address_narrows_nothing(cast: Cast, client: FlaskClient) -> None:
    made = make_letter(cast.office)
    sign_in(client, cast.sri)
    page = client.get("/letters/?book=x&year=abc&state=y&urgency=z&matter=programme-x&unit=-1")
    assert made.subject in page.text
    assert db.session.scalars(select(LetterMatter)).all() == []
