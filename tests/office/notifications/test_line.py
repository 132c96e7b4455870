"""Messages by LINE: bound by a code, pushed once, within the month's number, signed both ways."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.notifications import jobs, rounds
from office.notifications.models import Delivery, LineAccount
from office.notifications.rules import line
from office.notifications.states import State, Way
from office.notifications.ways.line import shortened
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import in_work, make_person, sign_in, viewer_for
from tests.office.notifications.line_server import TOKEN, LineService, line_service

SECRET = "a channel secret of no real channel"


@pytest.fixture
def api(app: Flask, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[LineService]:
    with line_service() as service:
        wanted = replace(
            app.extensions["settings"],
            line_url=service.url,
            line_token=TOKEN,
            line_secret=SECRET,
            base_url="https://helpdesk.example.test",
        )
        monkeypatch.setitem(app.extensions, "settings", wanted)
        yield service


def bound(user_id: str = "U1", **fields: Any) -> Person:
    with in_work():
        person = make_person(**fields)
        code = line.new_code(by=viewer_for(person))
        db.session.flush()
        assert line.bind(code, user_id) is not None
    return person


def leave(person: Person, kind: str = "ticket_answered", body: str = "เนื้อความ") -> None:
    with work():
        bookkeeping.send(
            kind=kind,
            subject="มีคำตอบ",
            body=body,
            language="th",
            person_id=person.id,
            link="/tickets/1",
        )


def run() -> int:
    rounds.route_new()
    return jobs.deliver_to_line()


def on(way: Way) -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery).where(Delivery.way == way)).one()


def call(client: FlaskClient, *events: dict[str, Any], signed_with: str = SECRET) -> int:
    body = json.dumps({"destination": "Uoffice", "events": list(events)}).encode()
    made = hmac.new(signed_with.encode(), body, hashlib.sha256).digest()
    headers = {"X-Line-Signature": base64.b64encode(made).decode()}
    answer = client.post(
        "/line/webhook", data=body, headers=headers, content_type="application/json"
    )
    return answer.status_code


def text_from(user_id: str, text: str) -> dict[str, Any]:
    return {
        "type": "message",
        "replyToken": "r1",
        "source": {"type": "user", "userId": user_id},
        "message": {"type": "text", "text": text},
    }


def test_what_waits_for_a_person_is_pushed_with_its_link(api: LineService) -> None:
    leave(bound())
    assert run() == 1
    assert api.pushed == [("U1", "มีคำตอบ\n\nเนื้อความ\n\nhttps://helpdesk.example.test/tickets/1")]
    assert on(Way.LINE).state == State.SENT


def test_news_that_wait_for_nobody_are_not_worth_one_of_the_month(api: LineService) -> None:
    leave(bound(), kind="stock_below")
    assert run() == 0
    assert api.pushed == []


def test_a_push_that_arrived_before_the_line_broke_does_not_arrive_again(
    api: LineService, clock: Clock
) -> None:
    leave(bound())
    api.hang_up_after_taking = True
    run()
    assert on(Way.LINE).state == State.WAITING
    api.hang_up_after_taking = False
    clock.forward(minutes=2)
    assert run() == 1
    assert len(api.pushed) == 1


def test_a_push_that_a_dead_process_was_making_is_tried_again(
    api: LineService, clock: Clock
) -> None:
    from office.notifications.rules import deliveries

    leave(bound())
    rounds.route_new()
    number = on(Way.LINE).id
    with work():
        deliveries.claim(number)
    clock.forward(minutes=6)
    jobs.deliver_to_line()
    clock.forward(minutes=2)
    jobs.deliver_to_line()
    assert len(api.pushed) == 1


def test_trouble_on_the_other_side_is_waited_for(api: LineService, clock: Clock) -> None:
    leave(bound())
    api.trouble = [500, 429]
    run()
    assert on(Way.LINE).last_error.startswith("500")
    clock.forward(minutes=2)
    run()
    assert on(Way.LINE).last_error.startswith("429")
    clock.forward(minutes=6)
    assert run() == 1


def test_when_the_month_is_used_up_the_message_goes_by_mail(api: LineService) -> None:
    api.month, api.used = 300, 300
    person = bound()
    with work():
        from office.notifications.models import WayChoice
        from office.notifications.states import Rhythm

        db.session.add(
            WayChoice(person_id=person.id, group_name="tickets", way=Way.MAIL, rhythm=Rhythm.OFF)
        )
    leave(person)
    assert run() == 0
    assert api.pushed == []
    assert on(Way.LINE).state == State.STORED
    assert on(Way.MAIL).state == State.WAITING


def test_only_as_many_as_the_month_holds_are_pushed(api: LineService) -> None:
    api.month, api.used = 300, 298
    person = bound()
    for _ in range(4):
        leave(person)
    assert run() == 2
    assert api.used == 300


def test_a_long_text_is_cut_to_what_line_takes(api: LineService) -> None:
    leave(bound(), body="😀ก" * 4000)
    assert run() == 1
    assert api.pushed[0][1].endswith("…")
    assert shortened("สั้น") == "สั้น"


def test_a_code_binds_once_and_is_answered(api: LineService, client: FlaskClient) -> None:
    person = make_person(name_th="มาลี ตัวอย่าง")
    with work():
        code = line.new_code(by=viewer_for(person))
    assert call(client, text_from("U7", f" {code[:4].lower()} {code[4:]} ")) == 200
    db.session.rollback()
    assert db.session.get_one(LineAccount, person.id).user_id == "U7"
    assert "มาลี ตัวอย่าง" in api.replied[0][1]
    call(client, text_from("U8", code))
    db.session.rollback()
    assert db.session.get_one(LineAccount, person.id).user_id == "U7"


def test_an_old_code_binds_nobody(api: LineService, client: FlaskClient, clock: Clock) -> None:
    person = make_person()
    with work():
        code = line.new_code(by=viewer_for(person))
    clock.forward(minutes=16)
    call(client, text_from("U7", code))
    assert db.session.get(LineAccount, person.id) is None


@pytest.mark.parametrize("signed_with", ["another secret", ""])
def test_a_call_that_line_did_not_sign_is_refused(
    api: LineService, client: FlaskClient, signed_with: str
) -> None:
    person = bound("U1")
    unfollow = {"type": "unfollow", "source": {"type": "user", "userId": "U1"}}
    assert call(client, unfollow, signed_with=signed_with) == 403
    db.session.rollback()
    assert db.session.get(LineAccount, person.id) is not None


def test_a_signature_that_is_no_signature_is_refused_like_a_wrong_one(
    api: LineService, client: FlaskClient
) -> None:
    forged = {"X-Line-Signature": "\u00e9"}
    assert client.post("/line/webhook", data=b"{}", headers=forged).status_code == 403


def test_who_blocks_the_office_is_let_go(api: LineService, client: FlaskClient) -> None:
    person = bound("U1")
    assert call(client, {"type": "unfollow", "source": {"type": "user", "userId": "U1"}}) == 200
    db.session.rollback()
    assert db.session.get(LineAccount, person.id) is None
    leave(person)
    assert run() == 0


def test_a_chatterer_is_answered_a_few_times_only(api: LineService, client: FlaskClient) -> None:
    for _ in range(9):
        call(client, text_from("U9", "สวัสดี"))
    assert len(api.replied) == 6


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"type": "message"},
        {"type": "message", "source": None},
        {"type": "message", "source": {"type": "group", "groupId": "C1", "userId": "U1"}},
        {"type": "message", "source": {"type": "user", "userId": "U1"}, "message": "text"},
        {
            "type": "message",
            "source": {"type": "user", "userId": "U1"},
            "message": {"type": "image"},
        },
    ],
)
def test_events_of_any_shape_are_taken_without_harm(
    api: LineService, client: FlaskClient, event: dict[str, Any]
) -> None:
    assert call(client, event) == 200


def test_without_a_secret_there_is_no_such_page(client: FlaskClient) -> None:
    assert client.post("/line/webhook", data=b"{}").status_code == 404


def test_a_person_binds_and_lets_go_on_the_own_page(api: LineService, client: FlaskClient) -> None:
    person = sign_in(client, make_person())
    page = client.post("/profile/messages/line").text
    code = "".join(page.split("<strong>")[-1].split("</strong>")[0].split())
    call(client, text_from("U5", code))
    assert "ผูกบัญชี LINE ของท่านไว้ตั้งแต่" in client.get("/profile/messages").text
    client.post("/profile/messages/line/unbind")
    db.session.rollback()
    assert db.session.get(LineAccount, person.id) is None
