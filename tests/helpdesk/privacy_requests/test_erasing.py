"""Erasing: two people, what the law keeps, and no trace in any other column (R-PD5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import JSON, String, Text, cast, select

from assets.loans.rules import returning
from assets.loans.states import Outcome
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import State
from helpdesk.tickets.models import Ticket, TicketFollower, TicketPhoto
from kernel import clock
from kernel.db import Model, db
from kernel.thai import search_key
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person
from office.privacy import slots
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.incidents import make_incident
from tests.factories.loans import make_loan
from tests.factories.office import in_work, make_person, sign_in, viewer_for
from tests.factories.tickets import make_ticket

AT = "/privacy/requests"
NAME, ENGLISH = "นางสาวกนกวรรณ ลาออกแล้ว", "Kanokwan Laaokleaw"
PHONE, MAIL = "0812345678", "kanokwan@example.test"


@pytest.fixture
def cast_(app: Flask) -> Cast:
    assert app.name
    return make_cast()


def leaver(cast_: Cast) -> Person:
    """Return somebody who left, with traces in many rooms."""
    person = make_person(
        Role.TECHNICIAN,
        unit=cast_.school,
        name_th=NAME,
        name_en=ENGLISH,
        phone=PHONE,
        email=MAIL,
        username="kanokwan",
    )
    detail = f"จอดับ แจ้งโดย{NAME} โทร 081-234-5678 อีเมล Kanokwan@Example.test"
    make_ticket(unit=cast_.school, by=viewer_for(person), detail=detail)
    make_ticket(unit=cast_.school, detail=f"คุณ {NAME} ({ENGLISH.upper()}) โทรมา")
    make_incident(person, story=f"ผู้แจ้งคือ {NAME}")
    asset = make_asset(cast_.school, custodian_text=NAME, extra={"ผู้ใช้": [NAME]})
    make_loan(asset, borrower=person)
    with in_work():
        returning.take_back([returning.Return(asset.id, Outcome.GOOD)], by=viewer_for(cast_.sri))
        bookkeeping.send(
            kind="ticket_resolved", subject=NAME, body="x", language="th", person_id=person.id
        )
        db.session.get_one(Person, person.id).left_on = clock.today() - timedelta(days=1)
    return db.session.get_one(Person, person.id)


def traces(*words: str) -> Iterator[str]:
    """Yield every column outside of what the law keeps in which a word stands."""
    plain = {one for word in words for one in (word.lower(), search_key(word))}
    forms = plain | {json.dumps(one)[1:-1] for one in plain}
    for table in Model.metadata.sorted_tables:
        texts = [one for one in table.columns if isinstance(one.type, JSON | String | Text)]
        if table.name in slots.kept() or not texts:
            continue
        for row in db.session.execute(select(*(cast(column, Text) for column in texts))):
            for column, said in zip(texts, row, strict=True):
                for form in forms:
                    if form in (said or "").lower():
                        yield f"{table.name}.{column.name}: {form}"


def asked(client: FlaskClient, admin: Person, contact: str) -> str:
    sign_in(client, admin)
    how = "มาพบที่สำนักงานพร้อมบัตร"
    data = {"kind": "erase", "contact": contact, "recognised": how, "words": f"ขอลบของ {contact}"}
    answer = client.post(f"{AT}/new", data=data)
    assert answer.status_code == 302
    return str(answer.location)


def test_pd5_two_people_erase_and_no_trace_stays_but_what_the_law_keeps(
    cast_: Cast, client: FlaskClient
) -> None:
    gone = leaver(cast_)
    second = make_person(Role.ADMIN)
    assert len(set(traces(NAME, ENGLISH, PHONE, "081-234-5678", MAIL))) > 8
    at = asked(client, cast_.admin, NAME)
    page = client.get(at).text
    assert [
        one for one in ("สิ่งที่จะลบ", "สิ่งที่กฎหมายให้เก็บ", "บัญชีและทะเบียนพัสดุ") if one not in page
    ] == []
    assert client.post(f"{at}/carry_out").status_code == 422
    assert client.post(f"{at}/propose").status_code == 302
    assert client.post(f"{at}/carry_out").status_code == 403
    sign_in(client, second)
    assert client.post(f"{at}/carry_out").status_code == 302
    db.session.expire_all()
    assert list(traces(NAME, ENGLISH, PHONE, "081-234-5678", MAIL)) == []
    assert gone.name_th.startswith("บุคคลที่ลบข้อมูลแล้ว (ขส.1/")
    assert (gone.phone, gone.email, gone.username, gone.password_hash) == ("", "", "", None)
    assert db.session.scalars(select(PrivacyRequest)).one().state == State.DONE
    assert audit.verify().broken_id is None
    assert client.get(at).status_code == 200


def test_a_namesake_and_a_longer_name_keep_theirs(cast_: Cast, client: FlaskClient) -> None:
    gone = make_person(unit=cast_.school, name_th="มานะ ชูใจดี", name_en="")
    make_person(unit=cast_.school, name_th="มานะ ชูใจดียิ่ง", name_en="")
    make_person(unit=cast_.other_school, name_th="มานะ ชูใจดี", name_en="")
    own = make_ticket(unit=cast_.school, by=viewer_for(gone), detail="มานะ ชูใจดี แจ้ง")
    free = make_ticket(unit=cast_.school, detail="มานะ ชูใจดี กับ มานะ ชูใจดียิ่ง")
    with in_work():
        db.session.get_one(Person, gone.id).left_on = clock.today() - timedelta(days=1)
    second = make_person(Role.ADMIN)
    at = asked(client, cast_.admin, "มานะ ชูใจดี")
    assert "มีผู้อื่นใช้ชื่อนี้ด้วย" in client.get(at).text
    client.post(f"{at}/propose")
    sign_in(client, second)
    assert client.post(f"{at}/carry_out").status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Ticket, own.id).detail.startswith("บุคคลที่ลบข้อมูลแล้ว")
    assert db.session.get_one(Ticket, free.id).detail == "มานะ ชูใจดี กับ มานะ ชูใจดียิ่ง"


def test_pd5_a_guest_is_erased_from_tickets_followers_photos_messages_and_search(
    cast_: Cast, client: FlaskClient
) -> None:
    name, contact = "นางสมหมาย มาจากไกล", "sommai@example.test"
    mine = make_ticket(
        unit=cast_.school, reporter_name=name, reporter_contact=contact, detail=f"{name} รออยู่"
    )
    other = make_ticket(unit=cast_.school, reporter_name="คนอื่น จริง ๆ", reporter_contact="089")
    with in_work():
        for ticket in (mine, other):
            db.session.add(
                TicketPhoto(ticket_id=ticket.id, key="a", thumbnail_key="b", at=clock.now())
            )
        db.session.add(
            TicketFollower(
                ticket_id=other.id, name=name, contact=contact, language="th", at=clock.now()
            )
        )
        bookkeeping.send(kind="ticket_new", subject="x", body="y", language="th", address=contact)
    second = make_person(Role.ADMIN)
    at = asked(client, cast_.admin, contact)
    client.post(f"{at}/propose")
    sign_in(client, second)
    assert client.post(f"{at}/carry_out").status_code == 302
    db.session.expire_all()
    assert list(traces(name, contact)) == []
    kept = db.session.scalars(select(TicketPhoto.ticket_id)).all()
    assert kept == [other.id]
    assert db.session.get_one(Ticket, other.id).reporter_name == "คนอื่น จริง ๆ"
    assert not db.session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.address == contact)
    ).all()


def test_every_kept_table_exists_and_says_its_ground(cast_: Cast) -> None:
    assert cast_
    grounds = slots.kept()
    assert [name for name in grounds if name not in Model.metadata.tables] == []
    assert all(str(ground) for ground in grounds.values())
