"""The reporter's private page."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketEntry, TicketPhoto
from helpdesk.tickets.rules import talk
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import viewer_for
from tests.factories.pictures import picture
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


def state_of(ticket_id: int) -> str:
    db.session.rollback()
    return str(db.session.get_one(Ticket, ticket_id).state)


def test_the_page_tells_the_state_and_names_nobody(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    page = client.get(f"/t/{ticket.token}").text
    assert "ช่างกำลังดำเนินการ" in page
    assert "เทพ ตัวอย่าง" not in page
    assert "teacher@example.test" not in page


def test_notes_for_the_office_are_not_shown(client: FlaskClient, cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    with work():
        row = db.session.get_one(Ticket, ticket.id)
        talk.comment(row, "ความลับของสำนักงาน", public=False, by=thep)
        talk.comment(row, "เข้าไปวันพรุ่งนี้", public=True, by=thep)
    page = client.get(f"/t/{ticket.token}").text
    assert "ความลับของสำนักงาน" not in page
    assert "เข้าไปวันพรุ่งนี้" in page


def test_a_link_that_is_none_is_a_page_that_says_so(client: FlaskClient, cast: Cast) -> None:
    assert client.get("/t/nothing-like-that").status_code == 404
    assert client.post("/t/nothing-like-that/close").status_code == 404


def test_an_answer_reaches_the_ticket_once(client: FlaskClient, cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.WAITING_REQUESTER, technician=thep)
    data = {"body": "รหัสคือ 1234", "key": "a key of twenty letters"}
    for _number in range(2):
        assert client.post(f"/t/{ticket.token}/answer", data=data).status_code == 302
    said = db.session.scalars(select(TicketEntry).where(TicketEntry.act == "answered")).all()
    assert [entry.body for entry in said] == ["รหัสคือ 1234"]
    assert state_of(ticket.id) == State.IN_PROGRESS


def test_an_empty_answer_is_refused(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    assert client.post(f"/t/{ticket.token}/answer", data={"body": " "}).status_code == 422


def test_photos_are_served_with_the_link_and_no_other(client: FlaskClient, cast: Cast) -> None:
    ticket, other = make_ticket(unit=cast.school), make_ticket(unit=cast.school)
    data = {"body": "ดูรูป", "photos": (io.BytesIO(picture()), "a.jpg")}
    client.post(f"/t/{ticket.token}/answer", data=data)
    photo = db.session.scalars(select(TicketPhoto)).one()
    good = client.get(f"/t/{ticket.token}/photos/{photo.id}/small")
    assert (good.status_code, good.mimetype) == (200, "image/jpeg")
    assert client.get(f"/t/{other.token}/photos/{photo.id}").status_code == 404
    assert client.get(f"/tickets/{ticket.id}/photos/{photo.id}").status_code == 302


def test_the_reporter_confirms_that_it_works(client: FlaskClient, cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    client.post(f"/t/{ticket.token}/close", data={"version": ticket.version})
    assert state_of(ticket.id) == State.CLOSED


def test_the_reporter_asks_again_with_a_reason(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    data = {"version": ticket.version, "reopen_reason": ""}
    assert client.post(f"/t/{ticket.token}/reopen", data=data).status_code == 422
    data["reopen_reason"] = "ยังไม่หาย"
    assert client.post(f"/t/{ticket.token}/reopen", data=data).status_code == 302
    assert state_of(ticket.id) == State.IN_PROGRESS


def test_the_reporter_withdraws(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    client.post(f"/t/{ticket.token}/cancel", data={"version": ticket.version})
    assert state_of(ticket.id) == State.CANCELLED


def test_the_link_gives_no_right_to_resolve(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    assert client.post(f"/t/{ticket.token}/resolve").status_code == 404
    assert client.post(f"/t/{ticket.token}/close", data={"version": 1}).status_code == 422
    assert state_of(ticket.id) == State.NEW


def test_a_stale_page_is_told_and_keeps_the_words(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    data = {"version": "1", "reopen_reason": "ยังมีเสียงดังอยู่"}
    answer = client.post(f"/t/{ticket.token}/reopen", data=data)
    assert answer.status_code == 409
    assert "ยังมีเสียงดังอยู่" in answer.text
    assert state_of(ticket.id) == State.RESOLVED


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_opens_in_every_state_and_language(
    client: FlaskClient, cast: Cast, thep: Viewer, state: State, language: str
) -> None:
    ticket = make_ticket(unit=cast.school, state=state, technician=thep)
    client.set_cookie("language", language)
    assert ticket.number in client.get(f"/t/{ticket.token}").text
