"""Many items changed at once: seen before, done once, undone where nobody changed them since."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.bulk_models import BulkChange, BulkLine, Outcome
from assets.register.models import Asset, Movement
from assets.register.rules import bulk, items
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import TESTER, make_room, sign_in


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def prepare(client: FlaskClient, ids: list[int], fields: list[str], **values: Any) -> str:
    query = "&".join(f"item={one}" for one in ids)
    data = {
        "fields": fields,
        "class_id": "0",
        "room_id": "0",
        "condition": "good",
        "fund_type": "",
        **values,
    }
    answer = client.post(f"/items/bulk?{query}", data=data)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def outcomes() -> list[str]:
    return [str(one) for one in db.session.scalars(select(BulkLine.outcome).order_by(BulkLine.id))]


def test_a_preview_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    here = prepare(client, [asset.id], ["condition"], condition="damaged")
    assert "จะเปลี่ยน" in client.get(here).text
    assert db.session.get_one(Asset, asset.id).condition == "good"


def test_a_change_is_applied_and_taken_back(cast: Cast, client: FlaskClient) -> None:
    room, kind = make_room(cast.school), make_class()
    made = [make_asset(cast.school, note="เดิม").id for _unused in range(3)]
    here = prepare(
        client,
        made,
        ["condition", "room_id", "class_id", "custodian", "note", "lendable", "warranty_until"],
        condition="damaged",
        room_id=str(room.id),
        class_id=str(kind.id),
        custodian=cast.malee.name_th,
        note="ตรวจแล้ว",
        warranty_until="1/10/2570",
    )
    client.post(f"{here}/apply")
    asset = db.session.get_one(Asset, made[0])
    assert (asset.condition, asset.room_id, asset.class_id) == ("damaged", room.id, kind.id)
    assert (asset.custodian_id, asset.note) == (cast.malee.id, "เดิม\nตรวจแล้ว")
    assert asset.lendable is False
    client.post(f"{here}/undo")
    db.session.refresh(asset)
    assert (asset.condition, asset.room_id, asset.class_id) == ("good", None, None)
    assert (asset.custodian_id, asset.note, asset.warranty_until) == (None, "เดิม", None)
    assert outcomes() == [Outcome.UNDONE] * 3


def test_the_trail_is_that_of_single_acts(cast: Cast, client: FlaskClient) -> None:
    asset, room = make_asset(cast.school), make_room(cast.school)
    fields = ["condition", "room_id", "fund_type"]
    values = {"condition": "damaged", "room_id": str(room.id), "fund_type": "donation"}
    client.post(prepare(client, [asset.id], fields, **values) + "/apply")
    acts = db.session.scalars(
        select(AuditEntry.act).where(
            AuditEntry.subject_kind == "asset", AuditEntry.subject_id == asset.id
        )
    ).all()
    assert sorted(acts) == ["edited", "judged", "moved", "taken_in"]
    assert db.session.scalars(select(Movement.cause)).one() == "bulk"


def test_what_was_changed_since_is_left_alone(cast: Cast, client: FlaskClient) -> None:
    one, other = make_asset(), make_asset()
    here = prepare(client, [one.id, other.id], ["fund_type"], fund_type="donation")
    client.post(f"{here}/apply")
    with work():
        items.edit(db.session.get_one(Asset, one.id), {"brand": "Acer"}, by=TESTER)
    client.post(f"{here}/undo")
    assert sorted(outcomes()) == [Outcome.KEPT, Outcome.UNDONE]
    assert db.session.get_one(Asset, one.id).fund_type == "donation"
    assert db.session.get_one(Asset, other.id).fund_type == ""


def test_what_was_changed_after_the_preview_is_not_changed(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    here = prepare(client, [asset.id], ["fund_type"], fund_type="donation")
    with work():
        items.edit(db.session.get_one(Asset, asset.id), {"brand": "Acer"}, by=TESTER)
    client.post(f"{here}/apply")
    assert outcomes() == [Outcome.REFUSED]
    assert db.session.get_one(Asset, asset.id).fund_type == ""


def test_a_change_sent_twice_is_made_once(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    data = {"fields": ["note"], "note": "ครั้งเดียว", "key": "a key that is long enough"}
    data |= {"class_id": "0", "room_id": "0", "condition": "good", "fund_type": ""}
    first = client.post(f"/items/bulk?item={asset.id}", data=data).location
    assert client.post(f"/items/bulk?item={asset.id}", data=data).location == first
    client.post(f"{first}/apply")
    client.post(f"{first}/apply")
    assert db.session.get_one(Asset, asset.id).note == "ครั้งเดียว"
    assert len(db.session.scalars(select(BulkChange.id)).all()) == 1


def test_items_that_left_the_register_are_told_of(cast: Cast, client: FlaskClient) -> None:
    gone = make_asset(lifecycle="disposed")
    here = prepare(client, [gone.id], ["fund_type"], fund_type="donation")
    client.post(f"{here}/apply")
    assert outcomes() == [Outcome.REFUSED]
    assert db.session.scalars(select(BulkLine.reason)).one()


def test_more_than_one_step_is_changed(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "STEP", 50)
    for _unused in range(130):
        make_asset()
    answer = client.post(
        "/items/bulk?every=1&condition=good",
        data={
            "fields": ["condition"],
            "condition": "damaged",
            "class_id": "0",
            "room_id": "0",
            "fund_type": "",
        },
    )
    client.post(f"{answer.location}/apply")
    assert outcomes() == [Outcome.CHANGED] * 130


def test_nothing_to_change_is_refused(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    data = {"class_id": "0", "room_id": "0", "condition": "good", "fund_type": ""}
    assert client.post(f"/items/bulk?item={asset.id}", data=data).status_code == 422
    assert client.get("/items/bulk").status_code == 422


def test_somebody_else_s_change_does_not_exist(cast: Cast, client: FlaskClient) -> None:
    here = prepare(client, [make_asset().id], ["fund_type"], fund_type="donation")
    sign_in(client, cast.admin)
    assert client.get(here).status_code == 404
    assert client.post(f"{here}/apply").status_code == 404


def test_a_coordinator_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    sign_in(client, cast.kanda)
    assert client.get(f"/items/bulk?item={asset.id}").status_code == 403
