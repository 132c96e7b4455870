"""The pages of requests: a form is kept, sent, decided, carried out; what is wrong is told."""

from __future__ import annotations

import io
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from helpdesk.requests.models import RequestFile, RequestTicket, ServiceRequest
from helpdesk.requests.rules.lines import lines_of
from helpdesk.requests.states import State
from kernel.db import db
from kernel.work import work
from office.approvals.queries import standings
from office.people.models import Person
from tests.factories.documents import pdf
from tests.factories.office import make_person, sign_in
from tests.factories.requests import (
    WORK,
    Ground,
    ask_materials,
    make_kind,
    make_material,
    make_request,
    make_store,
    sent,
    signed,
)


def typed(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {f"f_{key}": value for key, value in WORK.items()}
    values["f_works"] = WORK["works"].split("\n")
    return {**values, "act": "send", **{f"f_{key}": value for key, value in changes.items()}}


def newest() -> ServiceRequest:
    db.session.rollback()
    found = db.session.query(ServiceRequest).order_by(ServiceRequest.id.desc()).first()
    assert found is not None
    return found


def test_a_request_is_typed_sent_and_shown(ground: Ground, client: FlaskClient) -> None:
    sign_in(client, ground.asker)
    assert "ขอให้ดำเนินการ" in client.get("/requests/new").text
    assert "เดินสายสัญญาณ" in client.get("/requests/new/work").text
    answer = client.post("/requests/new/work", data=typed())
    one = newest()
    assert answer.location == f"/requests/{one.id}"
    assert (one.state, one.number) == (State.WAITING, "ดน.1/2570")
    page = client.get(answer.location).text
    assert "รออนุมัติ" in page
    assert ground.head.name_th in page
    assert "30 พฤศจิกายน 2569" in page
    # The story begins below: the draft stands under what was sent at the same moment.
    assert page.index(">ขออนุมัติ<") < page.index(">เริ่มร่างคำขอ<")


def test_what_is_missing_is_told_and_what_was_typed_is_kept(
    ground: Ground, client: FlaskClient
) -> None:
    sign_in(client, ground.asker)
    answer = client.post("/requests/new/work", data=typed(place="", **{"from": "31/2/2569"}))
    one = newest()
    assert answer.location == f"/requests/{one.id}/edit?check=1"
    assert one.state == State.DRAFT
    page = client.get(answer.location)
    assert page.status_code == 422
    assert "31/2/2569" in page.text
    assert "ไม่ใช่วันที่" in page.text
    assert "เดินสายแลนห้องประชุม" in page.text
    again = client.post(f"/requests/{one.id}/edit", data={**typed(), "version": str(one.version)})
    assert again.location == f"/requests/{one.id}"


def test_a_form_sent_twice_makes_one_request(ground: Ground, client: FlaskClient) -> None:
    sign_in(client, ground.asker)
    data = {**typed(), "act": "keep", "key": "k" * 20}
    first = client.post("/requests/new/work", data=data)
    second = client.post("/requests/new/work", data=data)
    assert first.location == second.location
    assert db.session.query(ServiceRequest).count() == 1


def test_files_are_checked_kept_and_sent_to_who_may_read_the_request(
    ground: Ground, client: FlaskClient
) -> None:
    sign_in(client, ground.asker)
    data = {**typed(), "f_files": (io.BytesIO(pdf()), "ผังห้อง.pdf")}
    client.post("/requests/new/work", data=data, content_type="multipart/form-data")
    file = db.session.query(RequestFile).one()
    address = f"/requests/{file.request_id}/files/{file.id}"
    assert client.get(address).data.startswith(b"%PDF")
    sign_in(client, make_person())
    assert client.get(address).status_code == 404
    sign_in(client, ground.asker)
    bad = {**typed(), "f_files": (io.BytesIO(b"<html><script>"), "a.html")}
    refused = client.post("/requests/new/work", data=bad, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "เดินสายแลนห้องประชุม" in refused.text


def test_the_asker_answers_what_was_sent_back_on_the_form(
    ground: Ground, client: FlaskClient
) -> None:
    one = sent(make_request(ground.asker))
    sign_in(client, ground.head)
    decide = {"words": "กี่จุด", "step": _step(one), "key": "s" * 20}
    client.post(f"/approvals/{one.approval_id}/send_back", data=decide)
    sign_in(client, ground.asker)
    assert "กี่จุด" in client.get(f"/requests/{one.id}").text
    version = newest().version
    data = {**typed(what="เดินสายแลน ๖ จุด"), "words": "แก้แล้ว", "version": str(version)}
    answer = client.post(f"/requests/{one.id}/edit", data=data)
    assert answer.location == f"/requests/{one.id}"
    again = newest()
    assert again.state == State.WAITING
    assert again.approval is not None
    assert again.approval.state == "waiting"
    assert again.approval.round == 2


def _step(one: ServiceRequest) -> str:
    return str(standings([one.approval_id or 0])[one.approval_id or 0].step.id)


def test_the_page_of_an_approved_request_leads_to_its_tickets_and_is_confirmed(
    ground: Ground, client: FlaskClient
) -> None:
    one = signed(sent(make_request(ground.asker)), ground.head, ground.director)
    assert db.session.query(RequestTicket).count() == 2
    sign_in(client, ground.asker)
    page = client.get(f"/requests/{one.id}").text
    assert "/t/" in page
    sign_in(client, ground.thep)
    assert "/tickets/" in client.get(f"/requests/{one.id}").text
    assert one.title in client.get("/requests/to-do").text


def test_english_pages_hold_no_thai_of_ours(ground: Ground, client: FlaskClient) -> None:
    ground.asker = _english(ground.asker)
    sign_in(client, ground.asker)
    for address in ("/requests", "/requests/new", "/requests/new/work"):
        page = client.get(address).text
        assert "Requests" in page or "request" in page
        assert "ขอให้ดำเนินการ" not in page, address


def _english(person: Person) -> Person:
    with work():
        found = db.session.get_one(Person, person.id)
        found.language = "en"
    return found


def test_an_administrator_makes_a_kind_without_code(ground: Ground, client: FlaskClient) -> None:
    sign_in(client, ground.admin)
    data = {
        "name_th": "ขอวิทยากร", "name_en": "Trainer", "series": "วก.", "route": "head",
        "handling_unit_id": "", "rows": "2", "key": "n" * 20,
        "row0-th": "หัวข้อ", "row0-kind": "text", "row0-required": "y",
        "row1-th": "รูปแบบ", "row1-kind": "choice", "row1-options": "ออนไลน์ | Online\nในห้อง",
    }  # fmt: skip
    answer = client.post("/requests/kinds/new", data=data)
    assert "/preview" in answer.location
    page = client.get(answer.location).text
    assert "ออนไลน์" in page
    assert client.get("/requests/new").text.count("ขอวิทยากร") == 0
    client.post(answer.location.replace("preview", "open"))
    sign_in(client, ground.asker)
    assert "ขอวิทยากร" in client.get("/requests/new").text
    key = answer.location.split("/")[3]
    kept = client.post(
        f"/requests/new/kind-{key}", data={"act": "send", "f_q1": "สอน AI", "f_q2": "c1"}
    )
    assert kept.location == f"/requests/{newest().id}"
    assert newest().number == "วก.1/2570"


def test_more_fields_keeps_what_was_typed(ground: Ground, client: FlaskClient) -> None:
    sign_in(client, ground.admin)
    data = {"rows": "1", "act": "more", "row0-th": "หัวข้อ", "row0-kind": "text"}
    page = client.post("/requests/kinds/new", data=data).text
    assert "หัวข้อ" in page
    assert "row3-th" in page


def test_materials_are_found_added_and_handed_out_by_a_scan(
    ground: Ground, client: FlaskClient
) -> None:
    store = make_store(ground)
    paper = make_material(ground, store)
    sign_in(client, ground.asker)
    base = {"f_purpose": "งานสอบ", "f_store": str(store.id)}
    found = client.post("/requests/new/materials", data={**base, "act": "find", "q": "กระดาษ"})
    one = newest()
    page = client.get(found.location).text
    assert f'name="add_{paper.id}"' in page
    assert "10 รีม" in page
    more = {**base, "act": "send", f"add_{paper.id}": "4", "version": str(one.version)}
    client.post(f"/requests/{one.id}/edit", data=more)
    one = newest()
    assert one.state == State.WAITING
    signed(one, ground.head, ground.director)
    sign_in(client, ground.sri)
    scanned = client.get(f"/requests/{one.id}/issue?code=P-01").text
    assert 'value="4"' in scanned
    line = f"line_{_line(one)}"
    data = {line: "1", "receiver": ground.asker.name_th, "version": str(newest().version)}
    assert client.post(f"/requests/{one.id}/issue", data=data).status_code == 302
    part = client.get(f"/requests/{one.id}").text
    assert "บ.1/2570" in part
    assert newest().state == State.APPROVED
    data = {line: "3", "receiver": ground.asker.name_th, "version": str(newest().version)}
    client.post(f"/requests/{one.id}/issue", data=data)
    assert newest().state == State.DONE


def _line(one: ServiceRequest) -> int:
    return lines_of(one.id)[0].id


def test_lists_take_a_constant_number_of_queries(ground: Ground, client: FlaskClient) -> None:
    for number in range(3):
        sent(make_request(ground.asker, what=f"งาน {number}"))
    sign_in(client, ground.admin)
    few = _queries(client, "/requests/all")
    for number in range(6):
        sent(make_request(ground.asker, what=f"งานอีก {number}"))
    many = _queries(client, "/requests/all")
    assert few == many <= 8
    sign_in(client, ground.asker)
    assert _queries(client, "/requests") <= 8


def _queries(client: FlaskClient, address: str) -> int:
    said: list[str] = []

    def note(*args: Any) -> None:
        said.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in said if one.lstrip().startswith("SELECT")])


def test_the_table_holds_what_the_list_shows(ground: Ground, client: FlaskClient) -> None:
    sent(make_request(ground.asker))
    make_kind()
    sign_in(client, ground.admin)
    assert "ดน.1/2570" in client.get("/requests/all.csv").text
    assert "ดน.1/2570" not in client.get("/requests/all.csv?state=done").text
    assert client.get("/requests/all.xlsx").data.startswith(b"PK")


def test_materials_pages_hold_together(ground: Ground, client: FlaskClient) -> None:
    store = make_store(ground)
    paper = make_material(ground, store)
    one = ask_materials(ground, store, **{f"i{paper.id}": "4"})
    for person, status in ((ground.asker, 200), (ground.head, 200), (ground.sri, 200)):
        sign_in(client, person)
        page = client.get(f"/requests/{one.id}")
        assert page.status_code == status
        assert "กระดาษ A4" in page.text
        assert client.get(f"/requests/{one.id}/paper.pdf").data.startswith(b"%PDF")
