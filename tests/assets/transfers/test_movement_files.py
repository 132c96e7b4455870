"""The list of movements as a file holds exactly what the list shows."""

from __future__ import annotations

import io

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.register.models import Asset
from assets.register.rules import moving
from assets.register.states import MoveCause
from assets.transfers.queries import movements
from kernel.db import db
from kernel.work import work
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_room, sign_in


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def move(asset: Asset, room: Room, why: MoveCause = MoveCause.HAND) -> None:
    with work():
        there = db.session.get_one(Room, room.id)
        moving.move(db.session.get_one(Asset, asset.id), room=there, why=why, by=TESTER)


def test_a_csv_holds_every_page_and_only_what_the_filter_lets_through(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(movements, "AT_ONCE", 2)
    rooms = [make_room(cast.school, f"ห้อง {number}") for number in range(5)]
    asset, other = make_asset(cast.school, name="โต๊ะ"), make_asset(cast.school, name="เก้าอี้")
    for room in rooms:
        move(asset, room)
    move(other, rooms[0], why=MoveCause.COUNT)
    lines = client.get("/movements/list.csv?cause=hand").text.splitlines()
    assert len(lines) == 1 + len(rooms)
    assert [line.split(",")[7] for line in lines[1:]] == [room.name for room in reversed(rooms)]
    assert "เก้าอี้" not in "".join(lines)
    page = client.get("/movements?cause=hand").text
    assert "/movements/list.xlsx?cause=hand" in page


def test_a_workbook_bears_thai_headings_and_the_names_of_that_day(
    cast: Cast, client: FlaskClient
) -> None:
    move(make_asset(cast.school, name="โต๊ะ"), make_room(cast.school, "ห้องสมุด"))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/movements/list.xlsx").data)).active
    assert sheet is not None
    head, row = sheet.iter_rows(values_only=True)
    assert head[:3] == ("เมื่อใด", "หมายเลขครุภัณฑ์", "รายการ")
    assert (row[2], row[7]) == ("โต๊ะ", "ห้องสมุด")


def test_what_another_school_moved_is_in_no_file(cast: Cast, client: FlaskClient) -> None:
    move(make_asset(cast.other_school, name="ของลับ"), make_room(cast.other_school))
    sign_in(client, cast.kanda)
    assert "ของลับ" not in client.get("/movements/list.csv").text


def test_another_ending_is_no_file(cast: Cast, client: FlaskClient) -> None:
    assert client.get("/movements/list.pdf").status_code == 404
