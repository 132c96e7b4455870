"""The pages and papers of programmes: who sees what, in both languages, from plan to report."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from helpdesk.programmes.models import Programme
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.rules import drafting, grouping
from helpdesk.programmes.states import Duty, ReportState
from kernel.db import db
from kernel.work import work
from tests.cast import Cast
from tests.factories.office import sign_in, viewer_for
from tests.factories.programmes import approved, make_programme, plan_line
from tests.office.papers.paper_reading import bare, texts

PAGES = ("", "/group", "/plan", "/notices", "/log", "/reports", "/steps/1")
KEY = "k" * 20


def _text(pdf: bytes) -> str:
    return "".join(texts(pdf))


def test_every_page_opens_in_both_languages(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    approved(programme, cast.thep, cast.chai)
    addresses = ["/programmes/", "/programmes/processes", "/programmes/new"]
    addresses += [f"/programmes/processes/{number}" for number in range(1, 10)]
    addresses += [f"/programmes/{programme.id}{page}" for page in PAGES]
    wrong = []
    for language, word in (("th", "แผนงาน/โครงการ"), ("en", "Programmes")):
        with work():
            cast.admin.language = language
            db.session.merge(cast.admin)
        sign_in(client, cast.admin)
        for address in addresses:
            answer = client.get(address)
            if answer.status_code != 200 or word not in answer.text:
                wrong.append((language, address, answer.status_code))
    assert not wrong


def test_each_role_sees_and_changes_what_it_may(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    page = f"/programmes/{programme.id}"
    seen, changed = {}, {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        seen[role] = client.get(page).status_code
        data = {"due_on": "1/12/2569", "version": str(programme.version)}
        changed[role] = client.post(f"{page}/steps/1", data=data).status_code
    readers = {"technician", "approver", "auditor", "admin"}
    assert {role for role, status in seen.items() if status == 200} == readers
    assert {role for role, status in changed.items() if status == 302} == {"technician", "admin"}
    assert {changed["approver"], changed["auditor"]} == {403}
    assert {seen["requester"], seen["coordinator"]} == {404}


def test_a_member_of_the_group_edits_and_the_schools_coordinator_sees(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    with work():
        found = db.session.get_one(Programme, programme.id)
        grouping.add_member(found, cast.malee, Duty.MEMBER, "", by=viewer_for(cast.thep))
    for person, marked in ((cast.malee, True), (cast.kanda, False)):
        sign_in(client, person)
        answer = client.get(f"/programmes/{programme.id}/plan")
        assert answer.status_code == 200
        assert ('name="title"' in answer.text) is marked
        assert programme.name in client.get("/programmes/").text


def test_a_programme_runs_from_the_first_page_to_the_signed_report(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    data = {
        "process_no": "5", "fiscal_year": "2570", "name": "อบรมครูผู้ดูแลระบบ", "objective": "เพิ่มทักษะ",
        "targets": "ครู 40 คน", "unit_id": str(cast.office.id), "owner": cast.thep.name_th,
        "starts_on": "1/10/2569", "ends_on": "30/9/2570", "budget": "30,000", "key": KEY,
    }  # fmt: skip
    refused = client.post("/programmes/new", data={**data, "ends_on": "1/9/2569"})
    assert refused.status_code == 422
    assert "อบรมครูผู้ดูแลระบบ" in refused.text
    page = client.post("/programmes/new", data=data).location
    assert client.post("/programmes/new", data=data).location == page
    line = {"title": "จัดอบรม", "starts_on": "1/12/2569", "ends_on": "2/12/2569"}
    assert client.post(f"{page}/plan/activities", data=line).status_code == 302
    made = db.session.query(Programme).one()
    answer = client.post(f"{page}/propose", data={"version": str(made.version)})
    assert answer.status_code == 302
    db.session.rollback()
    sign_in(client, cast.chai)
    assert "อบรมครูผู้ดูแลระบบ" in client.get("/approvals").text


def test_the_order_names_the_group_with_duties_and_acting_titles(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    with work():
        found = db.session.get_one(Programme, programme.id)
        me = viewer_for(cast.thep)
        grouping.add_member(found, cast.sri, Duty.SECRETARY, "รองผู้อำนวยการกลุ่ม", by=me)
        grouping.write_order(found, "12/2569", date(2026, 11, 23), anyway=False, by=me)
    sign_in(client, cast.orn)
    said = _text(client.get(f"/programmes/{programme.id}/order.pdf").data)
    for word in ("คำสั่ง", "๑๒/๒๕๖๙", "๒๓ พฤศจิกายน ๒๕๖๙", "เทพ ตัวอย่าง", "ประธานกรรมการ",
                 "ปฏิบัติหน้าที่ รองผู้อำนวยการกลุ่ม", "กรรมการและเลขานุการ"):  # fmt: skip
        assert bare(word) in said


def test_the_memo_holds_the_plan_and_after_approval_the_signature_and_the_code(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    page = f"/programmes/{programme.id}/proposal.pdf"
    before = _text(client.get(page).data)
    for word in ("บันทึกข้อความ", "วัตถุประสงค์", "ออกบำรุงรักษาเครื่องที่โรงเรียน", "๕,๐๐๐.๐๐"):
        assert bare(word) in before
    assert bare("ชัย ตัวอย่าง") not in before
    approved(programme, cast.thep, cast.chai)
    after = _text(client.get(page).data)
    assert bare("ชัย ตัวอย่าง") in after
    assert bare("ตรวจสอบเอกสารนี้ได้ที่") in after


def test_the_report_is_written_sent_and_printed(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    approved(programme, cast.thep, cast.chai)
    sign_in(client, cast.thep)
    for kind, said in (("risk", "เครื่องสำรองไฟเสื่อม"), ("problem", "ฝนตกหนัก")):
        client.post(
            f"/programmes/{programme.id}/log",
            data={"kind": kind, "on_day": "20/11/2569", "words": said, "key": kind * 4 + KEY},
        )
    page = client.post(f"/programmes/{programme.id}/reports/new").location
    assert "ฝนตกหนัก\nความเสี่ยง: เครื่องสำรองไฟเสื่อม" in client.get(page).text
    version = str(db.session.query(ProgrammeReport).one().version)
    words = {"summary": "ดำเนินการครบถ้วน", "problems": "ฝนตกหนัก", "version": version}
    assert client.post(page, data=words).status_code == 302
    stale = client.post(page, data=words)
    assert stale.status_code == 409
    db.session.rollback()
    steps = f"/programmes/{programme.id}/steps"
    assert f'{steps}/4"' in client.get(page).text
    assert "/send" not in client.get(page).text
    client.post("/language", data={"language": "en"})
    assert "Tickets received" in client.get(page).text
    client.post("/language", data={"language": "th"})
    for number in (1, 2, 4):
        assert client.post(f"{steps}/{number}/finish").status_code == 302
    assert client.post(f"{steps}/5/skip").status_code == 422
    left = {"reason": "เลื่อนไปปีงบประมาณหน้า"}
    assert client.post(f"{steps}/5/skip", data=left).status_code == 302
    version = str(db.session.query(ProgrammeReport).one().version)
    assert client.post(f"{page}/send", data={"version": version}).status_code == 302
    db.session.rollback()
    assert db.session.query(ProgrammeReport).one().state == ReportState.SENT
    said = _text(client.get(f"{page}/report.pdf").data)
    for word in ("ดำเนินการครบถ้วน", "ฝนตกหนัก", "งานที่รับแจ้ง", "ตามแผน", "เลื่อนไปปีงบประมาณหน้า"):
        assert bare(word) in said


def test_pages_take_few_queries_however_much_there_is(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    sign_in(client, cast.orn)
    addresses = ["/programmes/", *(f"/programmes/{programme.id}{page}" for page in PAGES[:5])]
    few = {address: _queries(client, address) for address in addresses}
    for number in range(4):
        plan_line(programme, cast.thep, f"กิจกรรม {number}", date(2026, 12, 1))
        make_programme(cast.thep)
    many = {address: _queries(client, address) for address in addresses}
    assert few == many
    assert max(few.values()) <= 8, few


def _queries(client: FlaskClient, address: str) -> int:
    said: list[str] = []

    def note(*args: Any) -> None:
        said.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(said)


def test_the_page_of_a_step_offers_nothing_once_the_programme_has_ended(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    page = f"/programmes/{programme.id}/steps/1"
    assert f"{page}/finish" in client.get(page).text
    with work():
        found = db.session.get_one(Programme, programme.id)
        drafting.cancel(found, "ไม่ได้รับงบประมาณ", by=viewer_for(cast.thep))
    assert f"{page}/finish" not in client.get(page).text
