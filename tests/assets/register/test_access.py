"""Who may open which page of the register, and do what there."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.register.models import Asset, RegisterImport
from assets.register.states import ImportState
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import RoleGrant
from office.places.models import Unit
from tests.assets.register.workbooks import upload, xlsx
from tests.cast import make_cast
from tests.doors import answers
from tests.factories.assets import make_asset
from tests.factories.office import make_office, make_person, make_unit, sign_in

EVERYBODY_BUT_STAFF = set(Role) - {Role.REQUESTER}
KEEPERS = {Role.STOREKEEPER, Role.ADMIN}
PAGES = {
    "/items": EVERYBODY_BUT_STAFF,
    "/items/{asset}": EVERYBODY_BUT_STAFF,
    "/items/new": KEEPERS,
    "/items/{asset}/edit": KEEPERS,
    "/register/imports": KEEPERS,
    "/register/imports/{record}": KEEPERS,
    "/register/imports/{record}/progress": KEEPERS,
}
POSTS = {
    "/register/imports/{record}/columns": KEEPERS,
    "/register/imports/{record}/apply": KEEPERS,
    "/register/imports/{record}/resume": KEEPERS,
}


def kept(unit: Unit) -> RegisterImport:
    with work():
        record = RegisterImport(
            unit_id=unit.id,
            file_key="",
            file_name="ทะเบียน.xlsx",
            at=clock.now(),
            state=ImportState.PLANNED,
        )
        record.counts = dict.fromkeys(("new", "changed", "match", "refused", "skipped", "items"), 0)
        db.session.add(record)
    return record


def address(page: str, asset: Asset, record: RegisterImport) -> str:
    return page.format(asset=asset.id, record=record.id)


def test_a_page_opens_to_its_roles_alone(app: Flask, client: FlaskClient) -> None:
    cast = make_cast()
    asset, record = make_asset(cast.school), kept(make_office())
    for page, roles in PAGES.items():
        found = answers(client, cast, [address(page, asset, record)])
        assert {role for (_page, role), status in found.items() if status == 200} == roles, page
        assert set(found.values()) == {200, 403}


def test_who_may_not_act_is_refused(app: Flask, client: FlaskClient) -> None:
    asset, record = make_asset(), kept(make_office())
    doors = [address(page, asset, record) for page in POSTS]
    others = sorted(set(Role) - KEEPERS)
    done = answers(client, make_cast(), doors, roles=others, method="POST")
    assert done == dict.fromkeys(done, 403)
    assert len(done) == len(POSTS) * len(others)


def test_a_guest_is_asked_to_sign_in(app: Flask, client: FlaskClient) -> None:
    asset, record = make_asset(), kept(make_office())
    found = {page: client.get(address(page, asset, record)).status_code for page in PAGES}
    assert found == dict.fromkeys(PAGES, 302)


@pytest.fixture
def keeper(app: Flask, client: FlaskClient) -> Unit:
    """A storekeeper of one school signs in."""
    school = make_unit()
    sign_in(client, make_person(Role.STOREKEEPER, over=school, unit=school))
    return school


@pytest.mark.parametrize(
    "page", ["/items/{asset}", "/items/{asset}/edit", "/register/imports/{record}"]
)
def test_things_of_another_school_do_not_exist(
    page: str, keeper: Unit, client: FlaskClient
) -> None:
    other = make_unit()
    assert client.get(address(page, make_asset(other), kept(other))).status_code == 404


@pytest.mark.parametrize("page", POSTS)
def test_nothing_of_another_school_is_changed(page: str, keeper: Unit, client: FlaskClient) -> None:
    other = make_unit()
    there = address(page, make_asset(other), kept(other))
    assert client.post(there).status_code in (404, 422)


def test_the_list_shows_the_own_school_alone(keeper: Unit, client: FlaskClient) -> None:
    make_asset(keeper, name="ของเรา")
    make_asset(make_unit(), name="ของเขา")
    page = client.get("/items").text
    assert "ของเรา" in page
    assert "ของเขา" not in page


def test_a_file_for_another_unit_is_refused(keeper: Unit, client: FlaskClient) -> None:
    answer = upload(client, make_office().id, xlsx(("1-1", "จอ", 1)))
    assert answer.status_code == 422
    assert db.session.query(RegisterImport).count() == 0


def test_an_item_is_not_entered_for_another_school(keeper: Unit, client: FlaskClient) -> None:
    other = make_unit()
    fields = {"name": "จอ", "quantity": "1", "unit_id": str(other.id), "class_id": "0"}
    answer = client.post("/items/new", data={**fields, "condition": "good"})
    assert answer.status_code == 422
    assert db.session.query(Asset).count() == 0


def test_seeing_is_not_editing(app: Flask, client: FlaskClient) -> None:
    school, other = make_unit(), make_unit()
    person = make_person(Role.STOREKEEPER, over=school)
    with work():
        db.session.add(RoleGrant(person_id=person.id, role=Role.AUDITOR, unit_id=None))
    sign_in(client, person)
    asset = make_asset(other)
    assert client.get(f"/items/{asset.id}").status_code == 200
    assert client.get(f"/items/{asset.id}/edit").status_code == 403
