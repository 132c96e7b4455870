"""Many items changed at once: seen before, done once, undone where nobody changed them since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from assets.register import jobs, valuation, worth_kept
from assets.register.bulk_models import BulkChange, BulkLine, Outcome
from assets.register.models import Asset, Movement, sort_key_of
from assets.register.rules import bulk, holds, items, many_rows
from assets.register.states import HoldKind
from assets.register.worth_models import AssetWorth
from kernel import clock
from kernel.access import GUEST
from kernel.db import db
from kernel.errors import Stale
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from office.places.access import viewer_of
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import TESTER, make_room, sign_in
from tests.helpdesk.doctor.planting import found


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


def statements_of(act: Callable[[], object]) -> int:
    """Return how often the database is asked or told something; one for many rows is one."""
    seen: list[object] = []

    def note(*about: object) -> None:
        seen.append(about)

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_many_items_take_as_many_statements_as_few(cast: Cast, client: FlaskClient) -> None:
    here_and_there = []
    for number in (20, 40):
        room = make_room(cast.school)
        made = [make_asset(cast.school, note="เดิม").id for _unused in range(number)]
        here = prepare(
            client,
            made,
            ["condition", "room_id", "custodian", "note"],
            condition="damaged",
            room_id=str(room.id),
            custodian=cast.malee.name_th,
            note="ตรวจแล้ว",
        )
        there = statements_of(lambda here=here: client.post(f"{here}/apply"))
        back = statements_of(lambda here=here: client.post(f"{here}/undo"))
        here_and_there.append((there, back))
    assert here_and_there[0] == here_and_there[1]
    assert outcomes() == [Outcome.UNDONE] * 60


def test_what_is_kept_with_an_item_follows_a_change_of_many(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    version, fields = asset.version, ["condition", "custodian", "note"]
    here = prepare(
        client,
        [asset.id],
        fields,
        condition="damaged",
        custodian=cast.malee.name_th,
        note="อยู่ห้องเก็บของ",
    )
    client.post(f"{here}/apply")
    db.session.refresh(asset)
    assert asset.custodian_sort == sort_key_of(cast.malee.name_th)
    assert asset.obstacle_sort == "not_usable"
    assert asset.note_sort == sort_key_of("อยู่ห้องเก็บของ")
    assert "อยู่ห้องเก็บของ" in asset.search_key
    assert asset.version == version + 1


def test_the_kept_book_value_follows_a_change_of_many(cast: Cast, client: FlaskClient) -> None:
    short, long = (make_class(useful_life_years=years).id for years in (2, 20))
    bought = {"price": Decimal(50_000), "acquired_on": date(2024, 1, 1)}
    ids = [make_asset(class_id=short, **bought).id for _each in range(3)]
    jobs.keep_worths()
    before = set(db.session.scalars(select(AssetWorth.net)))
    here = prepare(client, ids, ["class_id"], class_id=str(long))
    client.post(f"{here}/apply")
    assert worth_kept.whole(clock.today(), valuation.in_force()) is not None
    assert found("item_worths") == []
    assert before.isdisjoint(db.session.scalars(select(AssetWorth.net)))


def test_an_item_on_its_way_is_left_and_the_others_are_moved(
    cast: Cast, client: FlaskClient
) -> None:
    room = make_room(cast.school)
    going, staying = make_asset(cast.school), make_asset(cast.school)
    here = prepare(client, [going.id, staying.id], ["room_id"], room_id=str(room.id))
    with work():
        holds.hold(db.session.get_one(Asset, going.id), HoldKind.TRANSIT, "คย.1/2570")
    client.post(f"{here}/apply")
    assert outcomes() == [Outcome.REFUSED, Outcome.CHANGED]
    reason = db.session.scalars(select(BulkLine.reason).order_by(BulkLine.id)).first()
    assert "คย.1/2570" in str(reason)
    assert db.session.get_one(Asset, staying.id).room_id == room.id
    client.post(f"{here}/undo")
    assert outcomes() == [Outcome.REFUSED, Outcome.UNDONE]


def test_a_row_that_is_not_as_it_was_read_is_not_written(cast: Cast) -> None:
    asset = make_asset(note="เดิม")

    def write() -> None:
        with work():
            here = db.session.get_one(Asset, asset.id)
            here.note = "ใหม่"
            db.session.connection().execute(update(Asset).values(version=Asset.version + 1))
            many_rows.write([here])

    with pytest.raises(Stale):
        write()
    assert db.session.get_one(Asset, asset.id).note == "เดิม"


def test_a_step_that_fails_leaves_nothing_of_itself(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "STEP", 2)
    made = [make_asset() for _unused in range(4)]
    here = prepare(client, [one.id for one in made], ["fund_type"], fund_type="donation")
    change_id, me = int(here.rsplit("/", 1)[1]), viewer_of(cast.sri.id) or GUEST
    with work():
        bulk.apply_some(change_id, by=me)

    def killed() -> None:
        with work():
            bulk.apply_some(change_id, by=me)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert outcomes() == [Outcome.CHANGED] * 2 + [Outcome.PLANNED] * 2
    assert "กดอีกครั้ง" in client.get(here).text
    client.post(f"{here}/apply")
    assert outcomes() == [Outcome.CHANGED] * 4
    assert [one.fund_type for one in db.session.scalars(select(Asset))] == ["donation"] * 4


def test_the_last_step_ends_the_change_and_is_told_once(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "STEP", 2)
    made = [make_asset() for _unused in range(4)]
    here = prepare(client, [one.id for one in made], ["fund_type"], fund_type="donation")
    change_id, me = int(here.rsplit("/", 1)[1]), viewer_of(cast.sri.id) or GUEST
    steps = []
    for _unused in range(3):
        with work():
            steps.append(bulk.apply_some(change_id, by=me))
    assert steps == [True, False, False]
    assert db.session.get_one(BulkChange, change_id).state == "applied"
    told = select(AuditEntry.after).where(
        AuditEntry.subject_kind == "bulk_change", AuditEntry.act == "applied"
    )
    assert db.session.scalars(told).all() == [{"changed": 4}]
