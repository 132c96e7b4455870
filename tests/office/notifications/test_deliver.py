"""Messages leave once, are tried again, and keep their failures readable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.models import OutgoingMessage
from office.notifications import jobs, rounds
from office.notifications.models import Delivery
from office.notifications.rules import deliveries
from office.notifications.states import State
from office.people.access import Role
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import in_work, make_person, sign_in
from tests.office.notifications.conftest import use
from tests.office.notifications.mail_server import Letterbox, free_port, mail_server

pytestmark = pytest.mark.usefixtures("app", "clock")
SUBJECT = "ใบแจ้งซ่อม ซ.12/2569 ซ่อมเสร็จแล้ว"


def leave(person: Person | None = None, **overrides: str | None) -> None:
    """Leave a message the way a rule does."""
    with in_work():
        bookkeeping.send(
            **{  # type: ignore[arg-type]
                "kind": "ticket_resolved",
                "subject": SUBJECT,
                "body": "เครื่องของท่านซ่อมเสร็จแล้ว\nขอบคุณครับ",
                "language": "th",
                "person_id": (person or make_person()).id if "address" not in overrides else None,
                **overrides,
            }
        )


def message() -> OutgoingMessage:
    db.session.rollback()
    return db.session.scalars(select(OutgoingMessage)).one()


def delivery() -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery)).one()


def routed() -> Delivery:
    """Return the delivery of what was left, before it is made."""
    rounds.route_new()
    return delivery()


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Delivery.state).order_by(Delivery.id)))


def test_a_waiting_message_reaches_the_mail_server(letterbox: Letterbox) -> None:
    leave(make_person(email="malee@school.example.test"))
    assert jobs.deliver() == 1
    assert letterbox.recipients == ["malee@school.example.test"]
    assert delivery().state == State.SENT
    assert delivery().sent_at is not None


def test_a_message_that_was_sent_is_not_sent_again(letterbox: Letterbox) -> None:
    leave()
    jobs.deliver()
    assert jobs.deliver() == 0
    assert len(letterbox.letters) == 1


def test_thai_arrives_as_it_was_written(letterbox: Letterbox) -> None:
    leave(link="/tickets/12")
    jobs.deliver()
    (letter,) = letterbox.letters
    assert letter["Subject"] == SUBJECT
    plain = letter.get_body(("plain",))
    html = letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "เครื่องของท่านซ่อมเสร็จแล้ว" in plain.get_content()
    assert "https://helpdesk.example.test/tickets/12" in plain.get_content()
    assert "<p>ขอบคุณครับ</p>" in html.get_content()


def test_a_message_to_an_address_without_a_person_is_sent(letterbox: Letterbox) -> None:
    leave(address="guest@home.example.test")
    jobs.deliver()
    assert letterbox.recipients == ["guest@home.example.test"]


def test_a_server_that_is_busy_is_asked_again_after_a_pause(
    letterbox: Letterbox, clock: Clock
) -> None:
    letterbox.on_rcpt = ["450 Mailbox busy"]
    leave()
    assert jobs.deliver() == 0
    assert (delivery().state, delivery().last_error) == (State.WAITING, "450 Mailbox busy")
    clock.forward(seconds=59)
    assert jobs.deliver() == 0
    clock.forward(seconds=1)
    assert jobs.deliver() == 1
    assert (delivery().state, delivery().attempts, delivery().last_error) == (State.SENT, 2, "")


@pytest.mark.parametrize("where", ["on_rcpt", "on_data"])
def test_a_refusal_for_good_is_final_at_once_and_keeps_its_reason(
    letterbox: Letterbox, where: str
) -> None:
    setattr(letterbox, where, ["550 No such mailbox here"])
    leave()
    jobs.deliver()
    assert (delivery().state, delivery().last_error) == (State.FAILED, "550 No such mailbox here")


def test_a_refused_message_does_not_stop_the_next_one(letterbox: Letterbox) -> None:
    letterbox.on_rcpt = ["550 No such mailbox here"]
    leave()
    leave()
    assert jobs.deliver() == 1
    assert states() == [State.FAILED, State.SENT]


def test_pauses_grow_and_the_message_is_given_up_after_a_day(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    use(app, monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    leave()
    began, pauses = clock.now, []
    jobs.deliver()
    while delivery().state == State.WAITING:
        pauses.append(delivery().next_try_at - clock.now)
        clock.set(delivery().next_try_at)
        jobs.deliver()
    assert pauses[:5] == [timedelta(minutes=m) for m in (1, 5, 30, 120, 360)]
    assert delivery().state == State.PARKED
    assert clock.now - began == timedelta(hours=24)
    assert "ConnectionRefusedError" in delivery().last_error


def test_everything_waits_while_the_server_cannot_be_reached(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    leave()
    leave()
    assert jobs.deliver() == 0
    assert states() == [State.WAITING, State.WAITING]


def test_a_line_that_breaks_after_the_text_leaves_the_message_unsure(letterbox: Letterbox) -> None:
    letterbox.hang_up_after_taking = True
    leave()
    jobs.deliver()
    assert delivery().state == State.UNSURE
    assert jobs.deliver() == 0
    assert len(letterbox.letters) == 1


def test_a_message_that_a_dead_process_was_sending_becomes_unsure(
    letterbox: Letterbox, clock: Clock
) -> None:
    leave()
    number = routed().id
    with work():
        deliveries.claim(number)
    assert jobs.deliver() == 0
    assert delivery().state == State.SENDING
    clock.forward(minutes=5)
    assert jobs.deliver() == 0
    assert delivery().state == State.UNSURE
    assert letterbox.letters == []


def test_a_message_that_somebody_else_claimed_is_left_alone(letterbox: Letterbox) -> None:
    leave()
    number = routed().id
    with work():
        assert deliveries.claim(number) is not None
    with work():
        assert deliveries.claim(number) is None


def test_without_a_mail_server_messages_stay_in_the_inbox() -> None:
    leave()
    assert jobs.deliver() == 0
    assert delivery().state == State.STORED


def test_a_person_without_an_address_reads_in_the_inbox(letterbox: Letterbox) -> None:
    leave(make_person(email=""))
    jobs.deliver()
    assert delivery().state == State.STORED
    assert letterbox.letters == []


def test_who_has_left_gets_no_mail(letterbox: Letterbox, clock: Clock) -> None:
    leave(make_person(left_on=clock.now.date()))
    jobs.deliver()
    assert (delivery().state, letterbox.letters) == (State.STORED, [])


def test_an_address_that_cannot_be_one_is_refused_with_a_sentence(letterbox: Letterbox) -> None:
    leave(make_person(email="ครู@โรงเรียน"))
    leave()
    assert jobs.deliver() == 1
    assert states() == [State.FAILED, State.SENT]


def test_the_sign_in_of_the_address_is_used(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server(sign_in="desk:right%40word@") as box:
        use(app, monkeypatch, box.url)
        leave()
        assert jobs.deliver() == 1
        assert box.sign_ins == [("desk", "right@word")]


def test_a_wrong_password_postpones_everything_with_the_servers_words(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server(sign_in="desk:wrong@") as box:
        use(app, monkeypatch, box.url)
        leave()
        assert jobs.deliver() == 0
    assert delivery().state == State.WAITING
    assert delivery().last_error.startswith("535")


@pytest.mark.parametrize(
    ("language", "reason"),
    [("th", "ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล"), ("en", "No mail server is set up.")],
)
def test_the_reason_is_told_in_the_language_of_its_reader(
    client: FlaskClient, language: str, reason: str
) -> None:
    leave()
    jobs.deliver()
    sign_in(client, make_person(Role.ADMIN, language=language))
    assert reason in client.get("/messages").text
    assert reason in client.get(f"/messages/{message().id}").text


def test_a_password_link_is_forgotten_once_it_has_left(letterbox: Letterbox) -> None:
    leave(kind="password_link", link="/password/secret")
    jobs.deliver()
    plain = letterbox.letters[0].get_body(("plain",))
    assert plain is not None
    assert "/password/secret" in plain.get_content()
    assert message().link == ""


def test_a_password_link_that_nobody_can_be_sent_is_forgotten() -> None:
    leave(kind="password_link", link="/password/secret")
    jobs.deliver()
    assert delivery().state == State.STORED
    assert message().link == ""


def test_a_password_link_that_may_not_have_arrived_can_be_sent_again(
    letterbox: Letterbox,
) -> None:
    leave(kind="password_link", link="/password/secret")
    number = routed().id
    with work():
        deliveries.claim(number)
    with work():
        deliveries.lose(number, "broken")
    assert message().link == "/password/secret"
