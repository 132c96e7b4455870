"""Who may open and change what on the pages of units and people; what they show."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from kernel.work import work
from office.people.models import Person, RoleGrant
from office.places.models import Unit
from tests.cast import Cast, make_cast
from tests.factories.office import make_person, make_room, make_unit, sign_in, viewer_for

SEERS = {"admin", "auditor", "technician", "storekeeper", "coordinator"}
ROLES = (*sorted(SEERS), "requester", "approver", "inspector")
XSS = "<img src=x onerror=alert(1)>\"'"


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_the_units(client: FlaskClient, cast: Cast, role: Any) -> None:
    sign_in(client, cast.by_role()[role])

    assert client.get("/places").status_code == 200
    assert client.get(f"/places/{cast.school.id}").status_code == 200
    assert client.get("/calendar").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_only_some_see_the_list_of_people(client: FlaskClient, cast: Cast, role: Any) -> None:
    sign_in(client, cast.by_role()[role])

    assert client.get("/people").status_code == (200 if role in SEERS else 403)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_nobody_else_changes_units_people_or_the_calendar(
    client: FlaskClient, cast: Cast, role: Any
) -> None:
    room = make_room(cast.school)
    sign_in(client, cast.by_role()[role])
    unit, person = cast.school.id, cast.malee.id
    doors = (
        "/places/found", f"/places/{unit}/edit", f"/places/{unit}/close", f"/places/{unit}/reopen",
        f"/places/{unit}/rooms/add", f"/rooms/{room.id}/edit", f"/rooms/{room.id}/close",
        f"/rooms/{room.id}/reopen", f"/places/{unit}/buildings/add", "/places/import",
        "/places/import/take-in", "/people/hire", "/people/import", "/people/import/take-in",
        f"/people/{person}/edit", f"/people/{person}/grant", f"/people/{person}/revoke/1",
        f"/people/{person}/leave", f"/people/{person}/come-back", f"/people/{person}/sign-out",
        f"/people/{person}/password-link", "/calendar/close", "/calendar/hours",
        "/calendar/holidays",
    )  # fmt: skip

    assert {door: client.post(door).status_code for door in doors} == dict.fromkeys(doors, 403)


def test_a_coordinator_sees_the_own_people_only(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.kanda)
    page = client.get("/people").text

    assert "มาลี ตัวอย่าง" in page
    assert "เทพ ตัวอย่าง" not in page
    assert client.get(f"/people/{cast.malee.id}").status_code == 200
    assert client.get(f"/people/{cast.thep.id}").status_code == 404


@pytest.fixture
def school_admin(cast: Cast) -> Any:
    return make_person("admin", unit=cast.school, over=cast.school)


def test_an_administrator_of_a_school_keeps_that_school(
    client: FlaskClient, cast: Cast, school_admin: Any
) -> None:
    sign_in(client, school_admin)
    added = client.post(f"/places/{cast.school.id}/rooms/add", data={"name": "ห้อง 1"})

    assert added.status_code == 302
    for door in (f"/places/{cast.other_school.id}/rooms/add", f"/places/{cast.office.id}/edit"):
        assert client.post(door, data={"name": "ห้อง 1"}).status_code == 403
    assert client.get("/places/import").status_code == 403
    assert client.get("/calendar/hours").status_code == 403


def test_an_administrator_of_a_school_gives_no_role_beyond_it(
    client: FlaskClient, cast: Cast, school_admin: Any
) -> None:
    sign_in(client, school_admin)
    door = f"/people/{cast.malee.id}/grant"

    given = client.post(door, data={"role": "inspector", "unit_id": str(cast.school.id)})
    assert given.status_code == 302
    for beyond in ("", str(cast.office.id), str(cast.other_school.id)):
        answer = client.post(door, data={"role": "admin", "unit_id": beyond})
        assert answer.status_code in (403, 422)
    db.session.rollback()
    roles = db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == cast.malee.id))
    assert roles.all() == ["inspector"]


def test_an_administrator_of_a_school_cannot_take_over_one_of_the_office(
    client: FlaskClient, cast: Cast, school_admin: Any
) -> None:
    boss = make_person("admin", unit=cast.school)
    sign_in(client, school_admin)

    for act in ("password-link", "leave", "sign-out"):
        assert client.post(f"/people/{boss.id}/{act}").status_code == 403
    assert client.get(f"/people/{boss.id}/edit").status_code == 403


def version(client: FlaskClient, address: Any) -> Any:
    page = client.get(address).text
    return page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]


def unit_fields(unit: Any, **changes: Any) -> Any:
    return {
        "code": unit.code, "kind": unit.kind, "name_th": unit.name_th, "name_en": unit.name_en,
        "parent_id": str(unit.parent_id or ""), "size": "", "phone": "", **changes,
    }  # fmt: skip


def test_two_who_edit_one_unit_at_once_do_not_overwrite_each_other(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    address = f"/places/{cast.school.id}/edit"
    seen = version(client, address)
    first = client.post(address, data=unit_fields(cast.school, name_th="ชื่อแรก", version=seen))
    second = client.post(address, data=unit_fields(cast.school, name_th="ชื่อที่สอง", version=seen))

    assert (first.status_code, second.status_code) == (302, 409)
    assert "ชื่อที่สอง" in second.text
    db.session.rollback()
    assert db.session.get_one(Unit, cast.school.id).name_th == "ชื่อแรก"


def test_names_with_angle_brackets_stay_text(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    client.post(
        "/people/hire", data={"name_th": XSS, "unit_id": str(cast.school.id), "position": XSS}
    )
    client.post(f"/places/{cast.school.id}/rooms/add", data={"name": XSS})
    person = db.session.scalar(select(Person).where(Person.name_th.startswith("<img")))

    for address in ("/people", f"/people/{person.id}", f"/places/{cast.school.id}", "/audit"):
        page = client.get(address).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_a_person_is_hired_edited_and_leaves(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    hired = client.post(
        "/people/hire",
        data={"name_th": "คนใหม่ ตัวอย่าง", "unit_id": str(cast.school.id), "phone": "๐๘๑๒๓๔๕๖๗๘"},
    )
    page = hired.headers["Location"]
    assert "0812345678" in client.get(page).text
    edited = client.post(
        f"{page}/edit",
        data={
            "name_th": "คนใหม่ ตัวอย่าง",
            "unit_id": str(cast.other_school.id),
            "version": version(client, f"{page}/edit"),
        },
    )
    assert edited.status_code == 302
    client.post(f"{page}/leave")
    assert "พ้นจากหน่วยงาน" in client.get(page).text
    assert "คนใหม่" not in client.get("/people").text
    assert "คนใหม่" in client.get("/people?left=1").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name_th": ""}, "กรุณากรอก"),
        ({"email": "x"}, "อีเมลไม่ถูกต้อง"),
        ({"unit_id": "999999"}, "เลือก"),
        ({"unit_id": ""}, "เลือก"),
        ({"name_th": "ก" * 5000}, "200"),
    ],
)
def test_a_bad_person_is_told_at_the_field_and_nothing_is_lost(
    client: FlaskClient, cast: Cast, fields: Any, sentence: Any
) -> None:
    sign_in(client, cast.admin)
    data = {"name_th": "คนใหม่ ตัวอย่าง", "unit_id": str(cast.school.id), "position": "ครูพิเศษ"}
    answer = client.post("/people/hire", data={**data, **fields})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "ครูพิเศษ" in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=มาลี", True),
        ("q=Malee", True),
        ("q=เทพ", False),
        ("q=ไม่มีคนนี้", False),
        ("role=coordinator", False),
        ("left=1", False),
        ("unit=999999", False),
        ("unit=x&role=x&page=x", True),
    ],
)
def test_the_list_of_people_is_narrowed(
    client: FlaskClient, cast: Cast, query: Any, found: Any
) -> None:
    sign_in(client, cast.admin)
    answer = client.get(f"/people?{query}")

    assert answer.status_code == 200
    assert (f'/people/{cast.malee.id}"' in answer.text) is found


def test_a_unit_filter_reaches_what_lies_under_it(client: FlaskClient, cast: Cast) -> None:
    below = make_unit(parent=cast.school)
    person = make_person(unit=below)
    sign_in(client, cast.admin)

    assert f'/people/{person.id}"' in client.get(f"/people?unit={cast.school.id}").text
    assert f'/people/{person.id}"' not in client.get(f"/people?unit={cast.other_school.id}").text


def test_long_lists_are_paged(client: FlaskClient, cast: Cast) -> None:
    with work():
        for _number in range(60):
            make_person(unit=cast.school)
    sign_in(client, cast.admin)

    first, second = client.get("/people").text, client.get("/people?page=2").text
    assert first.count('class="cell-main"') == 50
    assert second.count('class="cell-main"') == 18


@pytest.mark.parametrize("address", ["/people/999999", "/places/999999", "/rooms/999999/edit"])
def test_what_does_not_exist_is_not_found(client: FlaskClient, cast: Cast, address: Any) -> None:
    sign_in(client, cast.admin)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["admin", "coordinator"])
def test_pages_are_english_for_who_reads_english(
    client: FlaskClient, cast: Cast, role: Any
) -> None:
    person = cast.by_role()[role]
    with work():
        person.language = "en"
    sign_in(client, person)

    assert "Units and rooms" in client.get("/places").text
    assert "Malee Example" in client.get("/people").text
    assert viewer_for(person).language == "en"
