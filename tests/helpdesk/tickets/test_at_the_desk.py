"""Reports that staff take down: for a caller, and on many things at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from assets.register.models import Asset
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import intake, many
from helpdesk.tickets.states import Priority
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_room, sign_in, viewer_for
from tests.factories.tickets import make_ticket

KEY = "a key of twenty letters"


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast.school, "ห้อง 231")


@pytest.fixture
def computers(cast: Cast, room: Room) -> list[Asset]:
    return [make_asset(cast.school, room_id=room.id, name=f"คอมพิวเตอร์ {n}") for n in range(3)]


def tickets() -> list[Ticket]:
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def take_down(client: FlaskClient, **fields: Any) -> TestResponse:
    first = {"detail": "จอไม่ติด", "category": "computer", "kind": "repair"}
    return client.post("/report/for", data={**first, **fields})


def test_a_person_of_the_office_gets_the_private_link(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.school)
    sign_in(client, cast.thep)
    found = client.get("/report/for?who=มาลี").text
    assert f"person={cast.malee.id}" in found
    answer = take_down(client, person=cast.malee.id, item=asset.id, priority="high", key=KEY)
    take_down(client, person=cast.malee.id, item=asset.id, priority="high", key=KEY)
    [ticket] = tickets()
    assert answer.location == f"/tickets/{ticket.id}/taken-down"
    assert (ticket.reporter_id, ticket.asset_id, ticket.source, ticket.priority) == (
        cast.malee.id,
        asset.id,
        "phone",
        Priority.HIGH,
    )
    told = db.session.scalars(select(OutgoingMessage)).one()
    assert (told.kind, told.person_id, told.link) == (
        "ticket_reported",
        cast.malee.id,
        f"/t/{ticket.token}",
    )
    assert f"/t/{ticket.token}" in client.get(answer.location).text
    note = db.session.scalars(select(TicketEntry)).one()
    assert (note.public, note.actor_id) == (False, cast.thep.id)


def test_a_caller_without_an_account_is_named(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    fields = {"unit": cast.school.id, "place": "ห้องธุรการ"}
    assert take_down(client, **fields).status_code == 422
    named = {"name": "ครูสมศรี", "contact": "081-234-5678"}
    assert take_down(client, **fields, **named).status_code == 302
    [ticket] = tickets()
    assert (ticket.reporter_id, ticket.reporter_name, ticket.reporter_contact) == (
        None,
        "ครูสมศรี",
        "081-234-5678",
    )
    assert db.session.scalars(select(OutgoingMessage)).all() == []


def test_only_what_the_desk_reaches_is_found_and_taken(client: FlaskClient, cast: Cast) -> None:
    other = make_asset(cast.other_school, name="ของโรงเรียนอื่น")
    sign_in(client, cast.kanda)
    page = client.get(f"/report/for?who=เทพ&what=ของโรงเรียนอื่น&item={other.id}").text
    assert f'href="/report/for?item={other.id}' not in page
    assert f'href="/report/for?person={cast.thep.id}' not in page
    for wrong in (
        {"unit": cast.other_school.id},
        {"unit": "x"},
        {"unit": cast.school.id, "category": "?"},
    ):
        assert take_down(client, name="ครู", **wrong).status_code == 422, wrong
    assert tickets() == []


def test_who_takes_reports_down(client: FlaskClient, cast: Cast, room: Room) -> None:
    wrong = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        wanted = 200 if role in ("technician", "coordinator", "admin") else 403
        found = (
            client.get("/report/for").status_code,
            client.get(f"/rooms/{room.id}/report").status_code,
        )
        if found != (wanted, wanted):
            wrong[role] = found
    assert wrong == {}


def test_each_thing_of_a_room_gets_a_ticket_under_one_numbered_in_a_row(
    client: FlaskClient, cast: Cast, room: Room, computers: list[Asset]
) -> None:
    elsewhere = make_asset(cast.school)
    sign_in(client, cast.thep)
    assert "คอมพิวเตอร์ 2" in client.get(f"/rooms/{room.id}/report?q=คอม").text
    ids = [str(one.id) for one in (*computers, elsewhere)]
    data = {"items": [*ids, ids[0]], "detail": "ลงโปรแกรมใหม่", "how": "each", "key": KEY}
    answers = [client.post(f"/rooms/{room.id}/report", data=data) for _tap in range(2)]
    whole, *parts = tickets()
    assert {one.location for one in answers} == {f"/tickets/{whole.id}"}
    assert [one.asset_id for one in parts] == [one.id for one in computers]
    assert {one.parent_id for one in parts} == {whole.id}
    assert (whole.asset_id, whole.room_id, whole.waits_for_parts) == (None, room.id, True)
    numbers = [int(re.findall(r"\d+", one.number)[0]) for one in (whole, *parts)]
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    assert all(one.subject == "ลงโปรแกรมใหม่" for one in parts)


def test_one_ticket_may_stand_for_all(
    client: FlaskClient, cast: Cast, room: Room, computers: list[Asset]
) -> None:
    sign_in(client, cast.thep)
    data = {"items": [str(one.id) for one in computers], "detail": "ย้ายปลั๊ก", "how": "one"}
    client.post(f"/rooms/{room.id}/report", data=data)
    [ticket] = tickets()
    assert all(one.name in ticket.detail for one in computers)
    assert ticket.parent_id is None


def test_none_and_too_many_and_mixed_things_are_refused(
    client: FlaskClient, cast: Cast, room: Room, computers: list[Asset]
) -> None:
    sign_in(client, cast.thep)
    for data in (
        {"detail": "x"},
        {"items": [str(computers[0].id)], "detail": ""},
        {"items": ["x"], "detail": "y"},
    ):
        assert client.post(f"/rooms/{room.id}/report", data=data).status_code == 422, data
    fields = intake.Report(unit_id=cast.school.id, detail="x")
    far = make_asset(cast.other_school)
    for wrong in ([], [computers[0]] * 201, [computers[0], far]):
        with pytest.raises(Refusal), work():
            many.report_each(
                [db.session.merge(one) for one in wrong], fields, by=viewer_for(cast.thep)
            )
    assert tickets() == []


def test_two_hundred_things_are_one_unit_of_work(app: Flask, cast: Cast, room: Room) -> None:
    asset = make_asset(cast.school, room_id=room.id)
    with work():
        one = db.session.merge(asset)
        whole = many.report_each(
            [one] * 200, intake.Report(unit_id=cast.school.id, detail="x"), by=viewer_for(cast.thep)
        )
        number = whole.number
    assert len(tickets()) == 201
    assert tickets()[0].number == number


def test_the_queries_of_a_room_do_not_grow(client: FlaskClient, cast: Cast, room: Room) -> None:
    sign_in(client, cast.thep)
    client.get(f"/rooms/{room.id}/report")  # what is kept for a minute is read once
    counts = []
    for _more in range(2):
        for _number in range(5):
            make_ticket(make_asset(cast.school, room_id=room.id))
        with counted() as asked:
            client.get(f"/rooms/{room.id}/report")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
