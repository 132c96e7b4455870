"""Units move with all that lies under them; names are kept apart; closing has its order."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.places import queries, rules
from office.places.models import Unit
from tests.cast import Cast, make_cast
from tests.factories.office import make_person, make_room, make_unit, viewer_for
from tests.office.at_once import in_threads


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


def move(cast: Cast, unit: Any, parent: Any) -> None:
    with work():
        rules.edit_unit(unit, by=viewer_for(cast.admin), parent=parent)


def test_a_unit_moves_with_everything_under_it(cast: Cast) -> None:
    group = make_unit(kind="group")
    below = make_unit(parent=cast.school)
    lowest = make_unit(parent=below)
    move(cast, cast.school, group)

    assert lowest.path == f"{group.path}{cast.school.id}/{below.id}/{lowest.id}/"
    assert queries.above(lowest) == [cast.office, group, cast.school, below]


def test_a_role_over_a_unit_follows_what_is_moved_under_it(cast: Cast) -> None:
    move(cast, cast.other_school, cast.school)

    assert viewer_for(cast.kanda).grants["coordinator"] == {cast.school.id, cast.other_school.id}


def test_a_unit_with_a_number_that_begins_alike_stays_where_it_is(cast: Cast) -> None:
    units = [make_unit() for _number in range(12)]
    paths = {unit.id: unit.path for unit in units[1:]}
    move(cast, units[0], cast.school)

    assert {unit.id: unit.path for unit in units[1:]} == paths


def test_a_unit_cannot_lie_under_itself(cast: Cast) -> None:
    below = make_unit(parent=cast.school)

    for parent in (cast.school, below):
        with pytest.raises(Refusal):
            move(cast, cast.school, parent)


def test_the_office_lies_under_nothing_and_there_is_one(cast: Cast) -> None:
    with pytest.raises(Refusal):
        move(cast, cast.office, cast.school)
    with pytest.raises(Refusal):
        move(cast, cast.school, None)
    by = viewer_for(cast.admin)
    with pytest.raises(Refusal), work():
        rules.found_unit("99", "office", "สำนักงานที่สอง", parent=cast.office, by=by)
    for unit, above, kind in ((cast.school, cast.office, "office"), (cast.office, None, "school")):
        with pytest.raises(Refusal) as refused, work():
            rules.edit_unit(unit, by=by, parent=above, kind=kind)
        assert refused.value.field == "kind"


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"name_th": ""}, "name_th"), ({"code": "00"}, "code"), ({"kind": "shop"}, "kind")],
)
def test_a_bad_edit_is_refused_at_its_field(cast: Cast, fields: Any, field: Any) -> None:
    with pytest.raises(Refusal) as refused, work():
        rules.edit_unit(cast.school, by=viewer_for(cast.admin), parent=cast.office, **fields)

    assert refused.value.field == field


def test_a_unit_with_people_or_open_units_stays_open(cast: Cast) -> None:
    with pytest.raises(Refusal), work():
        rules.close_unit(cast.school, by=viewer_for(cast.admin))
    parent = make_unit()
    make_unit(parent=parent)
    with pytest.raises(Refusal), work():
        rules.close_unit(parent, by=viewer_for(cast.admin))
    with pytest.raises(Refusal), work():
        rules.close_unit(cast.office, by=viewer_for(cast.admin))


def test_a_closed_unit_is_offered_nowhere_and_may_open_again(cast: Cast) -> None:
    unit = make_unit(name_th="โรงเรียนเลิกแล้ว")
    with work():
        rules.close_unit(unit, by=viewer_for(cast.admin))

    assert str(unit.id) not in dict(queries.choices())
    assert unit.id not in [line.unit.id for line in queries.tree()]
    assert unit.id in [line.unit.id for line in queries.tree(closed=True)]
    with work():
        rules.reopen_unit(unit, by=viewer_for(cast.admin))
    assert str(unit.id) in dict(queries.choices())


def test_rooms_of_one_name_in_thai_and_arabic_digits_are_one(cast: Cast) -> None:
    make_room(cast.school, "ห้อง 231")

    with pytest.raises(Refusal), work():
        rules.add_room(cast.school, "ห้อง  ๒๓๑", by=viewer_for(cast.admin))


def test_two_units_may_have_rooms_of_one_name(cast: Cast) -> None:
    make_room(cast.school, "ห้อง 231")
    with work():
        rules.add_room(cast.other_school, "ห้อง 231", by=viewer_for(cast.admin))

    assert [room.name for room in queries.rooms_of(cast.other_school.id)] == ["ห้อง 231"]


def test_a_room_moves_inside_its_unit_only(cast: Cast) -> None:
    room = make_room(cast.school)
    with work():
        mine = rules.add_building(cast.school, "อาคาร 1", by=viewer_for(cast.admin))
        theirs = rules.add_building(cast.other_school, "อาคาร 1", by=viewer_for(cast.admin))
    by = viewer_for(cast.admin)
    with work():
        rules.edit_room(room, by=by, name="ห้อง 232", building=mine, floor="2")

    assert (room.name, room.building.name, room.floor) == ("ห้อง 232", "อาคาร 1", "2")
    with pytest.raises(Refusal), work():
        rules.edit_room(room, by=by, name="ห้อง 232", building=theirs, floor="2")


def test_a_building_is_renamed_but_not_to_a_name_that_is_taken(cast: Cast) -> None:
    by = viewer_for(cast.admin)
    with work():
        first = rules.add_building(cast.school, "อาคาร 1", by=by)
        rules.add_building(cast.school, "อาคาร 2", by=by)
    with work():
        rules.rename_building(first, "อาคารเรียน", by=by)

    assert first.name == "อาคารเรียน"
    with pytest.raises(Refusal), work():
        rules.rename_building(first, "อาคาร ๒", by=by)


def test_units_stand_in_the_order_of_a_thai_dictionary(app: Flask) -> None:
    names = ["แผ่นดิสก์", "กระดาน", "โต๊ะ", "เก้าอี้", "จอภาพ", "ไมโครโฟน", "เครื่องพิมพ์"]
    for name in names:
        make_unit(name_th=name)

    assert [line.unit.name_th for line in queries.tree()][1:] == [
        "กระดาน", "เก้าอี้", "เครื่องพิมพ์", "จอภาพ", "โต๊ะ", "แผ่นดิสก์", "ไมโครโฟน",
    ]  # fmt: skip


def test_rooms_stand_in_natural_order(cast: Cast) -> None:
    for name in ("ห้อง 10", "ห้อง 9", "ห้อง ๑"):
        make_room(cast.school, name)

    assert [room.name for room in queries.rooms_of(cast.school.id)] == ["ห้อง ๑", "ห้อง 9", "ห้อง 10"]


def test_the_tree_takes_three_queries_however_large(app: Flask) -> None:
    for _number in range(5):
        make_person(unit=make_unit())
    db.session.rollback()
    counted = []

    def count(*what: Any) -> None:
        if what[2].startswith("SELECT"):
            counted.append(what[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        lines = queries.tree()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)

    assert len(lines) == 6
    assert len(counted) == 3


@pytest.mark.parametrize("what", ["room", "unit"])
def test_one_name_given_twice_at_once_is_given_once(app: Flask, cast: Cast, what: str) -> None:
    school, by = cast.school.id, viewer_for(cast.admin)

    def act(_number: int) -> str:
        try:
            with work():
                parent = db.session.get_one(Unit, school)
                if what == "room":
                    rules.add_room(parent, "ห้อง 7", by=by)
                else:
                    rules.found_unit("NEW", "school", "ใหม่", parent=parent, by=by)
        except Refusal as refusal:
            return refusal.code
        return "made"

    db.session.rollback()
    assert sorted(in_threads(app, 3, act)) == ["made", "refused", "refused"]


def test_two_who_name_one_room_at_once_get_the_same_room(app: Flask, cast: Cast) -> None:
    school_id, admin = cast.school.id, viewer_for(cast.admin)

    def name(_number: int) -> int:
        with work():
            return rules.room_named(school_id, "ห้องใหม่", by=admin, building="อาคารใหม่").id

    assert len(set(in_threads(app, 4, name))) == 1


def test_two_units_cannot_be_moved_under_each_other_at_once(app: Flask, cast: Cast) -> None:
    admin, ids = viewer_for(cast.admin), (cast.school.id, cast.other_school.id)

    def put_under(number: int) -> str:
        try:
            with work():
                moved, parent = (db.session.get_one(Unit, ids[n]) for n in (number, 1 - number))
                rules.edit_unit(moved, by=admin, parent=parent)
        except Refusal:
            return "refused"
        return "moved"

    assert sorted(in_threads(app, 2, put_under)) == ["moved", "refused"]
    db.session.rollback()
    assert cast.office.id in {db.session.get_one(Unit, one).parent_id for one in ids}
