"""The inbox of a person, and the outgoing messages of the office."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from kernel.db import db
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.models import AuditEntry, OutgoingMessage
from office.notifications import jobs, rounds
from office.notifications.models import Delivery
from office.notifications.rules import deliveries
from office.notifications.states import State
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.office import make_person, sign_in


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def leave(person: Person, subject: str = "ซ่อมเสร็จแล้ว", link: str = "") -> int:
    with work():
        bookkeeping.send(
            kind="ticket_resolved",
            subject=subject,
            body=f"เนื้อความของ {subject}",
            language="th",
            person_id=person.id,
            link=link,
        )
        newest = select(OutgoingMessage.id).order_by(OutgoingMessage.id.desc()).limit(1)
        return int(db.session.scalars(newest).one())


def delivery_of(message_id: int) -> Delivery:
    """Return the only delivery of a message, its way decided now where it was not before."""
    rounds.route_new()
    db.session.rollback()
    return db.session.scalars(select(Delivery).where(Delivery.message_id == message_id)).one()


def fetched(message_id: int) -> OutgoingMessage:
    db.session.rollback()
    return db.session.get_one(OutgoingMessage, message_id)


def test_a_person_reads_the_own_messages_only(client: FlaskClient, cast: Cast) -> None:
    leave(cast.malee, "ของมาลี")
    leave(cast.thep, "ของเทพ")
    sign_in(client, cast.malee)
    page = client.get("/inbox").text
    assert "เนื้อความของ ของมาลี" in page
    assert "ของเทพ" not in page


def test_the_inbox_speaks_english_to_those_who_want_it(client: FlaskClient, cast: Cast) -> None:
    with work():
        db.session.get_one(Person, cast.malee.id).language = "en"
    sign_in(client, cast.malee)
    assert "No messages yet." in client.get("/inbox").text


def test_looking_at_the_inbox_does_not_mark_anything_as_read(
    client: FlaskClient, cast: Cast
) -> None:
    message_id = leave(cast.malee)
    sign_in(client, cast.malee)
    client.get("/inbox")
    assert fetched(message_id).read_at is None


def test_a_message_is_marked_as_read(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee)
    sign_in(client, cast.malee)
    answer = client.post(f"/inbox/{message_id}/read")
    assert answer.location == "/inbox"
    assert fetched(message_id).read_at is not None
    assert "ซ่อมเสร็จแล้ว" not in client.get("/inbox?show=unread").text


def test_opening_the_page_of_a_message_marks_it_as_read(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee, link="/items/3")
    sign_in(client, cast.malee)
    answer = client.post(f"/inbox/{message_id}/read", data={"go": "on"})
    assert answer.location == "/items/3"
    assert fetched(message_id).read_at is not None


def test_a_link_to_another_site_is_not_followed(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee, link="//elsewhere.example.test/")
    sign_in(client, cast.malee)
    assert client.post(f"/inbox/{message_id}/read", data={"go": "on"}).location == "/inbox"


def test_nobody_marks_the_message_of_another_person(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.thep)
    sign_in(client, cast.malee)
    assert client.post(f"/inbox/{message_id}/read").status_code == 404
    assert fetched(message_id).read_at is None


def test_all_messages_are_marked_as_read_at_once(client: FlaskClient, cast: Cast) -> None:
    own, other = leave(cast.malee), leave(cast.thep)
    sign_in(client, cast.malee)
    client.post("/inbox/read-all")
    assert fetched(own).read_at is not None
    assert fetched(other).read_at is None


def test_a_forged_form_marks_nothing(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee)
    sign_in(client, cast.malee)
    assert client.post(f"/inbox/{message_id}/read", forged=True).status_code == 422  # type: ignore[call-arg]
    assert fetched(message_id).read_at is None


SEERS = {"admin", "auditor"}


@pytest.mark.parametrize("path", ["/messages", "/messages/{}"])
def test_outgoing_messages_are_open_to_administrator_and_auditor(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    message_id = leave(cast.malee)
    for role, person in cast.by_role().items():
        sign_in(client, person)
        expected = 200 if role in SEERS else 403
        assert client.get(path.format(message_id)).status_code == expected, role


def test_the_auditor_does_not_read_the_text_of_a_message(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee)
    sign_in(client, cast.orn)
    assert "เนื้อความของ ซ่อมเสร็จแล้ว" not in client.get(f"/messages/{message_id}").text
    sign_in(client, cast.admin)
    assert "เนื้อความของ ซ่อมเสร็จแล้ว" in client.get(f"/messages/{message_id}").text


def test_the_list_is_filtered_by_state(client: FlaskClient, cast: Cast) -> None:
    leave(cast.malee, "เก็บไว้")
    jobs.deliver()
    leave(cast.malee, "รออยู่")
    sign_in(client, cast.admin)
    assert "เก็บไว้" in client.get("/messages?state=stored").text
    assert "รออยู่" not in client.get("/messages?state=stored").text
    assert "รออยู่" in client.get("/messages?state=nonsense").text


def test_the_administrator_sends_again_what_is_unsure(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee)
    number = delivery_of(message_id).id
    with work():
        deliveries.claim(number)
        deliveries.lose(number, "the line broke")
    sign_in(client, cast.admin)
    assert client.post(f"/messages/deliveries/{number}/resend").status_code == 302
    again = delivery_of(message_id)
    assert (again.state, again.attempts) == (State.WAITING, 0)
    assert "resent" in db.session.scalars(select(AuditEntry.act)).all()


def test_a_second_tap_on_send_again_is_refused_readably(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee)
    jobs.deliver()
    sign_in(client, cast.admin)
    number = delivery_of(message_id).id
    client.post(f"/messages/deliveries/{number}/resend")
    answer = client.post(f"/messages/deliveries/{number}/resend")
    assert answer.status_code == 422
    assert "รอส่ง" in answer.text


def test_the_auditor_sends_nothing(client: FlaskClient, cast: Cast) -> None:
    message_id = leave(cast.malee)
    jobs.deliver()
    sign_in(client, cast.orn)
    number = delivery_of(message_id).id
    assert client.post(f"/messages/deliveries/{number}/resend").status_code == 403
    assert delivery_of(message_id).state == State.STORED


@pytest.mark.parametrize("path", ["/inbox", "/messages"])
def test_queries_do_not_grow_with_the_messages(client: FlaskClient, cast: Cast, path: str) -> None:
    def count() -> int:
        asked: list[str] = []

        def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", listen)
        assert client.get(path).status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(asked)

    sign_in(client, cast.admin)
    leave(cast.admin)
    few = count()
    for number in range(20):
        leave(cast.admin, f"ฉบับที่ {number}")
    assert count() == few <= 8


@pytest.mark.parametrize("role", ["admin", "auditor"])
@pytest.mark.parametrize("path", ["/messages", "/messages/1", "/audit", "/timetable"])
def test_a_role_for_one_school_opens_nothing_of_the_whole_office(
    client: FlaskClient, cast: Cast, role: str, path: str
) -> None:
    leave(cast.malee)
    sign_in(client, make_person(role, unit=cast.school, over=cast.school))
    answer = client.get(path)
    assert answer.status_code == 403
    assert 'href="/messages"' not in client.get("/inbox").text


def test_a_password_link_is_for_the_mail_alone(client: FlaskClient, cast: Cast) -> None:
    with work():
        bookkeeping.send(
            kind="password_link",
            subject="ตั้งรหัสผ่าน",
            body="เปิดลิงก์",
            language="th",
            person_id=cast.malee.id,
            link="/password/secret-of-malee",
        )
    number = db.session.scalars(select(OutgoingMessage.id)).one()
    sign_in(client, cast.admin)
    assert "secret-of-malee" not in client.get(f"/messages/{number}").text
    sign_in(client, cast.malee)
    assert "secret-of-malee" not in client.get("/inbox").text
    answer = client.post(f"/inbox/{number}/read", data={"go": "on"})
    assert answer.headers["Location"] == "/inbox"
