"""People are hired, edited, given roles, and leave; an administrator always stays."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people import queries, rules
from office.people.access import Role
from office.people.models import Person, RoleGrant
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import make_person, viewer_for
from tests.office.at_once import in_threads


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


def hire(cast: Cast, **fields: Any) -> Any:
    known = {"name_th": "คนใหม่ ตัวอย่าง", "unit_id": cast.school.id, **fields}
    with work():
        return rules.hire(by=viewer_for(cast.admin), **known)


def test_a_person_is_kept_as_typed_but_clean(cast: Cast) -> None:
    person = hire(
        cast,
        name_th="  น\u0e4d\u0e49า   ตัวอย่าง ",
        phone="๐๘๑-๒๓๔ ๕๖๗๘",
        email="New@Example.TEST",
        username="New.One",
        card_code="  ab–๑๒ ",
    )

    assert (person.name_th, person.phone) == ("น้ำ ตัวอย่าง", "081-234 5678")
    assert (person.email, person.username, person.card_code) == (
        "new@example.test",
        "new.one",
        "AB-12",
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name_th": "  "}, "name_th"),
        ({"phone": "โทรหา"}, "phone"),
        ({"email": "x"}, "email"),
        ({"email": "a b@example.test"}, "email"),
        ({"username": "ครู"}, "username"),
        ({"username": "a@b"}, "username"),
        ({"username": "ab"}, "username"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, fields: Any, field: Any) -> None:
    with pytest.raises(Refusal) as refused:
        hire(cast, **fields)

    assert refused.value.field == field


@pytest.mark.parametrize("field", ["email", "username", "card_code"])
def test_what_another_person_has_is_refused_at_its_field(cast: Cast, field: Any) -> None:
    with pytest.raises(Refusal) as refused:
        hire(cast, **{field: getattr(cast.malee, field)})

    assert refused.value.field == field


def test_many_people_may_have_no_address_and_no_user_name(cast: Cast) -> None:
    hire(cast)
    hire(cast)

    assert len(db.session.scalars(select(Person).where(Person.username == "")).all()) == 2


def test_two_who_take_one_user_name_at_once_get_one_person(app: Flask, cast: Cast) -> Any:
    school = cast.school.id
    admin = viewer_for(cast.admin)

    def act(number: Any) -> Any:
        try:
            with work():
                rules.hire(by=admin, name_th=f"คนที่ {number}", unit_id=school, username="wanted")
        except Refusal as refusal:
            return refusal.field
        return "hired"

    db.session.rollback()
    assert sorted(in_threads(app, 4, act)) == ["hired", "username", "username", "username"]


def test_an_edited_person_is_found_by_the_new_words(cast: Cast) -> None:
    with work():
        rules.edit(cast.malee, by=viewer_for(cast.admin), phone="08 1234 5678")

    assert "0812345678" in cast.malee.search_key


def test_a_role_is_given_once(cast: Cast) -> None:
    with work():
        rules.grant(cast.malee, Role.TECHNICIAN, None, by=viewer_for(cast.admin))

    with pytest.raises(Refusal), work():
        rules.grant(cast.malee, Role.TECHNICIAN, None, by=viewer_for(cast.admin))


@pytest.mark.parametrize("role", ["", "root", "requester"])
def test_a_role_that_cannot_be_given_is_refused(cast: Cast, role: Any) -> None:
    with pytest.raises(Refusal), work():
        rules.grant(cast.malee, role, None, by=viewer_for(cast.admin))


def test_one_role_may_reach_several_units(cast: Cast) -> None:
    with work():
        for unit in (cast.school, cast.other_school):
            rules.grant(cast.malee, Role.INSPECTOR, unit.id, by=viewer_for(cast.admin))

    reach = viewer_for(cast.malee).grants[Role.INSPECTOR]
    assert reach == {cast.school.id, cast.other_school.id}


def test_a_role_given_twice_at_once_is_given_once(app: Flask, cast: Cast) -> Any:
    malee, admin = cast.malee.id, viewer_for(cast.admin)

    def act(_number: Any) -> Any:
        try:
            with work():
                rules.grant(db.session.get_one(Person, malee), Role.APPROVER, None, by=admin)
        except Refusal:
            return "refused"
        return "given"

    db.session.rollback()
    assert sorted(in_threads(app, 4, act)) == ["given", "refused", "refused", "refused"]


def office_admin_grant(person: Any) -> Any:
    return next(one.id for one in queries.grants_of(person.id) if one.role == Role.ADMIN)


def test_the_last_administrator_keeps_the_role(cast: Cast) -> None:
    with pytest.raises(Refusal, match="ผู้ดูแลระบบคนเดียว"), work():
        rules.revoke(cast.admin, office_admin_grant(cast.admin), by=viewer_for(cast.admin))


def test_the_last_administrator_cannot_leave(cast: Cast) -> None:
    with pytest.raises(Refusal, match="ผู้ดูแลระบบคนเดียว"), work():
        rules.leave(cast.admin, by=viewer_for(cast.admin))


def test_an_administrator_of_a_school_does_not_count_as_one_of_the_office(cast: Cast) -> None:
    make_person(Role.ADMIN, over=cast.school)

    with pytest.raises(Refusal), work():
        rules.leave(cast.admin, by=viewer_for(cast.admin))


def test_with_a_second_administrator_the_first_may_leave(cast: Cast) -> None:
    make_person(Role.ADMIN)
    with work():
        rules.leave(cast.admin, by=viewer_for(cast.admin))

    assert queries.has_administrator()


def test_two_administrators_cannot_send_each_other_away_at_once(app: Flask, cast: Cast) -> Any:
    people = [cast.admin.id, make_person(Role.ADMIN).id]
    grants = [office_admin_grant(db.session.get_one(Person, one)) for one in people]
    viewers = [viewer_for(db.session.get_one(Person, one)) for one in people]

    def act(number: Any) -> Any:
        try:
            with work():
                other = db.session.get_one(Person, people[1 - number])
                rules.revoke(other, grants[1 - number], by=viewers[number])
        except Refusal:
            return "refused"
        return "revoked"

    db.session.rollback()
    assert sorted(in_threads(app, 2, act)) == ["refused", "revoked"]


def test_who_leaves_loses_roles_and_sessions(cast: Cast, clock: Clock) -> None:
    epoch = cast.thep.session_epoch
    with work():
        rules.leave(cast.thep, by=viewer_for(cast.admin))

    assert cast.thep.left_on == clock.now.date()
    assert cast.thep.session_epoch == epoch + 1
    assert (
        db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == cast.thep.id)).all() == []
    )


def test_who_left_comes_back_without_roles(cast: Cast) -> None:
    with work():
        rules.leave(cast.thep, by=viewer_for(cast.admin))
    with work():
        rules.come_back(cast.thep, by=viewer_for(cast.admin))

    assert set(viewer_for(cast.thep).grants) == {"requester"}


def test_who_left_gets_no_role(cast: Cast) -> None:
    with work():
        rules.leave(cast.thep, by=viewer_for(cast.admin))

    with pytest.raises(Refusal), work():
        rules.grant(cast.thep, Role.TECHNICIAN, None, by=viewer_for(cast.admin))
