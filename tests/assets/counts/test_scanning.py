"""Opening and scanning: what is expected, what a scan turns out to be, and exactly once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.counts import access
from assets.counts.models import Expected, Result, Round, RoundRoom, Scan
from assets.counts.rules import reviewing, scanning
from assets.counts.states import Outcome
from assets.register.models import Asset
from assets.register.rules import holds, items
from assets.register.states import Condition, HoldKind, Lifecycle
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.places.models import Room, Unit
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import (
    chair_of,
    make_round,
    open_round,
    room_in,
    scan,
    sent,
    store_officer,
)
from tests.factories.office import TESTER, make_person, make_room, make_unit, viewer_for
from tests.factories.tickets import make_tag


@pytest.fixture
def school(app: Flask, clock: Clock) -> Unit:
    return make_unit()


@pytest.fixture
def room(school: Unit) -> Room:
    return make_room(school, "ห้อง 1")


def number_of(table: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def result_of(asset: Asset) -> Result:
    db.session.expire_all()
    return db.session.scalars(select(Result).where(Result.asset_id == asset.id)).one()


def test_opening_freezes_what_stands_in_the_books(school: Unit, room: Room) -> None:
    asset = make_asset(school, room_id=room.id, name="เครื่องพิมพ์")
    one = open_round(school)
    with work():
        items.edit(db.session.get_one(Asset, asset.id), {"name": "ชื่อใหม่"}, by=TESTER)
    line = db.session.scalars(select(Expected)).one()
    assert (line.name, line.asset_id, one.expected_total) == ("เครื่องพิมพ์", asset.id, 1)
    assert room_in(one, room).expected_total == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"acquired_on": date(2026, 10, 1)},
        {"lifecycle": Lifecycle.DISPOSED},
        {"lifecycle": Lifecycle.TRANSFERRED_OUT},
        {"lifecycle": Lifecycle.LOST},
        {"lifecycle": Lifecycle.DRAFT},
    ],
)
def test_r_i6_what_came_later_or_is_struck_off_is_outside(
    school: Unit, fields: dict[str, object]
) -> None:
    inside = make_asset(school, acquired_on=date(2026, 9, 30))
    make_asset(school, **fields)
    open_round(school)
    assert list(db.session.scalars(select(Expected.asset_id))) == [inside.id]


def test_r_i6_a_scan_of_what_was_bought_later_says_so(school: Unit) -> None:
    make_asset(school)
    late = make_asset(school, acquired_on=date(2026, 10, 1))
    one = open_round(school)
    assert scan(one, sent(late.asset_no or ""))[0].outcome == Outcome.OUTSIDE


def test_the_room_decides_between_found_and_wrong_room(school: Unit, room: Room) -> None:
    other = make_room(school, "ห้อง 2")
    asset = make_asset(school, room_id=room.id)
    one = open_round(school)
    number = asset.asset_no or ""
    assert scan(one, sent(number, room_in(one, other)))[0].outcome == Outcome.WRONG_ROOM
    assert scan(one, sent(number, room_in(one, room)))[0].outcome == Outcome.FOUND
    assert result_of(asset).outcome == Outcome.FOUND


def test_every_way_of_naming_a_thing_is_understood(school: Unit, room: Room) -> None:
    asset = make_asset(school, room_id=room.id)
    tag = make_tag(asset)
    one = open_round(school)
    here = room_in(one, room)
    ways = (tag.code, f"HTTPS://EXAMPLE.TEST/Q/{tag.code}", asset.serial_no, asset.asset_no)
    answers = scan(one, *(sent(way or "", here) for way in ways))
    assert {answer.outcome for answer in answers} == {Outcome.FOUND}
    assert number_of(Result) == 1


def test_what_is_unknown_is_kept_as_it_was_scanned(school: Unit) -> None:
    make_asset(school)
    one = open_round(school)
    answer = scan(one, sent("ไม่มีในทะเบียน 99"))[0]
    kept = db.session.scalars(select(Scan)).one()
    assert (answer.outcome, kept.code) == (Outcome.UNKNOWN, "ไม่มีในทะเบียน 99")


def test_a_thing_of_another_school_is_not_on_the_list(school: Unit) -> None:
    make_asset(school)
    stranger = make_asset(make_unit())
    one = open_round(school)
    assert scan(one, sent(stranger.asset_no or ""))[0].outcome == Outcome.UNEXPECTED


def test_a_number_that_two_schools_share_means_the_one_of_the_round(school: Unit) -> None:
    own = make_asset(school, asset_no="5-1/60")
    make_asset(make_unit(), asset_no="5-1/60")
    one = open_round(school)
    answer = scan(one, sent("5-1/60"))[0]
    assert answer.thing is not None
    assert (answer.outcome, answer.thing.asset_id) == (Outcome.FOUND, own.id)


def test_two_things_with_one_serial_are_not_guessed(school: Unit) -> None:
    for _number in range(2):
        make_asset(school, serial_no="SAME-1")
    one = open_round(school)
    assert scan(one, sent("SAME-1"))[0].outcome == Outcome.AMBIGUOUS


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(HoldKind.LOAN, Outcome.ON_LOAN), (HoldKind.REPAIR, Outcome.IN_REPAIR)],
)
def test_what_is_held_is_told_at_the_scan(school: Unit, kind: HoldKind, outcome: Outcome) -> None:
    asset = make_asset(school)
    one = open_round(school)
    with work():
        holds.hold(db.session.get_one(Asset, asset.id), kind, "ย.1/2570")
    assert scan(one, sent(asset.asset_no or ""))[0].outcome == outcome


def test_what_was_struck_off_is_told_at_the_scan(school: Unit) -> None:
    make_asset(school)
    gone = make_asset(school, lifecycle=Lifecycle.DISPOSED)
    one = open_round(school)
    assert scan(one, sent(gone.asset_no or ""))[0].outcome == Outcome.RETIRED


def test_the_same_scan_sent_again_is_one_scan(school: Unit) -> None:
    asset = make_asset(school)
    one = open_round(school)
    first = sent(asset.asset_no or "")
    answers = [scan(one, first)[0], scan(one, first, first)[1]]
    assert [answer.again for answer in answers] == [False, True]
    assert {answer.outcome for answer in answers} == {Outcome.FOUND}
    assert (number_of(Scan), number_of(Result)) == (1, 1)


def test_r_i5_many_scans_of_a_thing_are_one_result_and_count_once(school: Unit, room: Room) -> None:
    asset = make_asset(school, room_id=room.id)
    one = open_round(school, make_person(), second := make_person())
    here = room_in(one, room)
    scan(one, sent(asset.asset_no or "", here), sent(asset.serial_no, here))
    scan(one, sent(asset.asset_no or "", here), by=viewer_for(second))
    assert (number_of(Scan), number_of(Result)) == (3, 1)
    assert db.session.get_one(RoundRoom, here.id, populate_existing=True).counted == 1


def test_a_scan_without_sense_is_refused_and_the_others_are_kept(school: Unit) -> None:
    asset = make_asset(school)
    one = open_round(school)
    bad = [
        sent("x", client_id="short"),
        sent("   "),
        sent("x", condition="missing"),
        sent("x", quantity=-1),
        sent("x", round_room_id=999_999),
    ]
    answers = scan(one, *bad, sent(asset.asset_no or ""))
    assert [bool(answer.refused) for answer in answers] == [True] * 5 + [False]
    assert number_of(Scan) == 1


def test_the_latest_scan_by_the_phones_clock_decides(
    school: Unit, room: Room, clock: Clock
) -> None:
    other = make_room(school, "ห้อง 2")
    asset = make_asset(school, room_id=room.id)
    one = open_round(school)
    number, now = asset.asset_no or "", clock.now
    scan(one, sent(number, room_in(one, room), device_at=now))
    earlier = now - timedelta(hours=2)
    scan(one, sent(number, room_in(one, other), device_at=earlier))
    assert result_of(asset).outcome == Outcome.FOUND


def test_a_clock_that_runs_ahead_does_not_win_for_ever(
    school: Unit, room: Room, clock: Clock
) -> None:
    other = make_room(school, "ห้อง 2")
    asset = make_asset(school, room_id=room.id)
    one = open_round(school)
    number = asset.asset_no or ""
    scan(one, sent(number, room_in(one, other), device_at=clock.now + timedelta(days=9)))
    clock.forward(minutes=1)
    scan(one, sent(number, room_in(one, room), device_at=clock.now))
    assert result_of(asset).outcome == Outcome.FOUND


def test_a_condition_said_once_stays_with_later_scans(school: Unit, clock: Clock) -> None:
    asset = make_asset(school)
    one = open_round(school)
    number = asset.asset_no or ""
    scan(one, sent(number, condition="damaged", remark="จอแตก"))
    clock.forward(minutes=1)
    scan(one, sent(number))
    result = result_of(asset)
    assert (result.condition, result.remark) == (Condition.DAMAGED, "จอแตก")


def test_the_pieces_of_a_lot_are_added_up_over_rooms(school: Unit, room: Room) -> None:
    other = make_room(school, "ห้อง 2")
    lot = make_asset(school, room_id=room.id, quantity=40)
    one = open_round(school)
    number = lot.asset_no or ""
    scan(one, sent(number, room_in(one, room), quantity=30))
    scan(one, sent(number, room_in(one, room), quantity=31))
    scan(one, sent(number, room_in(one, other), quantity=8))
    result = result_of(lot)
    assert (result.quantity, result.outcome) == (39, Outcome.FOUND)


def test_a_lot_of_which_nobody_said_how_many_is_not_counted_whole(school: Unit) -> None:
    lot = make_asset(school, quantity=40)
    one = open_round(school)
    scan(one, sent(lot.asset_no or ""))
    assert result_of(lot).quantity is None


def test_scans_are_refused_before_opening_and_of_too_many(school: Unit) -> None:
    asset = make_asset(school)
    planned = make_round(school)
    with pytest.raises(Refusal):
        scan(planned, sent(asset.asset_no or ""))
    one = open_round(make_unit_with_asset())
    with pytest.raises(Refusal):
        scan(one, *(sent("x") for _n in range(scanning.MOST_AT_ONCE + 1)))


def make_unit_with_asset() -> Unit:
    unit = make_unit()
    make_asset(unit)
    return unit


def test_r_i5_what_nobody_scanned_is_missing_or_accounted_for_never_found(school: Unit) -> None:
    missing, lent, gone, seen = (make_asset(school) for _n in range(4))
    one = open_round(school)
    scan(one, sent(seen.asset_no or ""))
    with work():
        holds.hold(db.session.get_one(Asset, lent.id), HoldKind.LOAN, "ย.9/2570")
        db.session.get_one(Asset, gone.id).lifecycle = Lifecycle.DISPOSED
    with work():
        reviewing.end_counting(db.session.get_one(Round, one.id), by=store_officer())
    found = {r.asset_id: (r.outcome, r.where) for r in db.session.scalars(select(Result))}
    assert found == {
        missing.id: (Outcome.MISSING, ""),
        lent.id: (Outcome.ON_LOAN, "ย.9/2570"),
        gone.id: (Outcome.STRUCK_OFF, ""),
        seen.id: (Outcome.FOUND, ""),
    }


def test_a_scan_says_where_its_member_is(school: Unit, room: Room) -> None:
    asset = make_asset(school, room_id=room.id)
    one = open_round(school)
    scan(one, sent(asset.asset_no or "", room_in(one, room)))
    member = access.member_of(chair_of(one), one)
    assert member is not None
    assert member.room_id == room_in(one, room).id
