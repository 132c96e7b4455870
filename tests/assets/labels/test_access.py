"""Who may open which page of labels."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.labels.rules import tags as rules
from assets.register.models import Asset
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import RoleGrant
from tests.cast import make_cast
from tests.doors import answers
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_person, make_unit, sign_in

PRINTERS = {Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN}
CLAIMERS = {Role.STOREKEEPER, Role.ADMIN}
PAGES = {
    "/labels/": PRINTERS,
    "/labels/runs": PRINTERS,
    "/labels/layouts": PRINTERS,
    "/labels/layouts/new": CLAIMERS,
    "/labels/printers": PRINTERS,
    "/labels/sheet": PRINTERS,
    "/labels/items/{asset}": PRINTERS,
    "/labels/blanks": CLAIMERS,
    "/labels/claim/{code}": CLAIMERS,
}
PAPER = {"layout": "a4-24", "start": "1"}


def address(page: str, asset: Asset) -> str:
    with work():
        code = rules.print_blanks(1, by=TESTER)[0].code
    return page.format(asset=asset.id, code=code)


def test_a_page_opens_to_its_roles_alone(app: Flask, client: FlaskClient) -> None:
    cast, asset = make_cast(), make_asset()
    for page, roles in PAGES.items():
        found = answers(client, cast, [address(page, asset)])
        assert {role for (_page, role), status in found.items() if status == 200} == roles, page
        assert set(found.values()) == {200, 403}


def test_a_guest_is_asked_to_sign_in(app: Flask, client: FlaskClient) -> None:
    asset = make_asset()
    for page in PAGES:
        answer = client.get(address(page, asset))
        assert answer.status_code == 302
        assert "/sign-in" in answer.location


@pytest.fixture
def keeper_of_a_school(app: Flask, client: FlaskClient) -> int:
    """A storekeeper of one school signs in; returns the id of an item of another school."""
    school, other = make_unit(), make_unit()
    sign_in(client, make_person(Role.STOREKEEPER, over=school, unit=school))
    return make_asset(other).id


def test_labels_of_another_school_are_not_printed(
    keeper_of_a_school: int, client: FlaskClient
) -> None:
    answer = client.post(f"/labels/sheet?item={keeper_of_a_school}", data=PAPER)
    assert answer.mimetype == "text/html"
    assert client.get(f"/labels/items/{keeper_of_a_school}").status_code == 404


def test_a_blank_label_is_not_put_on_an_item_of_another_school(
    keeper_of_a_school: int, client: FlaskClient
) -> None:
    with work():
        tag = rules.print_blanks(1, by=TESTER)[0]
    answer = client.post(f"/labels/claim/{tag.code}", data={"asset_id": str(keeper_of_a_school)})
    assert answer.status_code == 404
    assert tag.asset_id is None


def test_a_label_of_another_school_is_not_retired(
    keeper_of_a_school: int, client: FlaskClient
) -> None:
    with work():
        tag = rules.print_blanks(1, by=TESTER)[0]
        tag.asset_id = keeper_of_a_school
    assert client.post(f"/labels/tags/{tag.id}/retire").status_code == 404
    assert tag.retired_at is None


def test_seeing_everything_is_not_printing_everything(app: Flask, client: FlaskClient) -> None:
    school = make_unit()
    person = make_person(Role.TECHNICIAN, over=school)
    with work():
        db.session.add(RoleGrant(person_id=person.id, role=Role.AUDITOR, unit_id=None))
    sign_in(client, person)
    asset = make_asset(make_unit())
    assert client.get(f"/items/{asset.id}").status_code == 200
    assert client.get(f"/labels/items/{asset.id}").status_code == 403
    assert client.post(f"/labels/sheet?item={asset.id}", data=PAPER).mimetype == "text/html"
