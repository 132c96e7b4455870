"""A set moves together: by hand, by its card, in a room, a handover, a transfer, with many."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.bulk_models import BulkChange
from assets.register.models import Asset, Movement
from assets.register.rules import bulk, holds, items, moving, sets
from assets.register.states import HoldKind, MoveCause
from assets.transfers.models import HandoverLine, TransferLine
from assets.transfers.rules import placing
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.places.models import Room, Unit
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_person, make_room, sign_in, viewer_for
from tests.factories.transfers import make_handover, make_transfer


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def row(item: Asset) -> Asset:
    return db.session.get_one(Asset, item.id)


def make_set(unit: Unit, *parts: Asset, **fields: object) -> Asset:
    whole = make_asset(unit, name="ชุดคอมพิวเตอร์", **fields)
    with work():
        for part in parts:
            sets.add_part(row(whole), row(part), by=TESTER)
    return whole


def to_room(whole: Asset, room: Room, why: MoveCause = MoveCause.HAND) -> None:
    with work():
        there = db.session.get_one(Room, room.id)
        moving.move(row(whole), room=there, why=why, along=True, by=TESTER)


def moves() -> list[tuple[int, int | None]]:
    found = db.session.execute(select(Movement.asset_id, Movement.to_room_id).order_by(Movement.id))
    return [(one.asset_id, one.to_room_id) for one in found]


def test_a_set_takes_its_parts_along_each_with_a_movement(cast: Cast) -> None:
    here, there = make_room(cast.school, "231"), make_room(cast.school, "232")
    part = make_asset(cast.school, room_id=here.id)
    unplaced = make_asset(cast.school)
    whole = make_set(cast.school, part, unplaced, room_id=here.id)
    to_room(whole, there)
    assert moves() == [(one.id, there.id) for one in (whole, part, unplaced)]


def test_a_move_to_another_room_gives_no_part_a_person_in_charge(cast: Cast) -> None:
    part = make_asset(cast.school)
    whole = make_set(cast.school, part, custodian_id=cast.thep.id)
    to_room(whole, make_room(cast.school))
    assert row(part).custodian_id is None


def test_parts_told_to_stay_and_parts_that_stand_elsewhere_stay(cast: Cast) -> None:
    here, there = make_room(cast.school, "231"), make_room(cast.school, "232")
    told, elsewhere = make_asset(cast.school), make_asset(cast.school, room_id=there.id)
    whole = make_set(cast.school, told, elsewhere, room_id=here.id)
    with work():
        sets.let_move(row(told), along=False, by=TESTER)
    to_room(whole, make_room(cast.school, "233"))
    assert [asset_id for asset_id, _room in moves()] == [whole.id]


def test_a_part_keeps_the_person_who_answers_for_it_alone(cast: Cast) -> None:
    own = make_asset(cast.school, custodian_id=cast.thep.id)
    shared = make_asset(cast.school)
    whole = make_set(cast.school, own, shared)
    with work():
        items.edit(row(whole), {"custodian_id": cast.malee.id}, by=TESTER)
    assert [row(one).custodian_id for one in (whole, own, shared)] == [
        cast.malee.id,
        cast.thep.id,
        cast.malee.id,
    ]


def test_a_part_on_loan_refuses_that_the_set_leaves_the_unit_by_its_name(cast: Cast) -> None:
    part = make_asset(cast.school, name="จอภาพยืมอยู่")
    whole = make_set(cast.school, part)
    with work():
        holds.hold(row(part), HoldKind.LOAN, "ย.1/2569")
    other = db.session.get_one(Unit, cast.other_school.id)
    with pytest.raises(Refusal, match="จอภาพยืมอยู่"), work():
        moving.move(row(whole), unit=other, why=MoveCause.HAND, along=True, by=TESTER)
    assert moves() == []
    assert row(whole).holding_unit_id == cast.school.id


def test_taking_a_move_back_takes_its_parts_back(cast: Cast) -> None:
    here, there = make_room(cast.school, "231"), make_room(cast.school, "232")
    part = make_asset(cast.school, room_id=here.id)
    whole = make_set(cast.school, part, room_id=here.id)
    officer = viewer_for(cast.sri)
    with work():
        placing.place(row(whole), db.session.get_one(Room, there.id), by=officer)
    first = db.session.scalars(select(Movement).order_by(Movement.id)).first()
    assert first is not None
    with work():
        placing.undo(db.session.get_one(Movement, first.id), by=officer)
    assert [row(one).room_id for one in (whole, part)] == [here.id, here.id]


def test_putting_chosen_things_into_a_room_brings_the_parts(cast: Cast) -> None:
    room, part = make_room(cast.school), make_asset(cast.school)
    whole = make_set(cast.school, part)
    with work():
        there = db.session.get_one(Room, room.id)
        assert placing.place_all([row(whole), row(part)], there, by=viewer_for(cast.sri)) == 2
    assert [row(one).room_id for one in (whole, part)] == [room.id, room.id]


def test_a_handover_lists_the_parts_of_a_set(cast: Cast) -> None:
    part, own = make_asset(cast.school), make_asset(cast.school, custodian_id=cast.thep.id)
    whole = make_set(cast.school, part, own)
    make_handover(whole, to=cast.malee)
    listed = db.session.scalars(select(HandoverLine.asset_id).order_by(HandoverLine.id)).all()
    assert listed == [whole.id, part.id]


def test_a_handover_of_a_set_names_the_part_that_waits_already(cast: Cast) -> None:
    part = make_asset(cast.school, name="จอภาพรอยืนยัน")
    whole = make_set(cast.school, part)
    make_handover(part, to=cast.malee)
    with pytest.raises(Refusal, match="จอภาพรอยืนยัน"):
        make_handover(whole, to=make_person())


def test_a_transfer_lists_the_parts_of_a_set(cast: Cast) -> None:
    part = make_asset(cast.school)
    whole = make_set(cast.school, part)
    make_transfer(whole, from_unit=cast.school, to_unit=cast.other_school, sent=True)
    listed = db.session.scalars(select(TransferLine.asset_id).order_by(TransferLine.id)).all()
    assert listed == [whole.id, part.id]


def test_a_transfer_of_a_set_names_the_part_on_another_list(cast: Cast) -> None:
    part = make_asset(cast.school, name="จอภาพในรายการอื่น")
    whole = make_set(cast.school, part)
    make_transfer(part, from_unit=cast.school, to_unit=cast.other_school)
    with pytest.raises(Refusal, match="จอภาพในรายการอื่น"):
        make_transfer(whole, from_unit=cast.school, to_unit=cast.other_school)


def test_a_change_of_many_moves_the_parts_and_gives_them_back(cast: Cast) -> None:
    here, there = make_room(cast.school, "231"), make_room(cast.school, "232")
    part = make_asset(cast.school, room_id=here.id)
    whole = make_set(cast.school, part, room_id=here.id)
    officer = viewer_for(cast.sri)
    with work():
        wanted = {"room_id": there.id, "lendable": False}
        change_id = bulk.prepare([whole.id], wanted, by=officer).id
    while _worked(bulk.apply_some, change_id, officer):
        pass
    assert [(row(one).room_id, row(one).lendable) for one in (whole, part)] == [
        (there.id, False),
        (there.id, True),
    ]
    while _worked(bulk.undo_some, change_id, officer):
        pass
    assert [row(one).room_id for one in (whole, part)] == [here.id, here.id]
    assert db.session.get_one(BulkChange, change_id).items == 2


def _worked(step: object, change_id: int, officer: object) -> bool:
    with work():
        return step(change_id, by=officer)  # type: ignore[operator,no-any-return]


def test_the_page_that_moves_a_set_takes_its_parts_along(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.sri)
    part = make_asset(cast.school)
    whole = make_set(cast.school, part)
    room = make_room(cast.school, "ห้องใหม่")
    answer = client.post(
        f"/items/{whole.id}/move",
        data={"unit_id": cast.school.id, "room": room.id, "version": str(row(whole).version)},
    )
    assert answer.status_code == 302
    assert row(part).room_id == room.id
