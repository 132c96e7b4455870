"""Sheets of labels of rooms: chosen on a page, printed with the room's name, once and again."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.labels.models import PrintRun, Tag
from kernel.db import db
from office.people.access import Role
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.factories.office import make_person, make_room, sign_in


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def send(client: FlaskClient, unit_id: int, *rooms: Room, **more: str) -> str:
    data = {"rooms": [room.id for room in rooms], "layout": "a4-24", "start": "1", **more}
    answer = client.post(f"/labels/rooms?unit={unit_id}", data=data)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_the_page_ticks_the_rooms_that_have_no_label(cast: Cast, client: FlaskClient) -> None:
    first, second = make_room(cast.school, "231"), make_room(cast.school, "232")
    sign_in(client, cast.sri)
    send(client, cast.school.id, first)
    page = client.get(f"/labels/rooms?unit={cast.school.id}").text
    assert f'name="rooms" value="{second.id}" data-tick checked' in page
    assert f'name="rooms" value="{first.id}" data-tick checked' not in page


def test_the_labels_of_rooms_come_as_a_sheet_and_once_more(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school, "ห้องสมุด")
    sign_in(client, cast.sri)
    here = send(client, cast.school.id, room)
    page = client.get(here).text
    assert "ห้องสมุด" in page
    sheet = client.get(f"{here}/labels.pdf")
    assert sheet.data.startswith(b"%PDF")
    assert client.post(f"{here}/again").status_code == 302
    assert db.session.scalars(select(PrintRun.kind)).all() == ["rooms", "rooms"]
    assert len(db.session.scalars(select(Tag)).all()) == 1


def test_new_labels_take_the_place_of_those_in_use(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school)
    sign_in(client, cast.sri)
    send(client, cast.school.id, room)
    send(client, cast.school.id, room, renew="y", reason="lost")
    ended = db.session.scalars(select(Tag.retired_for).order_by(Tag.id)).all()
    assert ended == ["lost", None]


def test_no_room_chosen_prints_nothing(cast: Cast, client: FlaskClient) -> None:
    make_room(cast.school)
    sign_in(client, cast.sri)
    answer = client.post(
        f"/labels/rooms?unit={cast.school.id}", data={"layout": "a4-24", "start": "1"}
    )
    assert answer.status_code == 422
    assert db.session.scalars(select(PrintRun)).all() == []


def test_rooms_of_units_outside_the_scope_are_not_printed(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.other_school)
    sign_in(client, make_person(Role.STOREKEEPER, unit=cast.school, over=cast.school))
    assert client.get(f"/labels/rooms?unit={room.unit_id}").status_code == 404
