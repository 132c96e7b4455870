"""Requests about own data: a copy without others' data, erasure by two, retention (R-PD5)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.privacy_requests import jobs
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import TABLES, Kind, State
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State as TicketState
from kernel.db import db
from office.bookkeeping.models import AuditEntry, OutgoingMessage
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import in_work, make_person, sign_in, viewer_for
from tests.factories.tickets import make_ticket

AT = "/privacy/requests"
HOW = "โทรจากหมายเลขที่ให้ไว้ในใบแจ้ง"
PHONE = "081-234-5678"


@pytest.fixture
def cast(app: Flask) -> Cast:
    assert app.name
    return make_cast()


def guest_ticket(cast: Cast, name: str = "สมหญิง มาเยือน", contact: str = PHONE) -> Ticket:
    return make_ticket(
        unit=cast.school, reporter_name=name, reporter_contact=contact, detail=f"โทร {contact}"
    )


def opened(data: bytes) -> tuple[dict[str, Any], str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        told = json.loads(bundle.read("data.json"))
        return told, bundle.read("index.html").decode(), bundle.namelist()


def test_pd5_a_person_gets_the_own_copy_at_once_without_the_data_of_others(
    cast: Cast, client: FlaskClient
) -> None:
    other = make_person(name_th="วิภา ผู้อื่นจริง", phone="0899999999", email="wipa@example.test")
    with in_work():
        malee = db.session.get_one(Person, cast.malee.id)
        malee.phone = "0812345678"
    detail = "จอดับ ติดต่อ 081-234-5678 หรือ วิภา ผู้อื่นจริง 089-999-9999 wipa@example.test"
    make_ticket(unit=cast.school, by=viewer_for(cast.malee), detail=detail)
    make_ticket(unit=cast.school, by=viewer_for(other), detail="เรื่องของคนอื่นล้วน ๆ")
    taken = make_ticket(unit=cast.school, detail="งานที่รับมา")
    with in_work():
        db.session.get_one(Ticket, taken.id).assignee_id = cast.malee.id
    sign_in(client, cast.malee)
    assert client.post(f"{AT}/mine/copy").location == f"{AT}/mine"
    made = db.session.scalars(select(PrivacyRequest)).one()
    assert made.state == State.DONE
    told, page, _names = opened(client.get(f"{AT}/{made.id}/copy.zip").data)
    text = json.dumps(told, ensure_ascii=False) + page
    assert told["names"] == [cast.malee.name_th, cast.malee.name_en]
    assert "081-234-5678" in text
    english = re.findall(r"<dt><b>([a-z ]+)</b>", page)
    assert (english, re.findall(r"<dd>(\d{4}-\d\d-\d\d)", page)) == ([], [])
    assert re.search(r"<dd>\d+ [ก-๙.]+ 25\d\d", page)
    others = ("วิภา", "999-9999", "wipa", "ของคนอื่นล้วน", "งานที่รับมา", cast.thep.name_th)
    assert [one for one in others if one in text] == []
    assert [key for key in ("password", "token", "session_epoch") if f'"{key}' in text] == [
        "session_epoch"
    ]


def test_only_the_person_and_administrators_fetch_a_copy_and_the_list_is_closed(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.malee)
    client.post(f"{AT}/mine/copy")
    made = db.session.scalars(select(PrivacyRequest)).one()
    fetches, sees = {"requester", "admin"}, {"approver", "auditor", "admin"}
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        can = (
            client.get(f"{AT}/{made.id}/copy.zip").status_code == 200,
            client.get(f"{AT}/").status_code == 200,
            client.get(f"{AT}/new").status_code == 200,
        )
        if can != (role in fetches, role in sees, role == "admin"):
            wrong.append((role, can))
    assert wrong == []


def test_a_copy_is_let_go_after_thirty_days(cast: Cast, client: FlaskClient, clock: Clock) -> None:
    sign_in(client, cast.malee)
    client.post(f"{AT}/mine/copy")
    made = db.session.scalars(select(PrivacyRequest)).one()
    clock.forward(days=30)
    jobs.watch_privacy_requests()
    assert client.get(f"{AT}/{made.id}/copy.zip").status_code == 200
    clock.forward(days=1)
    jobs.watch_privacy_requests()
    assert client.get(f"{AT}/{made.id}/copy.zip").status_code == 404


def test_pd5_a_guest_is_recognised_and_gets_everything_left_with_the_contact(
    cast: Cast, client: FlaskClient
) -> None:
    ticket = guest_ticket(cast)
    guest_ticket(cast, "สมชาย คนอื่น", "089-000-0000")
    sign_in(client, cast.admin)
    typed = {"kind": "copy", "contact": f"https://x.test/t/{ticket.token}", "recognised": HOW}
    for wrong in ({"contact": "080-000-0001"}, {"recognised": "รู้จัก"}, {"kind": "other"}):
        assert client.post(f"{AT}/new", data={**typed, **wrong}).status_code == 422
    at = client.post(f"{AT}/new", data=typed).location
    assert client.post(f"{at}/prepare").status_code == 302
    told, page, _names = opened(client.get(f"{at}/copy.zip").data)
    assert [one["number"] for one in told["parts"]["ticket"]] == [ticket.number]
    assert "สมชาย" not in page


def test_a_request_is_refused_with_its_ground_and_one_of_a_kind_is_open(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.malee)
    for _twice in range(2):
        client.post(f"{AT}/mine/erase", data={"words": "ขอลบ"})
    made = db.session.scalars(select(PrivacyRequest)).one()
    sign_in(client, cast.admin)
    at = f"{AT}/{made.id}"
    assert "ยังปฏิบัติงานอยู่" in client.get(at).text
    assert client.post(f"{at}/propose").status_code == 422
    refusal = {"words": "ไม่", "version": str(made.version)}
    assert client.post(f"{at}/refuse", data=refusal).status_code == 422
    refusal["words"] = "ยังปฏิบัติหน้าที่ จึงต้องใช้ข้อมูลตามมาตรา 24"
    assert client.post(f"{at}/refuse", data=refusal).status_code == 302
    sign_in(client, cast.malee)
    assert "มาตรา 24" in client.get(f"{AT}/mine").text


def test_administrators_are_reminded_before_the_thirty_days_are_over_once_each_step(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    sign_in(client, cast.malee)
    client.post(f"{AT}/mine/erase")
    told = []
    for days in (1, 15, 7, 6, 1, 5):
        clock.forward(days=days)
        jobs.watch_privacy_requests()
        jobs.watch_privacy_requests()
        query = select(OutgoingMessage).where(OutgoingMessage.kind == "privacy_request")
        told.append(len(db.session.scalars(query).all()))
    # When it was asked, then 14, 7 and 1 days before, and on the last day.
    assert told == [1, 2, 3, 4, 5, 5]


def test_the_tables_of_states_end_in_done_or_refused_for_every_kind() -> None:
    for kind in Kind:
        table = TABLES[kind]
        assert {state for state in State if not table.actions(state)} >= {
            State.DONE,
            State.REFUSED,
        }
        assert table.actions(State.ASKED)


def test_contacts_of_guests_and_old_messages_go_when_their_time_is_over(
    cast: Cast, clock: Clock
) -> None:
    ended = guest_ticket(cast)
    running = guest_ticket(cast, "สมศรี ยังเปิดอยู่", "089-111-2222")
    with in_work():
        ended = db.session.get_one(Ticket, ended.id)
        ended.state, ended.next_due_at = TicketState.CLOSED, None
    first = db.session.scalars(select(OutgoingMessage.id)).all()
    clock.forward(days=364)
    assert jobs.purge_personal_data() == 0
    clock.forward(days=2)
    assert jobs.purge_personal_data() == 1
    db.session.expire_all()
    assert (ended.reporter_name, ended.reporter_contact) == ("", "")
    assert "มาเยือน" not in ended.search_key
    assert running.reporter_name == "สมศรี ยังเปิดอยู่"
    erased = select(AuditEntry.subject_id).where(AuditEntry.act == "erased")
    assert db.session.scalars(erased).all() == [ended.id]
    clock.forward(days=365)
    assert jobs.purge_personal_data() == len(first)
