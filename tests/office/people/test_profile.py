"""The own page: name, language, password."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kernel.db import db
from office.people import passwords
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import in_work, sign_in, viewer_for

PASSWORD = "three plain words"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def cast(app: Flask) -> Any:
    made = make_cast()
    with in_work():
        for person in made.by_role().values():
            person.password_hash = HASH
    return made


def enter(
    client: FlaskClient,
    login: Any,
    password: Any = PASSWORD,
    address: Any = "10.0.0.1",
    **more: Any,
) -> Any:
    return client.post(
        "/sign-in",
        data={"login": login, "password": password},
        environ_base={"REMOTE_ADDR": address},
        **more,
    )


def is_in(client: FlaskClient) -> Any:
    return client.get("/profile").status_code == 200


def test_changing_the_password_keeps_this_session_and_ends_the_others(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    other = app.test_client()
    for browser in (client, other):
        enter(browser, cast.malee.username)
    answer = client.post(
        "/profile/password",
        data={
            "present": PASSWORD,
            "password": "four other plain words",
            "again": "four other plain words",
        },
    )

    assert answer.status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert (
        enter(app.test_client(), cast.malee.username, "four other plain words").status_code == 302
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"present": "wrong"}, "รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        ({"password": "short", "again": "short"}, "ใช้อย่างน้อย 10 ตัวอักษร"),
        ({"again": "something quite else"}, "รหัสผ่านสองช่องไม่ตรงกัน"),
        ({"password": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"}, "หลากหลาย"),
    ],
)
def test_a_bad_change_of_password_tells_why(
    client: FlaskClient, cast: Cast, fields: Any, sentence: Any
) -> None:
    sign_in(client, cast.malee)
    good = {
        "present": PASSWORD,
        "password": "four other plain words",
        "again": "four other plain words",
    }

    answer = client.post("/profile/password", data={**good, **fields})

    assert answer.status_code == 422
    assert sentence in answer.text
    db.session.rollback()
    assert passwords.matches(db.session.get_one(Person, cast.malee.id).password_hash, PASSWORD)


def test_guessing_the_present_password_of_an_open_session_is_slowed_down(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    sign_in(client, cast.malee)
    wrong = {
        "present": "wrong",
        "password": "four other plain words",
        "again": "four other plain words",
    }
    answers = [client.post("/profile/password", data=wrong).status_code for _turn in range(11)]

    assert answers == [422] * 10 + [429]


def test_signing_in_does_not_disturb_somebody_who_edits_the_person(
    client: FlaskClient, cast: Cast
) -> None:
    before = cast.malee.version
    enter(client, cast.malee.username)

    db.session.rollback()
    person = db.session.get_one(Person, cast.malee.id)
    assert (person.version, person.seen_at is not None) == (before, True)


def test_a_guest_keeps_the_language_in_a_cookie(client: FlaskClient, app: Flask) -> None:
    client.post("/language", data={"language": "en", "next": "/sign-in"})

    assert "User name or e-mail address" in client.get("/sign-in").text


def test_a_person_keeps_the_language_on_every_device(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.malee)
    client.post("/language", data={"language": "en", "next": "/profile"})

    other = app.test_client()
    sign_in(other, cast.malee)
    assert "My profile" in other.get("/profile").text


@pytest.mark.parametrize("language", ["de", "", "../en"])
def test_a_language_that_is_not_spoken_changes_nothing(
    client: FlaskClient, cast: Cast, language: Any
) -> None:
    sign_in(client, cast.malee)
    answer = client.post("/language", data={"language": language, "next": "https://evil.test"})

    assert answer.headers["Location"] == "/"
    assert "ข้อมูลของฉัน" in client.get("/profile").text


def profile(client: FlaskClient, **fields: Any) -> Any:
    page = client.get("/profile").text
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    good = {
        "name_th": "มาลี ตัวอย่าง",
        "name_en": "",
        "phone": "",
        "language": "th",
        "version": version,
    }
    return client.post("/profile", data={**good, **fields})


def test_a_person_changes_what_is_their_own(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.malee)
    answer = profile(client, phone="๐๒-๑๒๓ ๔๕๖๗ ต่อ ๑๒", name_en="Malee")

    assert answer.status_code == 302
    db.session.rollback()
    person = db.session.get_one(Person, cast.malee.id)
    assert (person.phone, person.name_en) == ("02-123 4567 ต่อ 12", "Malee")


def test_a_stale_profile_is_refused_and_may_be_sent_again(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.malee)
    stale = profile(client, version="0", phone="0812345678")

    assert stale.status_code == 409
    assert "0812345678" in stale.text
    assert f'value="{cast.malee.version}"' in stale.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name_th": " "}, "กรุณากรอก"),
        ({"phone": "no"}, "หมายเลขโทรศัพท์ไม่ถูกต้อง"),
        ({"name_th": "ก" * 201}, "200"),
        ({"language": "de"}, "เลือก"),
    ],
)
def test_a_bad_profile_tells_why(
    client: FlaskClient, cast: Cast, fields: Any, sentence: Any
) -> None:
    sign_in(client, cast.malee)
    answer = profile(client, **fields)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_person_cannot_hand_themselves_a_role_or_another_unit(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.malee)
    profile(client, role="admin", unit_id="1", email="mine@example.test", username="admin2")

    db.session.rollback()
    person = db.session.get_one(Person, cast.malee.id)
    assert person.unit_id == cast.school.id
    assert person.username == cast.malee.username
    assert set(viewer_for(person).grants) == {"requester"}


def test_who_signs_in_as_themselves_is_known_to_the_trail(client: FlaskClient, cast: Cast) -> None:
    enter(client, cast.malee.username)
    sign_in(client, cast.orn)

    assert "เข้าสู่ระบบ" in client.get(f"/audit?kind=person&subject={cast.malee.id}").text
