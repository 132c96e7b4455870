"""The register of incidents: who sees it, its steps, the 72 hours, its papers."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from helpdesk.incidents import jobs
from helpdesk.incidents.models import Incident, IncidentMeasure
from helpdesk.incidents.states import INCIDENTS, Action, State
from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period
from kernel.clock import today
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.incidents import make_breach, make_incident
from tests.factories.office import make_person, sign_in
from tests.factories.tickets import make_ticket

KNOWN = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
SAID = {"words": "ปิดบัญชีและเปลี่ยนรหัสผ่านแล้ว"}


@pytest.fixture
def cast(app: Flask) -> Cast:
    assert app.name
    return make_cast()


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(pdf)]
    return "".join(pages).replace("\u200b", "")


def stored(kind: str) -> list[OutgoingMessage]:
    query = select(OutgoingMessage).where(OutgoingMessage.kind == kind)
    return list(db.session.scalars(query.order_by(OutgoingMessage.id)))


def classified(made: Incident, **overrides: str) -> dict[str, str]:
    return {
        "kind": "leak",
        "gravity": "high",
        "risk": "some",
        "known_on": "16/11/2569",
        "known_time": "10:00",
        "data_kinds": "ชื่อ โทรศัพท์",
        "people_kinds": "ครู",
        "people_count": "42",
        "version": str(made.version),
        **overrides,
    }


def test_everybody_reports_and_only_office_wide_roles_see_the_register(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_incident(cast.malee)
    sees = {"technician", "approver", "auditor", "admin"}
    handles = {"technician", "admin"}
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        can = (
            client.get("/incidents/report").status_code == 200,
            client.get(f"/incidents/{made.id}").status_code == 200,
            client.get(f"/incidents/{made.id}/classify").status_code == 200,
        )
        if can != (True, role in sees, role in handles):
            wrong.append((role, can))
    assert wrong == []


def test_a_report_tells_the_handlers_and_its_reporter_follows_it(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.malee)
    typed = {"kind": "lost_device", "title": "โน้ตบุ๊กหายที่สถานีรถไฟ", "story": "มีรายชื่อครู"}
    assert client.post("/incidents/report", data={**typed, "title": ""}).status_code == 422
    late = {**typed, "found_on": "1/1/2580"}
    assert client.post("/incidents/report", data=late).status_code == 422
    assert client.post("/incidents/report", data=typed).location == "/incidents/mine"
    made = db.session.scalars(select(Incident)).one()
    assert made.number.startswith("หต.1/")
    assert made.title in client.get("/incidents/mine").text
    assert {one.person_id for one in stored("incident_reported")} == {cast.thep.id, cast.admin.id}


def test_a_report_from_a_ticket_is_tied_to_it_and_shown_on_it(
    cast: Cast, client: FlaskClient
) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    assert "/incidents/report?ticket=" in client.get(f"/tickets/{ticket.id}").text
    at = f"/incidents/report?ticket={ticket.id}"
    client.post(at, data={"kind": "malware", "title": "ติดไวรัส"})
    made = db.session.scalars(select(Incident)).one()
    assert made.number in client.get(f"/tickets/{ticket.id}").text
    assert ticket.number in client.get(f"/incidents/{made.id}").text


def test_a_risk_to_people_starts_the_72_hours_from_the_moment_of_knowing(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    clock.set(KNOWN)
    made = make_incident(cast.malee)
    sign_in(client, cast.thep)
    at = f"/incidents/{made.id}/classify"
    refused = [
        name
        for name, value in {
            "data_kinds": "",
            "people_kinds": "",
            "known_on": "17/11/2569",
            "known_time": "เช้า",
            "people_count": "-1",
            "handler": "ไม่มีใครรู้จัก",
            "risk": "unheard",
        }.items()
        if client.post(at, data=classified(made, **{name: value})).status_code == 422
    ]
    assert len(refused) == 7
    assert client.post(at, data=classified(made, version="0")).status_code == 409
    assert client.post(at, data=classified(made)).status_code == 302
    db.session.expire_all()
    assert made.state == State.CLASSIFIED
    assert made.notice_due_at == datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
    assert len(stored("incident_notice")) == 2
    page = client.get(f"/incidents/{made.id}").text
    assert "เหลือ 72 ชั่วโมง" in page


def test_the_handlers_are_reminded_at_each_step_of_the_72_hours_once(
    cast: Cast, clock: Clock
) -> None:
    clock.set(KNOWN)
    make_breach(cast.malee, cast.thep)
    told = []
    for hours in (1, 24, 1, 24, 17, 6, 1, 100):
        clock.forward(hours=hours)
        jobs.watch_incidents()
        jobs.watch_incidents()
        told.append(len(stored("incident_notice")) // 2)
    # At once, then 48, 24 and 6 hours before the end, and when it is over.
    assert told == [1, 2, 2, 3, 4, 5, 5, 5]
    assert "เกิน 72 ชั่วโมง" in stored("incident_notice")[-1].subject


def test_a_late_notice_needs_its_reason_and_a_breach_closes_only_when_all_are_told(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    clock.set(KNOWN)
    made = make_breach(cast.malee, cast.thep, risk="high")
    sign_in(client, cast.thep)
    at = f"/incidents/{made.id}"
    assert f'value="{cast.thep.name_th}"' in client.get(f"{at}/classify").text

    def post(act: str, data: dict[str, str]) -> int:
        db.session.expire_all()
        return client.post(f"{at}/{act}", data={**data, "version": str(made.version)}).status_code

    assert [post(act, SAID) for act in ("contain", "fix", "close")] == [302, 302, 422]
    clock.forward(hours=80)
    sent = {"on": "19/11/2569", "hour": "17:00", "reference": "ศธ 04000/12"}
    assert post("notify", sent) == 422
    assert post("notify", {**sent, "late_why": "ต้องรอผลตรวจสอบจากผู้ให้บริการ"}) == 302
    assert post("notify", sent) == 422
    assert post("close", SAID) == 422
    told = {"on": "19/11/2569", "hour": "17:30", "how": "อีเมลถึงทุกคน"}
    assert post("tell-people", told) == 302
    assert post("close", {"words": "สั้น"}) == 422
    assert post("close", SAID) == 302
    assert made.lessons == SAID["words"]
    assert post("reopen", SAID) == 302
    assert post("dismiss", SAID) == 422


def test_every_act_is_possible_exactly_where_the_table_says(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    wrong = []
    for state in State:
        for action in set(Action) - {Action.CLASSIFY}:
            made = make_incident(cast.malee, state=state)
            data = {**SAID, "version": str(made.version)}
            status = client.post(f"/incidents/{made.id}/{action}", data=data).status_code
            if (status == 302) != INCIDENTS.allows(state, action):
                wrong.append((state, action, status))
    assert wrong == []


def test_measures_are_watched_until_they_are_done(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    clock.set(KNOWN)
    made = make_incident(cast.malee)
    sign_in(client, cast.admin)
    at = f"/incidents/{made.id}/measures"
    typed = {"what": "เปลี่ยนรหัสผ่านทุกบัญชี", "responsible": "ศรี ตัวอย่าง", "due_on": "18/11/2569"}
    assert client.post(at, data={**typed, "responsible": "ไม่มี"}).status_code == 422
    assert client.post(at, data=typed).status_code == 302
    jobs.watch_incidents()
    assert stored("incident_measure") == []
    clock.forward(days=2)
    jobs.watch_incidents()
    jobs.watch_incidents()
    assert [one.person_id for one in stored("incident_measure")] == [cast.sri.id]
    measure = db.session.scalars(select(IncidentMeasure)).one()
    assert client.post(f"{at}/{measure.id}/finish").status_code == 302
    assert client.post(f"{at}/{measure.id}/finish").status_code == 422
    assert jobs.watch_incidents() == 0


def test_the_notice_says_what_the_law_asks_for_and_the_register_goes_out_as_a_table(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    clock.set(KNOWN)
    made = make_breach(cast.malee, cast.thep)
    sign_in(client, cast.chai)
    text = text_of(client.get(f"/incidents/{made.id}/notice.pdf").data)
    wanted = ("มาตรา ๓๗ (๔)", "จำนวน ๔๒ คน", "๑๖ พฤศจิกายน ๒๕๖๙ เวลา ๑๐.๐๐ น.", made.title)
    assert [one for one in (*wanted, cast.thep.name_th) if one not in text] == []
    answer = client.get("/incidents/register.xlsx?breach=due")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [made.number]


def test_programmes_of_process_4_count_incidents_that_were_none_left_out(cast: Cast) -> None:
    make_breach(cast.malee, cast.thep)
    make_incident(cast.malee)
    make_incident(cast.malee, state=State.DISMISSED)
    keys = {"incidents", "incidents_breaches", "incidents_closed"}
    assert {one.key for one in sources.of_process(4)} >= keys
    figures = sources.counted(keys, Period(today(), today()))
    assert figures == {"incidents": 2, "incidents_breaches": 1, "incidents_closed": 0}


def test_the_list_reads_in_both_languages_with_a_constant_number_of_queries(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.orn)
    assert "ยังไม่มีเหตุในทะเบียน" in client.get("/incidents/").text
    asked = []
    for _number in range(2):
        make_breach(cast.malee, cast.thep)
        make_breach(cast.sri, cast.admin)
        with counted() as queries:
            client.get("/incidents/")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8
    sign_in(client, make_person(Role.AUDITOR, language="en"))
    assert "Register of security incidents" in client.get("/incidents/").text
