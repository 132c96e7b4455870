"""Buttons and forms of units and people that come twice, or from a page that was open too long."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.office import make_person, make_room, sign_in


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_hiring_twice_by_a_double_tap_makes_one_person(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    typed = {"name_th": "สมหญิง ซ้ำ", "unit_id": str(cast.school.id), "key": "k" * 22}
    first, second = (client.post("/people/hire", data=typed) for _tap in "ab")
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    found = db.session.scalars(select(Person).where(Person.name_th == "สมหญิง ซ้ำ")).all()
    assert len(found) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/rooms/{room}/close",
        "/rooms/{room}/reopen",
        "/places/{unit}/close",
        "/places/{unit}/reopen",
        "/people/{person}/leave",
        "/people/{person}/come-back",
        "/people/{person}/sign-out",
        "/people/{person}/password-link",
        "/people/{person}/revoke/1",
        "/people/import/take-in",
        "/places/import/take-in",
        "/calendar/holidays",
        "/profile/sign-out-everywhere",
        "/sign-out",
        "/language",
    ],
)
def test_a_button_with_a_stale_token_says_why_nothing_happened(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    room = make_room(cast.school)
    sign_in(client, cast.admin)
    address = path.format(room=room.id, unit=cast.school.id, person=cast.malee.id)
    answer = client.post(address, data={"csrf_token": "of another sign-in"}, forged=True)
    assert answer.status_code == 422
    assert "เปิดค้างไว้นาน" in answer.text or "นานเกินไป" in answer.text


def test_an_administrator_of_a_school_keeps_it_where_it_lies(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, make_person("admin", unit=cast.school, over=cast.school))
    page = client.get(f"/places/{cast.school.id}/edit").text
    assert f'<option selected value="{cast.office.id}">' in page
    typed = {
        "code": cast.school.code,
        "kind": "school",
        "name_th": cast.school.name_th,
        "phone": "034-000-111",
        "parent_id": str(cast.office.id),
        "version": str(cast.school.version),
    }
    assert client.post(f"/places/{cast.school.id}/edit", data=typed).status_code == 302
    typed |= {"parent_id": str(cast.other_school.id), "version": str(cast.school.version)}
    assert client.post(f"/places/{cast.school.id}/edit", data=typed).status_code == 422
