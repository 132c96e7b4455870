"""The ticket page of those who handle tickets, and the acts on it."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import rating
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from tests.asking import listening
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


def test_contacts_are_for_those_who_handle_the_ticket(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    for person, sees in ((cast.thep, True), (cast.kanda, True), (cast.orn, False)):
        sign_in(client, person)
        page = client.get(f"/tickets/{ticket.id}").text
        assert ("teacher@example.test" in page) == sees


def test_for_what_hangs_on_a_ticket_all_rooms_are_asked_at_once(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    plain, rated = (
        make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep).id for _ in range(2)
    )
    with work():
        rating.rate(db.session.get_one(Ticket, rated), 4, by=Viewer())
    sign_in(client, cast.thep)
    tables = ("ticket_photo", "ticket_answer", "ticket_rating", "mail_file")
    asked = {}
    for ticket_id in (plain, rated):
        with listening() as seen:
            assert client.get(f"/tickets/{ticket_id}").status_code == 200
        asked[ticket_id] = [{table for table in tables if table in one} for one in seen]
    together = [found for found in asked[plain] if found]
    assert together == [set(tables)]
    assert [found for found in asked[rated] if found] == [*together, {"ticket_rating"}]


def test_a_technician_of_another_school_cannot_act(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, make_person("technician", over=cast.other_school))
    data = {"version": ticket.version}
    assert client.post(f"/tickets/{ticket.id}/start", data=data).status_code == 404
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).state == State.NEW


def test_the_story_from_new_to_closed_on_pages(client: FlaskClient, cast: Cast) -> None:
    ticket_id = make_ticket(make_asset(cast.school)).id
    sign_in(client, cast.thep)
    steps = [
        ("start", {}, State.IN_PROGRESS),
        ("wait", {"action": "await_parts", "reason": "รอจอ"}, State.WAITING_PARTS),
        ("resume", {}, State.IN_PROGRESS),
        (
            "resolve",
            {"outcome": "fixed", "cause": "hardware", "action_taken": "เปลี่ยนจอ"},
            State.RESOLVED,
        ),
        ("close", {}, State.CLOSED),
        ("reopen", {"reopen_reason": "ยังไม่หาย"}, State.IN_PROGRESS),
        ("cancel", {"cancel_reason": "แจ้งซ้ำ"}, State.CANCELLED),
    ]
    for verb, fields, state in steps:
        version = db.session.get_one(Ticket, ticket_id).version
        answer = client.post(f"/tickets/{ticket_id}/{verb}", data={"version": version, **fields})
        assert answer.status_code == 302, (verb, answer.text)
        db.session.rollback()
        assert db.session.get_one(Ticket, ticket_id).state == state
        assert client.get(f"/tickets/{ticket_id}").status_code == 200


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("wait", {"action": "nonsense", "reason": "รอ"}),
        ("wait", {"action": "await_parts", "reason": ""}),
        ("wait", {"action": "await_parts", "reason": "รอ", "look_again": "31/2/2569"}),
        ("wait", {"action": "await_parts", "reason": "รอ", "look_again": "1/1/2560"}),
        ("wait", {"action": "await_parts", "reason": "รอ", "look_again": "1/1/9999"}),
        ("resolve", {"outcome": "nonsense", "cause": "user", "action_taken": "ทำแล้ว"}),
        ("resolve", {"outcome": "fixed", "cause": "", "action_taken": "ทำแล้ว"}),
        ("cancel", {"cancel_reason": ""}),
        ("prioritize", {"priority": "nonsense"}),
        ("assign", {"person": "999999"}),
        ("close", {}),
        ("comment", {"body": " "}),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(
    client: FlaskClient, cast: Cast, thep: Viewer, verb: str, fields: dict[str, str]
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    data = {"version": str(ticket.version), **fields}
    answer = client.post(f"/tickets/{ticket.id}/{verb}", data=data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).state == State.IN_PROGRESS


def test_a_stale_act_is_told_and_keeps_the_words(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    fields = {"outcome": "fixed", "cause": "user", "action_taken": "พิมพ์ไว้ยาวมาก"}
    answer = client.post(f"/tickets/{ticket.id}/resolve", data={"version": "1", **fields})
    assert answer.status_code == 409
    assert "พิมพ์ไว้ยาวมาก" in answer.text
    assert f'name="version" type="hidden" value="{ticket.version}"' in answer.text
    again = client.post(f"/tickets/{ticket.id}/resolve", data={"version": ticket.version, **fields})
    assert again.status_code == 302


def test_a_double_tap_is_one_act(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    data = {"version": ticket.version, "key": "a key of twenty letters"}
    for _number in range(2):
        assert client.post(f"/tickets/{ticket.id}/take", data=data).status_code == 302
    taken = select(TicketEntry).where(TicketEntry.act == "assigned")
    assert len(db.session.scalars(taken).all()) == 1


def test_a_forged_act_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    data = {"version": ticket.version}
    assert client.post(f"/tickets/{ticket.id}/take", data=data, forged=True).status_code == 422
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).assignee_id is None


def test_a_coordinator_answers_but_writes_no_notes(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.kanda)
    path = f"/tickets/{ticket.id}/comment"
    assert client.post(path, data={"body": "ครูรออยู่", "public": "yes"}).status_code == 302
    assert client.post(path, data={"body": "ลับ", "public": "no"}).status_code == 403


def test_the_page_shows_the_last_three_faults_of_the_item(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    asset = make_asset(cast.school)
    for number in range(4):
        make_ticket(asset, state=State.CLOSED, technician=thep, detail=f"เสียครั้งที่ {number}")
    ticket = make_ticket(asset, detail="ครั้งนี้")
    part = make_ticket(asset, detail="งานย่อยของครั้งนี้")
    part.parent_id = ticket.id
    db.session.commit()
    assert [one.id for one in queries.open_tickets_on(asset.id)] == [ticket.id]
    sign_in(client, cast.thep)
    for shown, other in ((ticket, "งานย่อยของครั้งนี้"), (part, "ครั้งนี้")):
        page = client.get(f"/tickets/{shown.id}").text
        told = page[page.index('id="last-faults"') :]
        told = told[: told.index("</section>")]
        assert [f"เสียครั้งที่ {n}" in told for n in range(4)] == [False, True, True, True]
        assert other not in told


def test_the_page_offers_one_act_first_by_state(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    other = viewer_for(make_person("technician", over=cast.school))
    mine = {
        State.ACCEPTED: "start",
        State.IN_PROGRESS: "#resolve",
        State.WAITING_PARTS: "resume",
        State.RESOLVED: "close",
        State.CLOSED: "",
    }
    cases = [(make_ticket(unit=cast.school), "take")]
    cases += [
        (make_ticket(unit=cast.school, state=state, technician=thep), act)
        for state, act in mine.items()
    ]
    cases.append((make_ticket(unit=cast.school, state=State.ACCEPTED, technician=other), ""))
    sign_in(client, cast.thep)
    wrong = []
    for ticket, act in cases:
        page = client.get(f"/tickets/{ticket.id}").text
        head = page[page.index('class="page-actions"') :]
        head = head[: head.index("</header>")]
        firsts = head.count("btn-primary")
        wanted = f"/{act}" if act and act[0] != "#" else act
        if firsts != bool(act) or wanted not in head:
            wrong.append((ticket.state, act, head))
    assert wrong == []


def test_a_ticket_page_asks_at_most_twelve_times(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    asset = make_asset(cast.school)
    make_ticket(asset, state=State.CLOSED, technician=thep)
    ticket = make_ticket(asset, state=State.WAITING_PARTS, technician=thep)
    sign_in(client, cast.thep)
    photo = (io.BytesIO(picture()), "a.jpg")
    client.post(f"/tickets/{ticket.id}/comment", data={"body": "ดูรูป", "photos": photo})
    with counted() as asked:
        assert "ดูรูป" in client.get(f"/tickets/{ticket.id}").text
    assert len(asked) <= 12
