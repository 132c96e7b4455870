"""The one verb that changes place and person in charge, and the row it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from assets.register.models import Asset, Movement
from assets.register.rules import holds, items, moving
from assets.register.states import HoldKind, Lifecycle, MoveCause
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from office.people.access import Role
from office.people.models import Person
from office.places.models import Room, Unit
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_person, make_room, viewer_for


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def moved(asset: Asset, by: Viewer = TESTER, **where: object) -> Movement | None:
    """Move an item in a unit of work of its own; rows are read anew inside."""
    for name in ("room", "unit", "custodian"):
        if isinstance(where.get(name), Room | Unit | Person):
            where[name] = db.session.merge(where[name])
    where.setdefault("why", MoveCause.HAND)
    with work():
        return moving.move(db.session.get_one(Asset, asset.id), by=by, **where)  # type: ignore[arg-type]


def test_a_move_leaves_a_row_with_both_places_and_names(cast: Cast) -> None:
    asset, room = make_asset(cast.school), make_room(cast.school, "ห้อง 999")
    one = moved(asset, room=room, custodian=cast.malee, reason="ย้ายห้อง", reference="บก.1/2569")
    assert one is not None
    assert (one.from_room_name, one.to_room_name) == ("", "ห้อง 999")
    assert (one.from_custodian_name, one.to_custodian_name) == ("", "มาลี ตัวอย่าง")
    assert (one.reason, one.reference, one.cause) == ("ย้ายห้อง", "บก.1/2569", "hand")
    now = db.session.get_one(Asset, asset.id)
    assert (now.room_id, now.custodian_id) == (room.id, cast.malee.id)
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "moved")).one()
    assert trail.after is not None
    assert trail.after["why"] == "ย้ายห้อง"


def test_what_stays_where_it_is_leaves_no_row(cast: Cast) -> None:
    room = make_room(cast.school)
    asset = make_asset(cast.school, room_id=room.id)
    assert moved(asset, room=room) is None
    assert db.session.scalars(select(Movement)).all() == []


def test_a_moved_item_is_found_by_its_new_room_and_person(cast: Cast) -> None:
    asset, room = make_asset(cast.school), make_room(cast.school, "ห้องดาราศาสตร์")
    moved(asset, room=room, custodian=cast.malee)
    key = db.session.get_one(Asset, asset.id).search_key
    assert thai.search_key("ห้องดาราศาสตร์") in key
    assert thai.search_key("มาลี") in key


def test_another_unit_takes_the_item_out_of_its_room(cast: Cast) -> None:
    asset = make_asset(cast.school, room_id=make_room(cast.school).id)
    moved(asset, unit=cast.other_school)
    now = db.session.get_one(Asset, asset.id)
    assert (now.holding_unit_id, now.room_id) == (cast.other_school.id, None)
    assert now.owner_unit_id == cast.school.id


def test_a_room_of_another_unit_is_refused(cast: Cast) -> None:
    asset, room = make_asset(cast.school), make_room(cast.other_school)
    with pytest.raises(Refusal) as refused:
        moved(asset, unit=cast.school, room=room)
    assert refused.value.field == "room"


def test_a_person_who_has_left_takes_nothing_over(cast: Cast) -> None:
    gone = make_person(left_on=clock.today())
    with pytest.raises(Refusal) as refused:
        moved(make_asset(), custodian=gone)
    assert refused.value.field == "custodian"


def test_an_item_that_is_struck_off_does_not_move(cast: Cast) -> None:
    asset = make_asset(cast.school, lifecycle=Lifecycle.DISPOSED)
    with pytest.raises(Refusal):
        moved(asset, room=make_room(cast.school))


def test_a_lent_item_may_change_rooms_but_not_units(cast: Cast) -> None:
    asset = make_asset(cast.school)
    with work():
        holds.hold(db.session.get_one(Asset, asset.id), HoldKind.LOAN, "ย.1/2570")
    assert moved(asset, room=make_room(cast.school)) is not None
    with pytest.raises(Refusal, match=r"ย\.1/2570"):
        moved(asset, unit=cast.other_school)


def test_an_item_on_its_way_moves_by_its_transfer_only(cast: Cast) -> None:
    asset, room = make_asset(cast.school), make_room(cast.school)
    with work():
        holds.hold(db.session.get_one(Asset, asset.id), HoldKind.TRANSIT, "คย.1/2570")
    with pytest.raises(Refusal, match=r"คย\.1/2570"):
        moved(asset, room=room)
    assert moved(asset, room=room, why=MoveCause.TRANSFER) is not None


def test_a_moment_to_come_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal):
        moved(make_asset(), custodian=cast.malee, at=clock.now() + timedelta(hours=1))


@pytest.mark.parametrize("role", [role for role in Role if role not in ("storekeeper", "admin")])
def test_who_has_no_right_moves_nothing_by_hand(cast: Cast, role: Role) -> None:
    who = viewer_for(cast.by_role()[role])
    with pytest.raises(NotAllowed):
        moved(make_asset(cast.school), by=who, custodian=cast.malee)


def test_a_school_storekeeper_sends_nothing_to_a_school_outside_the_scope(cast: Cast) -> None:
    keeper = viewer_for(make_person(Role.STOREKEEPER, unit=cast.school, over=cast.school))
    asset = make_asset(cast.school)
    assert moved(asset, by=keeper, room=make_room(cast.school)) is not None
    with pytest.raises(NotAllowed):
        moved(asset, by=keeper, unit=cast.other_school)


def test_the_card_moves_through_the_same_verb(cast: Cast) -> None:
    asset = make_asset(cast.school)
    with work():
        row = db.session.get_one(Asset, asset.id)
        assert items.edit(row, {"custodian_text": "ครูใหม่", "note": "ตรวจแล้ว"}, by=TESTER)
    one = db.session.scalars(select(Movement)).one()
    assert (one.cause, one.to_custodian_name) == ("card", "ครูใหม่")
    assert db.session.get_one(Asset, asset.id).note == "ตรวจแล้ว"


def test_the_card_keeps_a_person_whose_name_was_not_touched(cast: Cast) -> None:
    asset = make_asset(cast.school)
    moved(asset, custodian=cast.malee)
    with work():
        row = db.session.get_one(Asset, asset.id)
        items.edit(row, {"custodian_text": row.custodian_text}, by=TESTER)
    assert db.session.get_one(Asset, asset.id).custodian_id == cast.malee.id
