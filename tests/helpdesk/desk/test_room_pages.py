"""A room has a label and a page: who scans it reports a fault, looks, moves things there."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.labels import queries
from assets.labels.models import Tag
from assets.labels.rules import rooms, tags
from assets.labels.states import Reason
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_room, sign_in
from tests.office.at_once import in_threads


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def labelled(room: Room, renew: Reason | None = None) -> str:
    return labelled_by_id(room.id, renew)


def labelled_by_id(room_id: int, renew: Reason | None = None) -> str:
    with work():
        row = db.session.get_one(Room, room_id)
        return rooms.tags_for_rooms([row], renew=renew, by=TESTER)[room_id].code


def test_a_room_keeps_its_code_until_it_is_given_a_new_one(cast: Cast) -> None:
    room = make_room(cast.school)
    first = labelled(room)
    assert labelled(room) == first
    second = labelled(room, renew=Reason.LOST)
    assert second != first
    for code in (first, second):
        found = queries.room_scanned(f"https://x.example/Q/{code}")
        assert found is not None
        assert found.id == room.id


def test_two_who_print_the_label_of_a_room_at_once_get_one_code(app: Flask, cast: Cast) -> None:
    room_id = make_room(cast.school).id
    db.session.rollback()
    codes = in_threads(app, 2, lambda _number: labelled_by_id(room_id))
    assert len(set(codes)) == 1
    assert db.session.scalars(select(Tag.room_id)).all() == [room_id]


def test_the_label_of_a_room_is_claimed_for_no_item(cast: Cast) -> None:
    code, asset = labelled(make_room(cast.school)), make_asset(cast.school)
    with pytest.raises(Refusal), work():
        tags.claim(code, db.session.get_one(Asset, asset.id), by=TESTER)


def test_a_guest_who_scans_a_room_reports_a_fault_there(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school, "ห้องประชุมลีลาวดี")
    page = client.get(f"/Q/{labelled(room)}").text
    assert "ห้องประชุมลีลาวดี" in page
    form = client.get(f"/report?unit={cast.school.id}&place=ห้องประชุมลีลาวดี").text
    assert f'<option selected value="{cast.school.id}">' in form
    assert 'value="ห้องประชุมลีลาวดี"' in form
    sent = client.post(
        f"/report?unit={cast.school.id}&place=x",
        data={
            "kind": "repair",
            "category": "network",
            "unit": cast.school.id,
            "place": "ห้องประชุมลีลาวดี",
            "detail": "ไฟดับ",
            "name": "ครูตัวอย่าง",
            "contact": "0812345678",
        },
    )
    assert sent.status_code == 302
    assert db.session.scalars(select(Ticket.room_id)).all() == [room.id]


def test_staff_who_scan_a_room_see_what_is_in_it(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school)
    make_asset(cast.school, name="เครื่องฉายของห้องนี้", room_id=room.id)
    sign_in(client, cast.sri)
    page = client.get(f"/q/{labelled(room)}", follow_redirects=True).text
    assert "เครื่องฉายของห้องนี้" in page
    assert f"/moves?room={room.id}" in page
    assert f"/handovers/new?room={room.id}" in page
    assert f"/labels/rooms?unit={cast.school.id}&amp;room={room.id}" in page


def test_a_room_of_another_school_shows_nothing_of_its_things(
    cast: Cast, client: FlaskClient
) -> None:
    room = make_room(cast.other_school)
    make_asset(cast.other_school, name="ของลับ", room_id=room.id)
    sign_in(client, cast.kanda)
    assert client.get(f"/rooms/{room.id}").status_code == 404
    assert "ของลับ" not in client.get(f"/Q/{labelled(room)}").text


def test_scanning_another_room_while_moving_changes_the_room(
    cast: Cast, client: FlaskClient
) -> None:
    here, there = make_room(cast.school, "231"), make_room(cast.school, "232")
    sign_in(client, cast.sri)
    answer = client.post("/moves", data={"room": here.id, "code": labelled(there)})
    assert answer.location == f"/moves?room={there.id}"


def test_the_lending_desk_says_that_a_room_was_scanned(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.sri)
    client.post("/desk/scan", data={"code": labelled(make_room(cast.school))})
    assert "ป้ายของห้อง" in client.get("/desk").text


def test_the_search_box_leads_to_a_room_by_its_label(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school)
    sign_in(client, cast.sri)
    answer = client.get(f"/find?q={labelled(room)}", follow_redirects=True)
    assert answer.request.path == f"/rooms/{room.id}"


def test_the_page_of_a_person_leads_to_handing_over_everything(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.admin)
    assert f"/handovers/new?person={cast.malee.id}" in client.get(f"/people/{cast.malee.id}").text
