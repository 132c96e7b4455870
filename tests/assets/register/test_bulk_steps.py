"""The steps of a change of many items: few statements, each whole or not at all, ended once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from assets.register import jobs, valuation, worth_kept
from assets.register.bulk_models import BulkChange, BulkLine, Outcome
from assets.register.models import Asset, sort_key_of
from assets.register.rules import bulk, holds, many_rows
from assets.register.states import HoldKind
from assets.register.worth_models import AssetWorth
from kernel import clock
from kernel.access import GUEST
from kernel.db import db
from kernel.errors import Stale
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from office.places.access import viewer_of
from tests.assets.register.test_bulk import outcomes, prepare
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room, sign_in
from tests.helpdesk.doctor.planting import found


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


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
