"""Who sees an item sees its photos and documents; who may edit its card may change them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.attachments import rules
from assets.attachments.states import Kind
from assets.register import access as register
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.doors import answers
from tests.factories.assets import make_asset
from tests.factories.attachments import add_document, add_photo, make_product
from tests.factories.office import TESTER, make_person, sign_in

STAFF = set(Role) - {Role.REQUESTER}
KEEPERS = {Role.STOREKEEPER, Role.ADMIN}
SEEN = (
    "/items/{asset}/files",
    "/catalogue/models/{product}/files",
    "/attachments/{document}",
    "/attachments/{document}/file",
    "/attachments/{photo}/small.jpg",
    "/attachments/{of_model}/file",
)
CHANGED = (
    "/items/{asset}/files/photos",
    "/items/{asset}/files/documents",
    "/catalogue/models/{product}/files/photos",
    "/catalogue/models/{product}/files/documents",
    "/attachments/{photo}/choose",
    "/attachments/{photo}/earlier",
    "/attachments/{photo}/later",
    "/attachments/{document}/edit",
    "/attachments/{document}/remove",
    "/attachments/{document}/restore",
    "/attachments/{of_model}/remove",
)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def things(cast: Cast) -> dict[str, int]:
    asset, product = make_asset(cast.school), make_product()
    return {
        "asset": asset.id,
        "product": product.id,
        "photo": add_photo(asset).id,
        "document": add_document(asset).id,
        "of_model": add_document(product).id,
    }


def at(pages: Iterable[str], values: dict[str, int]) -> list[str]:
    return [page.format(**values) for page in pages]


def test_who_sees_the_item_sees_its_files(cast: Cast, client: FlaskClient) -> None:
    seen = answers(client, cast, at(SEEN, things(cast)))
    assert seen == {(page, role): 200 if role in STAFF else 403 for page, role in seen}


def test_who_may_not_edit_the_card_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    others = sorted(set(Role) - KEEPERS)
    done = answers(client, cast, at(CHANGED, things(cast)), roles=others, method="POST")
    assert done == dict.fromkeys(done, 403)
    assert len(done) == len(CHANGED) * len(others)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STOREKEEPER, Role.ADMIN, Role.AUDITOR])
def test_nothing_of_another_school_is_opened(role: Role, cast: Cast, client: FlaskClient) -> None:
    values = things(cast)
    sign_in(client, make_person(role, unit=cast.other_school, over=cast.other_school))
    found = {
        page: client.open(page.format(**values), method="POST" if page in CHANGED else "GET")
        for page in SEEN + CHANGED
        if "model" not in page
    }
    assert {page for page, one in found.items() if one.status_code not in {403, 404}} == set()


def test_a_guest_is_asked_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    for address in at(SEEN, things(cast)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/sign-in" in answer.headers["Location"]


def test_what_was_removed_is_there_for_those_who_could_put_it_back(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    one = add_document(asset)
    with work():
        rules.remove(one, asset, "ผิด", by=TESTER)
    sign_in(client, cast.orn)
    assert client.get(f"/attachments/{one.id}/file").status_code == 404
    sign_in(client, cast.sri)
    assert client.get(f"/attachments/{one.id}/file").status_code == 200


@pytest.mark.parametrize("kind", [Kind.DELIVERY_NOTE, Kind.CONTRACT])
def test_who_may_not_see_prices_does_not_see_priced_documents(
    kind: Kind, cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = make_asset(cast.school)
    one = add_document(asset, kind=kind, title="ราคาลับ")
    manual = add_document(asset, title="คู่มือเปิดเผย")
    sign_in(client, cast.thep)
    assert client.get(f"/attachments/{one.id}").status_code == 200
    narrower = replace(register.VALUE, roles=register.VALUE.roles - {Role.TECHNICIAN})
    monkeypatch.setattr(register, "VALUE", narrower)
    for address in (f"/items/{asset.id}", f"/items/{asset.id}/files"):
        page = client.get(address).text
        assert "ราคาลับ" not in page
        assert "คู่มือเปิดเผย" in page
    for rest in ("", "/file", "/small.jpg"):
        assert client.get(f"/attachments/{one.id}{rest}").status_code == 404
    assert client.get(f"/attachments/{manual.id}").status_code == 200


def test_there_is_no_such_file(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.admin)
    assert client.get("/attachments/999/file").status_code == 404
