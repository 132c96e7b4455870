"""Made-up addresses lead to "there is no such page", never into the database."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kernel.pages import local_address
from office.people.access import Role
from office.people.models import Person
from tests.factories.office import make_person, sign_in

NOT_FOUND = 404
TOO_LONG = ("9" * 19, "9" * 24, "9" * 5000)


@pytest.fixture
def admin(app: Flask, client: FlaskClient) -> Person:
    return sign_in(client, make_person(Role.ADMIN))


@pytest.mark.parametrize("number", TOO_LONG)
@pytest.mark.parametrize("path", ["items", "tickets", "loans", "people", "places", "messages"])
def test_a_number_that_no_row_can_have_is_not_found(
    admin: Person, client: FlaskClient, path: str, number: str
) -> None:
    assert client.get(f"/{path}/{number}").status_code == NOT_FOUND


def test_the_largest_number_that_is_let_through_is_not_found(
    admin: Person, client: FlaskClient
) -> None:
    assert client.get(f"/items/{'9' * 18}").status_code == NOT_FOUND


@pytest.mark.parametrize("path", ["/q/%00", "/q/a%00b/report", "/t/%00", "/t/a%00b/photos/1"])
def test_an_address_with_a_nul_in_it_is_not_found(
    app: Flask, client: FlaskClient, path: str
) -> None:
    assert client.get(path).status_code == NOT_FOUND
    assert client.post(path, data={"detail": "เสีย", "name": "ครู"}).status_code in (404, 405)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "/items\r\nSet-Cookie: a=b",
        "/items\x00",
        "evil",
    ],
)
def test_only_an_address_of_ours_is_gone_on_to(target: str) -> None:
    assert local_address(target, "/") == "/"


def test_a_line_break_in_the_next_page_breaks_nothing(admin: Person, client: FlaskClient) -> None:
    answer = client.get("/sign-in?next=/%0d%0aSet-Cookie:%20a=b")
    assert answer.headers["Location"] == "/"
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))
