"""Moving things to a room: by scanning, a whole room at once, one from its page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.models import Asset, Movement
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_room, sign_in
from tests.factories.tickets import make_tag

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def asset_now(asset: Asset) -> Asset:
    return db.session.get_one(Asset, asset.id)


def test_scanning_moves_item_after_item_and_undoes_the_last(
    client: FlaskClient, cast: Cast
) -> None:
    asset, room = make_asset(cast.school), make_room(cast.school, "ห้องสมุด")
    tag = make_tag(asset)
    sign_in(client, cast.sri)
    sent = {"room": room.id, "code": f"HTTPS://HOST/Q/{tag.code}", "key": KEY}
    assert client.post("/moves", data=sent).status_code == 302
    page = client.get(f"/moves?room={room.id}").text
    assert asset.asset_no in page
    assert asset_now(asset).room_id == room.id
    movement = db.session.scalars(select(Movement.id)).one()
    assert client.post(f"/moves/{movement}/undo").status_code == 302
    assert asset_now(asset).room_id is None


def test_a_scan_of_what_is_there_already_says_so(client: FlaskClient, cast: Cast) -> None:
    room = make_room(cast.school, "ห้องสมุด")
    asset = make_asset(cast.school, room_id=room.id)
    sign_in(client, cast.sri)
    answer = client.post("/moves", data={"room": room.id, "code": asset.asset_no})
    assert answer.status_code == 422
    assert "ห้องสมุด" in answer.text


def test_things_of_a_room_go_together(client: FlaskClient, cast: Cast) -> None:
    old, new = make_room(cast.school, "ห้องเก่า"), make_room(cast.school, "ห้องใหม่")
    things = [make_asset(cast.school, room_id=old.id) for _one in range(3)]
    sign_in(client, cast.sri)
    assert things[0].asset_no in client.get(f"/moves?room={new.id}&from={old.id}").text
    sent = {"room": new.id, "items": [one.id for one in things], "key": KEY}
    assert client.post("/moves/bring", data=sent).status_code == 302
    assert {asset_now(one).room_id for one in things} == {new.id}


def test_one_item_is_moved_from_its_page(client: FlaskClient, cast: Cast) -> None:
    asset, room = make_asset(cast.school), make_room(cast.school, "ห้องสมุด")
    sign_in(client, cast.sri)
    assert f"/items/{asset.id}/move" in client.get(f"/items/{asset.id}").text
    sent = {"unit_id": cast.school.id, "room": room.id, "version": asset.version}
    assert client.post(f"/items/{asset.id}/move", data=sent).status_code == 302
    assert "ห้องสมุด" in client.get(f"/items/{asset.id}").text
    stale = client.post(f"/items/{asset.id}/move", data={**sent, "room": 0})
    assert stale.status_code == 409
