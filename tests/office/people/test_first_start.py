"""The first start: a link printed on the terminal makes the first administrator, once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from kernel.work import work
from office.people import keys, rules
from office.people.models import Person
from office.places.models import Unit
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.office import make_office, make_person, viewer_for
from tests.office.at_once import in_threads

NEW = {"password": "four other plain words", "again": "four other plain words"}


OFFICE = {
    "office_th": "สำนักงานตัวอย่าง",
    "office_en": "Example Office",
    "name_th": "คนแรก ตัวอย่าง",
    "name_en": "",
    "username": "first",
    "email": "first@example.test",
    **NEW,
}


@pytest.fixture
def setup(app: Flask, clock: Clock) -> Any:
    with work():
        return rules.first_start_link("http://localhost").removeprefix("http://localhost")


def test_the_first_start_makes_the_office_and_its_administrator(
    client: FlaskClient, setup: Any
) -> None:
    answer = client.post(setup, data=OFFICE)

    assert answer.status_code == 302
    assert client.get("/places/found").status_code == 200
    assert db.session.scalars(select(Unit.name_th)).all() == ["สำนักงานตัวอย่าง"]


def test_an_office_that_stands_already_gets_its_name(client: FlaskClient, setup: Any) -> None:
    make_office()
    client.post(setup, data=OFFICE)

    db.session.rollback()
    assert db.session.scalars(select(Unit.name_th)).all() == ["สำนักงานตัวอย่าง"]


def test_the_first_start_works_once(app: Flask, client: FlaskClient, setup: Any) -> None:
    hint = "ยังไม่มีผู้ดูแลระบบ"
    assert hint in client.get("/sign-in").text
    client.post(setup, data=OFFICE)

    again = app.test_client().post(setup, data={**OFFICE, "username": "second", "email": ""})
    assert again.status_code == 404
    assert "มีผู้ดูแลระบบแล้ว" in app.test_client().get(setup).text
    assert hint not in app.test_client().get("/sign-in").text


def test_there_is_no_first_start_once_there_is_an_administrator(app: Flask) -> None:
    make_cast()
    with work():
        assert rules.first_start_link("http://localhost") is None


def test_a_first_start_link_dies_when_an_administrator_appears(
    client: FlaskClient, setup: Any
) -> None:
    make_cast()

    assert client.get(setup).status_code == 404


def test_starting_again_makes_a_new_link_and_kills_the_old_one(
    client: FlaskClient, setup: Any
) -> None:
    with work():
        newer = rules.first_start_link("http://localhost").removeprefix("http://localhost")

    assert client.get(setup).status_code == 404
    assert client.get(newer).status_code == 200


def test_a_password_link_makes_no_administrator(client: FlaskClient, setup: str) -> None:
    with work():
        secret = keys.issue_password_link(make_person(), by=viewer_for(make_person()))

    assert client.get(f"/setup/{secret}").status_code == 404


def test_a_first_start_link_sets_no_password(client: FlaskClient, setup: str) -> None:
    assert client.get(setup.replace("/setup/", "/password/")).status_code == 404


@pytest.mark.parametrize(
    "fields", [{"office_th": ""}, {"username": "ก"}, {"email": "x"}, {"password": "short"}]
)
def test_a_bad_first_start_makes_nothing(client: FlaskClient, setup: Any, fields: Any) -> None:
    assert client.post(setup, data={**OFFICE, **fields}).status_code == 422

    db.session.rollback()
    assert db.session.scalars(select(Person.id)).all() == []
    assert db.session.scalars(select(Unit.id)).all() == []
    assert client.get(setup).status_code == 200


def test_of_two_first_starts_at_once_one_wins(app: Flask, setup: Any) -> Any:
    def act(number: int) -> Any:
        fields = {**OFFICE, "username": f"first{number}", "email": ""}
        return app.test_client().post(setup, data=fields).status_code

    assert sorted(in_threads(app, 3, act)) == [302, 404, 404]


def test_the_command_prints_the_link_until_there_is_an_administrator(
    app: Flask, client: FlaskClient
) -> None:
    printed = app.test_cli_runner().invoke(args=["setup", "link"])
    address = printed.output.strip()

    assert client.get(address.removeprefix("http://localhost")).status_code == 200
    make_cast()
    assert app.test_cli_runner().invoke(args=["setup", "link"]).exit_code == 1
