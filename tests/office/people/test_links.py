"""One-time links: they set a password once, and make the first administrator once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people import keys, passwords, rules
from office.people.models import PasswordLink
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import make_person, sign_in, viewer_for
from tests.office.at_once import in_threads

NEW = {"password": "four other plain words", "again": "four other plain words"}


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


def issue(person: Any, by: Any) -> Any:
    with work():
        return keys.issue_password_link(person, by=viewer_for(by))


@pytest.fixture
def secret(cast: Cast, clock: Clock) -> Any:
    return issue(cast.malee, cast.admin)


def test_the_link_sets_the_password_and_signs_in(
    client: FlaskClient, cast: Cast, secret: Any
) -> None:
    answer = client.post(f"/password/{secret}", data=NEW)

    assert answer.status_code == 302
    assert client.get("/profile").status_code == 200
    db.session.rollback()
    assert passwords.matches(cast.malee.password_hash, NEW["password"])


def test_the_page_says_who_and_as_what(client: FlaskClient, cast: Cast, secret: Any) -> None:
    page = client.get(f"/password/{secret}").text

    assert "มาลี ตัวอย่าง" in page
    assert cast.malee.username in page


def test_it_works_once(app: Flask, client: FlaskClient, secret: Any) -> None:
    client.post(f"/password/{secret}", data=NEW)

    dead = app.test_client().get(f"/password/{secret}")
    assert dead.status_code == 404
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in dead.text
    assert "/sign-in" in dead.text.partition("</h1>")[2]
    assert app.test_client().post(f"/password/{secret}", data=NEW).status_code == 404


def test_it_lives_for_48_hours(client: FlaskClient, secret: Any, clock: Clock) -> None:
    clock.forward(hours=47, minutes=59)
    assert client.get(f"/password/{secret}").status_code == 200

    clock.forward(minutes=1)
    assert client.get(f"/password/{secret}").status_code == 404


def test_a_weak_password_does_not_spend_it(client: FlaskClient, secret: Any) -> None:
    assert (
        client.post(f"/password/{secret}", data={"password": "a", "again": "a"}).status_code == 422
    )

    assert client.get(f"/password/{secret}").status_code == 200


def test_only_the_hash_of_the_secret_is_kept(cast: Cast, secret: Any) -> None:
    kept = db.session.scalars(select(PasswordLink.secret_hash)).all()

    assert kept
    assert all(secret not in one for one in kept)


def test_using_one_link_kills_the_others_and_every_session(
    app: Flask, client: FlaskClient, cast: Cast, secret: Any
) -> None:
    other = issue(cast.malee, cast.admin)
    sign_in(client, cast.malee)
    app.test_client().post(f"/password/{secret}", data=NEW)

    assert app.test_client().get(f"/password/{other}").status_code == 404
    assert client.get("/profile").status_code == 302


def test_the_link_of_somebody_who_left_is_dead(
    client: FlaskClient, cast: Cast, secret: Any
) -> None:
    with work():
        rules.leave(cast.malee, by=viewer_for(cast.admin))

    assert client.get(f"/password/{secret}").status_code == 404


def test_a_person_without_a_name_to_sign_in_with_gets_no_link(cast: Cast) -> None:
    person = make_person(username="", email="")

    with pytest.raises(Refusal), work():
        keys.issue_password_link(person, by=viewer_for(cast.admin))


def test_of_two_who_use_a_link_at_once_one_wins(app: Flask, secret: Any) -> Any:
    def act(number: int) -> Any:
        word = f"four other plain words {number}"
        data = {"password": word, "again": word}
        return app.test_client().post(f"/password/{secret}", data=data).status_code

    assert sorted(in_threads(app, 4, act)) == [302, 404, 404, 404]


def test_the_administrator_sees_the_link_once_where_no_mail_is_sent(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    page = client.post(f"/people/{cast.malee.id}/password-link").text

    link = page.partition("http://localhost/password/")[2].partition('"')[0]
    assert app.test_client().get(f"/password/{link}").status_code == 200
    assert link not in client.get(f"/people/{cast.malee.id}").text


@pytest.fixture
def mail(app: Flask, monkeypatch: Any) -> None:
    settings = replace(app.extensions["settings"], smtp_url="smtp://127.0.0.1:2525")
    monkeypatch.setitem(app.extensions, "settings", settings)


def waiting() -> Any:
    db.session.rollback()
    return db.session.scalars(select(OutgoingMessage)).all()


def test_with_mail_the_link_is_sent_and_not_shown(
    client: FlaskClient, cast: Cast, mail: Any
) -> None:
    sign_in(client, cast.admin)
    answer = client.post(f"/people/{cast.malee.id}/password-link", follow_redirects=True)

    (message,) = waiting()
    assert message.person_id == cast.malee.id
    assert client.get(message.link).status_code == 200
    assert message.link not in answer.text


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown(
    client: FlaskClient, cast: Cast, mail: Any, clock: Clock
) -> None:
    known = client.post("/forgot-password", data={"login": cast.malee.email}, follow_redirects=True)
    unknown = client.post("/forgot-password", data={"login": "nobody"}, follow_redirects=True)

    assert "เราส่งลิงก์ไปให้แล้ว" in known.text
    assert "เราส่งลิงก์ไปให้แล้ว" in unknown.text
    assert [message.person_id for message in waiting()] == [cast.malee.id]


def test_forgetting_again_and_again_is_slowed_down(
    client: FlaskClient, cast: Cast, mail: Any, clock: Clock
) -> None:
    answers = [
        client.post("/forgot-password", data={"login": cast.malee.email}).status_code
        for _turn in range(4)
    ]

    assert answers == [302, 302, 302, 429]
    assert len(waiting()) == 3


def test_without_mail_the_page_sends_people_to_the_administrator(
    client: FlaskClient, cast: Cast
) -> None:
    answer = client.post("/forgot-password", data={"login": cast.malee.email})

    assert "ผู้ดูแลระบบ" in answer.text
    assert waiting() == []
