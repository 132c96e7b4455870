"""The list, the item's page and the card: what people see, what is kept, what is refused."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from assets.register.models import Asset
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_room, sign_in


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def card(asset: Asset, **typed: str) -> dict[str, str]:
    return {
        "name": asset.name,
        "asset_no": asset.asset_no or "",
        "quantity": "1",
        "unit_id": str(asset.holding_unit_id),
        "class_id": "0",
        "condition": "good",
        "version": str(asset.version),
        **typed,
    }


def save(client: FlaskClient, asset: Asset, **typed: str) -> TestResponse:
    return client.post(f"/items/{asset.id}/edit", data=card(asset, **typed))


def statements(client: FlaskClient, address: str) -> int:
    asked = []

    def note(*details: object) -> None:
        asked.append(details[2])

    event.listen(db.engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_the_card_shows_the_room_by_its_name(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school, "ห้อง 231")
    asset = make_asset(cast.school, room_id=room.id)
    assert 'value="ห้อง 231"' in client.get(f"/items/{asset.id}/edit").text


def test_saving_the_card_unchanged_keeps_the_room(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school, "ห้อง 231")
    asset = make_asset(cast.school, room_id=room.id)
    assert save(client, asset, room="ห้อง 231").status_code == 302
    assert db.session.scalars(select(Asset.room_id)).one() == room.id
    assert db.session.scalar(select(func.count()).select_from(Room)) == 1


def test_a_stale_card_is_refused_and_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    seen = str(asset.version)
    assert save(client, asset, version=seen, brand="ของอีกคน").status_code == 302
    answer = save(client, asset, version=seen, note="จดไว้แล้วหาย", brand="ของฉัน")
    assert answer.status_code == 409
    assert "จดไว้แล้วหาย" in answer.text
    assert re.search("ยี่ห้อ.{0,9}<strong>ของอีกคน</strong>", answer.text)
    assert db.session.scalars(select(Asset.note)).one() == ""


def test_the_same_card_sent_twice_is_saved_once(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    sent = {"version": str(asset.version), "note": "กดสองครั้ง"}
    first, second = (save(client, asset, **sent) for _press in range(2))
    assert (first.location, first.status_code) == (second.location, second.status_code)


def test_a_number_that_is_taken_is_refused_at_its_field(cast: Cast, client: FlaskClient) -> None:
    taken = make_asset()
    answer = save(client, make_asset(), asset_no=str(taken.asset_no))
    assert answer.status_code == 422
    assert 'id="asset_no-error"' in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"acquired_on": "31/2/2569"},
        {"acquired_on": "1/10/2600"},
        {"price": "แพงมาก"},
        {"price": "-1"},
        {"quantity": "0"},
        {"name": ""},
        {"useful_life_years": "1000"},
    ],
)
def test_what_cannot_be_is_refused_and_kept(
    wrong: dict[str, str], cast: Cast, client: FlaskClient
) -> None:
    answer = save(client, make_asset(), note="ข้อความเดิม", **wrong)
    assert answer.status_code == 422
    assert "ข้อความเดิม" in answer.text


def test_names_are_shown_as_text(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(name="<script>alert('x')</script>\"'", brand="<b>")
    for address in ("/items", f"/items/{asset.id}", f"/items/{asset.id}/edit"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<b>" not in page


def test_the_list_asks_as_often_for_many_items_as_for_few(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    few = statements(client, "/items")
    for _unused in range(30):
        make_asset()
    assert few == statements(client, "/items") <= 8


def test_the_page_of_an_item_asks_once_of_each_room_that_tells_of_it(
    cast: Cast, client: FlaskClient
) -> None:
    assert statements(client, f"/items/{make_asset().id}") <= 5


@pytest.mark.parametrize(
    ("language", "words"), [("th", "ทะเบียนครุภัณฑ์"), ("en", "Equipment register")]
)
def test_the_list_speaks_both_languages(
    language: str, words: str, cast: Cast, client: FlaskClient
) -> None:
    with work():
        db.session.get_one(Person, cast.sri.id).language = language
    assert words in client.get("/items").text


def test_an_empty_register_says_what_to_do_next(cast: Cast, client: FlaskClient) -> None:
    assert "/register/imports" in client.get("/items").text


def test_filters_that_fit_nothing_offer_the_way_back(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    assert "ไม่พบรายการตามเงื่อนไขนี้" in client.get("/items?q=ไม่มีสิ่งนี้แน่นอน").text


def test_entering_twice_by_a_double_tap_makes_one_item(cast: Cast, client: FlaskClient) -> None:
    typed = {
        "name": "โต๊ะใหม่",
        "quantity": "1",
        "unit_id": str(cast.school.id),
        "class_id": "0",
        "condition": "good",
        "fund_type": "",
        "acquire_method": "",
        "key": "k" * 22,
    }
    first, second = (client.post("/items/new", data=typed) for _tap in "ab")
    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 1


def test_a_stale_card_can_be_sent_again(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    stale = save(client, asset, name="ชื่อใหม่", version="0")
    assert stale.status_code == 409
    assert 'value="ชื่อใหม่"' in stale.text
    assert f'name="version" type="hidden" value="{asset.version}"' in stale.text


def test_a_price_finer_than_a_satang_is_refused(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    assert save(client, asset, price="1.234").status_code == 422
