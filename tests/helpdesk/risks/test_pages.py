"""The pages of internal control: every role, both languages, the map, the papers and sheets."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from helpdesk.risks import samples
from helpdesk.risks.models import Risk, RiskTable
from kernel.db import db
from tests.asking import asked_by
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in
from tests.factories.risks import judged, make_risk, make_risk_table
from tests.office.papers.paper_reading import bare, texts

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def typed(**overrides: str) -> dict[str, str]:
    return {
        "objective": "การให้ยืมครุภัณฑ์",
        "danger": "ผู้ยืมคืนเกินกำหนด",
        "control": "ใบยืม",
        "verdict": "partly",
        "likelihood": "4",
        "impact": "4",
        "treatment": "reduce",
        "improvement": "แจ้งหัวหน้าหน่วยงาน",
        "responsible": "เทพ ตัวอย่าง",
        "due_on": "15/12/2569",
        "source": "",
        **overrides,
    }


def test_who_sees_and_keeps_risks(cast: Cast, client: FlaskClient) -> None:
    made = make_risk_table(cast.school)
    sees = {"technician", "approver", "coordinator", "auditor", "admin"}
    keeps = {"technician", "coordinator", "admin"}
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        may_see = client.get(f"/risks/{made.id}").status_code == 200
        may_keep = client.get(f"/risks/{made.id}/risks/new").status_code == 200
        if (may_see, may_keep) != (role in sees, role in keeps):
            wrong.append((role, may_see, may_keep))
    assert wrong == []


def test_a_coordinator_sees_nothing_of_other_schools(cast: Cast, client: FlaskClient) -> None:
    other = make_risk_table(cast.other_school)
    make_risk(other, cast.thep, danger="ความเสี่ยงลับ")
    sign_in(client, cast.kanda)
    paths = ("", "/map", "/pk5.pdf", "/pk5.xlsx", "/risks/1", "/components")
    assert {client.get(f"/risks/{other.id}{path}").status_code for path in paths} == {404}
    assert cast.other_school.name_th not in client.get("/risks/?q=ความเสี่ยง").text
    foreign = {"unit_id": str(cast.other_school.id), "fiscal_year": "2570"}
    assert client.post("/risks/new", data=foreign).status_code == 422


def test_a_table_is_filled_followed_up_closed_and_printed(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.admin)
    begun = {"unit_id": str(cast.office.id), "fiscal_year": "2570"}
    assert client.post("/risks/new", data=begun).status_code == 302
    made = db.session.scalars(select(RiskTable)).one()
    at = f"/risks/{made.id}"
    assert client.post(f"{at}/risks/new", data=typed(key=KEY)).status_code == 302
    assert client.post(f"{at}/risks/new", data=typed(key=KEY)).status_code == 302
    row = db.session.scalars(select(Risk)).one()
    sign_in(client, cast.thep)
    assert "แจ้งหัวหน้าหน่วยงาน" in client.get("/").text
    done = {"quarter": "1", "progress": "done", "likelihood": "2", "impact": "3", "words": "แจ้งแล้ว"}
    assert client.post(f"{at}/risks/{row.id}", data={**done, "words": ""}).status_code == 422
    assert client.post(f"{at}/risks/{row.id}", data=done).status_code == 302
    sign_in(client, cast.admin)
    version = {"version": str(db.session.get_one(RiskTable, made.id).version)}
    findings = {f"finding_{n}": f"ผลข้อ {n}" for n in range(1, 6)}
    who = {"conclusion": "เพียงพอ", "signer": "ชัย ตัวอย่าง", "signer_position": "ผู้อำนวยการ"}
    sent = {**findings, **who, **version}
    assert client.post(f"{at}/components", data=sent).status_code == 302
    assert client.post(f"{at}/components", data={**sent, "version": "99"}).status_code == 409
    assert client.post(f"{at}/close").status_code == 302
    assert client.get(f"{at}/risks/{row.id}/edit").status_code == 200
    assert client.post(f"{at}/risks/new", data=typed(key=KEY + "2")).status_code == 422
    pk4 = "".join(texts(client.get(f"{at}/pk4.pdf").data))
    pk5 = "".join(texts(client.get(f"{at}/pk5.pdf").data))
    assert [one for one in ("แบบปค.๔", "ผลข้อ5", "สภาพแวดล้อม") if bare(one) not in pk4] == []
    assert [one for one in ("แบบปค.๕", "ผู้ยืมคืนเกินกำหนด", "๒๕๗๐") if bare(one) not in pk5] == []
    assert client.get(f"{at}/pk9.pdf").status_code == 404


def test_who_answers_for_a_treatment_sees_and_follows_it_alone(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_risk_table(cast.office)
    mine, other = make_risk(made, cast.malee), make_risk(made, cast.thep)
    done = {"quarter": "1", "progress": "done", "likelihood": "1", "impact": "1", "words": "x"}
    sign_in(client, cast.malee)
    at = f"/risks/{made.id}/risks"
    assert client.post(f"{at}/{mine.id}", data=done).status_code == 302
    assert client.post(f"{at}/{other.id}", data=done).status_code == 403
    assert client.get(f"{at}/{mine.id}/edit").status_code == 403


def test_wrong_typing_is_said_beside_the_field(cast: Cast, client: FlaskClient) -> None:
    made = make_risk_table(cast.office)
    sign_in(client, cast.admin)
    wrong = {
        "objective": "",
        "danger": "",
        "likelihood": "9",
        "treatment": "accept",
        "responsible": "ไม่มีใครรู้จัก",
        "due_on": "เมื่อวาน",
        "source": "ไม่มี",
    }
    accepted = [
        field
        for field, value in wrong.items()
        if client.post(f"/risks/{made.id}/risks/new", data=typed(**{field: value})).status_code
        != 422
    ]
    assert accepted == []
    assert db.session.scalars(select(Risk)).all() == []


def test_a_stale_edit_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    made = make_risk_table(cast.office)
    row = make_risk(made, cast.thep)
    sign_in(client, cast.admin)
    at = f"/risks/{made.id}/risks/{row.id}/edit"
    stale = client.post(at, data=typed(danger="คำใหม่", version="99"))
    assert (stale.status_code, "คำใหม่" in stale.text) == (409, True)
    assert client.post(at, data=typed(danger="คำใหม่", version="1")).status_code == 302
    assert "คำใหม่" in client.get(f"/risks/{made.id}").text


def test_the_map_is_a_table_of_five_by_five(cast: Cast, client: FlaskClient) -> None:
    made = make_risk_table(cast.office)
    make_risk(made, cast.thep)
    sign_in(client, cast.orn)
    page = client.get(f"/risks/{made.id}/map").text
    cells = re.findall(r'<td class="risk-[a-z_]+">.*?</td>', page, re.DOTALL)
    assert len(cells) == 25
    assert [number for number, cell in enumerate(cells) if "<a " in cell] == [7]


def test_the_sheet_holds_every_risk(cast: Cast, client: FlaskClient) -> None:
    made = make_risk_table(cast.office)
    for name in ("หนึ่ง", "สอง"):
        make_risk(made, cast.thep, danger=name)
    judged(made)
    sign_in(client, cast.orn)
    sheet = load_workbook(io.BytesIO(client.get(f"/risks/{made.id}/pk5.xlsx").data)).worksheets[0]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["หนึ่ง", "สอง"]
    sheet = load_workbook(io.BytesIO(client.get(f"/risks/{made.id}/pk4.xlsx").data)).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["เพียงพอ"] * 5


def test_last_year_is_copied_with_one_button(cast: Cast, client: FlaskClient) -> None:
    make_risk(make_risk_table(cast.office, 2569), cast.thep)
    made = make_risk_table(cast.office)
    sign_in(client, cast.admin)
    assert f"/risks/{made.id}/copy" in client.get(f"/risks/{made.id}").text
    assert client.post(f"/risks/{made.id}/copy").status_code == 302
    assert "คืนเกินกำหนด" in client.get(f"/risks/{made.id}").text


def test_every_sample_prints(app: Flask) -> None:
    assert app.name
    papers = {code: "".join(texts(make("th"))) for code, (_title, make) in samples.SAMPLES.items()}
    assert [code for code, text in papers.items() if "ชัยตัวอย่าง" not in text] == []


def test_the_pages_are_whole_in_english(cast: Cast, client: FlaskClient) -> None:
    made = make_risk_table(cast.office)
    row = make_risk(made, cast.thep)
    sign_in(client, cast.admin)
    client.post("/language", data={"language": "en"})
    at = f"/risks/{made.id}"
    paths = ("/risks/", "/risks/new", at, f"{at}/map?when=after", f"{at}/components")
    more = (f"{at}/risks/new", f"{at}/risks/{row.id}", f"{at}/risks/{row.id}/edit")
    pages = [client.get(path) for path in (*paths, *more)]
    assert [page.status_code for page in pages] == [200] * 8
    assert "Control environment" in pages[2].text


def test_pages_ask_the_same_number_of_questions_however_long(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_risk_table(cast.office)
    make_risk(made, cast.thep)
    sign_in(client, cast.orn)
    paths = ("/risks/", f"/risks/{made.id}")
    for path in paths:
        asked_by(client, path)
    few = [asked_by(client, path) for path in paths]
    make_risk_table(cast.school)
    for _ in range(3):
        make_risk(made, cast.sri)
    assert [asked_by(client, path) for path in paths] == few
    assert max(few) <= 8, few
