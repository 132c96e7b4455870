"""Joining an open report instead of making a second one, and what is shown while typing."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower
from helpdesk.tickets.rules import joining, talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.rules.intake import Report
from helpdesk.tickets.states import Action, State
from kernel import clock as kernel_clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import make_room, sign_in, viewer_for
from tests.factories.tickets import RESULT, make_tag, make_ticket

GUEST = {"name": "ครูสมหญิง", "contact": "ying@school.test"}


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast.school, "ห้อง 231")


@pytest.fixture
def ticket(cast: Cast, room: Room) -> Ticket:
    return make_ticket(unit=cast.school, room=room, detail="ครูสมชายทำเน็ตหลุด", category="network")


def me_too(client: FlaskClient, cast: Cast, ticket: Ticket, **fields: Any) -> TestResponse:
    place = {"unit": str(cast.school.id), "place": "ห้อง ๒๓๑", "join": str(ticket.id)}
    return client.post("/report", data={**GUEST, **place, **fields})


def followers() -> list[TicketFollower]:
    db.session.rollback()
    return list(db.session.scalars(select(TicketFollower).order_by(TicketFollower.id)))


def near(client: FlaskClient, cast: Cast, place: str = "ห้อง 231") -> str:
    return client.get(f"/report/near?unit={cast.school.id}&place={place}&detail=").text


def test_a_guest_sees_what_is_open_in_the_room_but_no_words_of_others(
    client: FlaskClient, cast: Cast, ticket: Ticket
) -> None:
    page = near(client, cast)
    assert "เครือข่ายและอินเทอร์เน็ต" in page
    assert "ครูสมชาย" not in page
    assert ticket.number not in page
    assert ticket.token not in page
    assert "เครือข่าย" not in near(client, cast, "ห้อง 999")
    sign_in(client, cast.malee)
    assert "ครูสมชาย" not in near(client, cast)
    sign_in(client, cast.thep)
    assert ticket.number in near(client, cast)


def test_a_finished_report_is_not_suggested(client: FlaskClient, cast: Cast, room: Room) -> None:
    thep = viewer_for(cast.thep)
    make_ticket(
        unit=cast.school, room=room, category="network", state=State.RESOLVED, technician=thep
    )
    assert 'name="join"' not in near(client, cast)


def test_one_tap_joins_and_gives_an_own_private_page(
    client: FlaskClient, cast: Cast, ticket: Ticket
) -> None:
    answer = me_too(client, cast, ticket, key="a key of twenty letters")
    again = me_too(client, cast, ticket, key="a key of twenty letters")
    [one] = followers()
    assert answer.location == again.location == f"/j/{one.token}/joined"
    assert db.session.scalar(select(func.count(Ticket.id))) == 1
    page = client.get(f"/j/{one.token}").text
    assert ticket.number in page
    assert "ครูสมชาย" not in page
    assert ticket.token not in page


def test_a_guest_who_joins_says_who_it_is(client: FlaskClient, cast: Cast, ticket: Ticket) -> None:
    assert me_too(client, cast, ticket, name="").status_code == 422
    assert followers() == []


def test_only_a_report_of_the_same_room_is_joined(
    client: FlaskClient, cast: Cast, ticket: Ticket
) -> None:
    elsewhere = make_ticket(unit=cast.other_school)
    for wrong in (
        {"place": "ห้อง 1"},
        {"join": str(elsewhere.id)},
        {"join": "x"},
        {"join": "9" * 30},
    ):
        assert me_too(client, cast, ticket, **wrong).status_code == 422, wrong
    assert followers() == []


def test_those_who_joined_hear_of_every_step_that_the_reporter_hears_of(
    cast: Cast, ticket: Ticket
) -> None:
    thep = viewer_for(cast.thep)
    with work():
        row = db.session.get_one(Ticket, ticket.id)
        joining.join(row, Report(detail="ด้วย", reporter_contact="ying@school.test"), by=Viewer())
        joining.join(row, Report(detail="ด้วย"), by=viewer_for(cast.malee))
    with work():
        row = db.session.get_one(Ticket, ticket.id)
        rules.take(row, by=thep)
        talk.comment(row, "รหัสใหม่คือ 4321", public=True, by=thep)
        rules.start(row, by=thep)
        rules.wait(row, Action.ASK_REQUESTER, "ขอรหัส", by=thep, look_again=kernel_clock.today())
        rules.resume(row, by=thep)
        rules.resolve(row, RESULT, by=thep)
        rules.close(row, by=thep)
    told: dict[str, list[str]] = {}
    for message in db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id)):
        told.setdefault(message.address or str(message.person_id), []).append(message.kind)
        if message.address != "teacher@example.test":
            assert "4321" not in message.body
            assert message.link.startswith("/j/")
    steps = told.pop("teacher@example.test")
    assert "ticket_answered" in steps
    expected = [kind.replace("ticket_answered", "ticket_progress") for kind in steps]
    assert told == {"ying@school.test": expected, str(cast.malee.id): expected}


def test_who_leaves_hears_nothing_until_they_come_back(
    client: FlaskClient, cast: Cast, ticket: Ticket
) -> None:
    me_too(client, cast, ticket)
    [one] = followers()
    thep = viewer_for(cast.thep)
    client.post(f"/j/{one.token}/leave")
    client.post(f"/j/{one.token}/leave")
    with work():
        rules.take(db.session.get_one(Ticket, ticket.id), by=thep)
    client.post(f"/j/{one.token}/return")
    with work():
        row = db.session.get_one(Ticket, ticket.id)
        rules.start(row, by=thep)
        rules.resolve(row, RESULT, by=thep)
    kinds = db.session.scalars(
        select(OutgoingMessage.kind).where(OutgoingMessage.address == "ying@school.test")
    ).all()
    assert kinds == ["ticket_resolved"]


def test_what_one_who_joined_says_reaches_the_office_and_not_the_reporter(
    client: FlaskClient, cast: Cast, ticket: Ticket
) -> None:
    me_too(client, cast, ticket)
    [one] = followers()
    assert client.post(f"/j/{one.token}/say", data={"body": "  "}).status_code == 422
    client.post(f"/j/{one.token}/say", data={"body": "ห้องข้าง ๆ ก็เป็น"})
    assert "ห้องข้าง ๆ ก็เป็น" in client.get(f"/j/{one.token}").text
    assert "ห้องข้าง ๆ" not in client.get(f"/t/{ticket.token}").text
    sign_in(client, cast.thep)
    assert "ห้องข้าง ๆ ก็เป็น" in client.get(f"/tickets/{ticket.id}").text


def test_somebody_signed_in_is_put_down_once(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.school)
    tag = make_tag(asset)
    make_ticket(asset)
    sign_in(client, cast.malee)
    for words in ("ด้วยค่ะ", "อีกครั้ง"):
        client.post(f"/q/{tag.code}/report", data={"detail": words, "about": "same"})
    assert len(followers()) == 1
    said = db.session.scalars(select(TicketEntry.body).order_by(TicketEntry.id)).all()
    assert said == ["ด้วยค่ะ", "อีกครั้ง"]


def test_a_private_link_that_is_none_is_a_page_that_says_so(
    client: FlaskClient, cast: Cast, ticket: Ticket
) -> None:
    for path in ("/j/nothing", "/j/nothing/joined", f"/j/{ticket.token}"):
        assert client.get(path).status_code == 404
    for act in ("leave", "return", "say"):
        assert client.post(f"/j/nothing/{act}", data={"body": "x"}).status_code == 404
