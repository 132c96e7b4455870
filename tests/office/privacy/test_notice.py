"""The privacy notice is shown after signing in until it is read, and is in editions."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people import passwords
from office.people.models import Person
from office.privacy import queries, rules
from office.privacy.models import NoticeReading
from tests.cast import Cast, make_cast
from tests.factories.office import sign_in, viewer_for

STRIP = 'href="/privacy" data-unread'


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def enter(client: FlaskClient, cast: Cast) -> str:
    with work():
        cast.malee.password_hash = passwords.hashed("a long sentence to know")
    known = {"login": cast.malee.username, "password": "a long sentence to know"}
    assert client.post("/sign-in", data=known).status_code == 302
    return client.get("/profile").text


def test_the_notice_is_asked_for_after_signing_in_until_it_is_read(
    client: FlaskClient, cast: Cast
) -> None:
    assert STRIP in enter(client, cast)
    for _twice in range(2):
        client.post("/privacy/read", data={"version": "0"})
    assert STRIP not in client.get("/profile").text
    assert [one.person_id for one in db.session.scalars(select(NoticeReading))] == [cast.malee.id]
    client.post("/sign-out")
    assert STRIP not in enter(client, cast)


def test_a_new_edition_is_asked_for_anew(client: FlaskClient, cast: Cast) -> None:
    with work():
        rules.read(0, by=viewer_for(cast.malee))
        rules.publish("ข้อความใหม่", "New text", 0, by=viewer_for(cast.admin))
    assert STRIP in enter(client, cast)
    with pytest.raises(Refusal), work():
        rules.read(0, by=viewer_for(cast.malee))


def test_an_edition_made_from_an_older_one_is_refused(cast: Cast) -> None:
    me = viewer_for(cast.admin)
    with work():
        rules.publish("ข้อความใหม่", "New text", 0, by=me)
    for words in (("อื่น", "Other", 0), ("ข้อความใหม่", "New text", 1), ("", "Other", 1)):
        with pytest.raises(Refusal), work():
            rules.publish(*words, by=me)
    assert queries.newest().edition == 1


def test_guests_read_the_notice_in_both_languages_and_only_administrators_publish(
    client: FlaskClient, cast: Cast
) -> None:
    assert "มาตรา 24" in client.get("/privacy").text
    client.set_cookie("language", "en")
    assert "section 24" in client.get("/privacy").text
    allowed = [role for role, person in cast.by_role().items() if _opens(client, person)]
    assert allowed == ["admin"]


def _opens(client: FlaskClient, person: Person) -> bool:
    sign_in(client, person)
    return client.get("/privacy/edit").status_code == 200


def test_every_door_leads_to_the_notice(client: FlaskClient, cast: Cast) -> None:
    assert 'href="/privacy"' in client.get("/sign-in").text
    assert 'href="/privacy"' in client.get("/report").text
    sign_in(client, cast.malee)
    assert 'href="/privacy"' in client.get("/profile").text
