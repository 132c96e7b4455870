"""Signing in, out and everywhere out; guessing is slowed down."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from office.people import keys, passwords
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import in_work, sign_in

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


def test_a_user_name_and_the_password_open_the_service(client: FlaskClient, cast: Cast) -> None:
    answer = enter(client, cast.malee.username)

    assert answer.headers["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize("typed", ["{email}", " {EMAIL} ", "{USERNAME}"])
def test_the_login_is_read_kindly(client: FlaskClient, cast: Cast, typed: Any) -> None:
    login = typed.format(
        email=cast.malee.email, EMAIL=cast.malee.email.upper(), USERNAME=cast.malee.username.upper()
    )
    enter(client, login)

    assert is_in(client)


def test_the_next_page_is_one_of_ours(client: FlaskClient, cast: Cast) -> None:
    there = client.post(
        "/sign-in?next=/people", data={"login": cast.sri.username, "password": PASSWORD}
    )

    assert there.headers["Location"] == "/people"


@pytest.mark.parametrize("next_page", ["//evil.test/", "https://evil.test/", "/\\evil.test"])
def test_nobody_is_sent_to_another_site(client: FlaskClient, cast: Cast, next_page: Any) -> None:
    answer = client.post(
        "/sign-in",
        query_string={"next": next_page},
        data={"login": cast.sri.username, "password": PASSWORD},
    )

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("password", ["three plain word", "", "THREE PLAIN WORDS"])
def test_a_wrong_password_is_refused(client: FlaskClient, cast: Cast, password: Any) -> None:
    answer = enter(client, cast.malee.username, password)

    assert answer.status_code == 422
    assert not is_in(client)


def test_an_unknown_account_gets_the_same_answer_as_a_wrong_password(
    client: FlaskClient, cast: Cast
) -> None:
    wrong = enter(client, cast.malee.username, "not the password")
    unknown = enter(client, "nobody", "not the password")

    sentence = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_somebody_without_a_password_cannot_sign_in(client: FlaskClient, cast: Cast) -> None:
    with in_work():
        cast.malee.password_hash = None

    assert enter(client, cast.malee.username, "").status_code == 422
    assert enter(client, cast.malee.username, "x").status_code == 422


def test_who_has_left_cannot_sign_in(client: FlaskClient, cast: Cast, clock: Clock) -> None:
    with in_work():
        cast.malee.left_on = clock.now.date()

    assert enter(client, cast.malee.username).status_code == 422


def test_an_account_is_guarded_after_ten_tries(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    for _turn in range(10):
        assert enter(client, cast.malee.username, "wrong").status_code == 422

    answer = enter(client, cast.malee.username, address="10.0.0.2")

    assert answer.status_code == 429
    assert "15 นาที" in answer.text


def test_the_guard_opens_after_a_quarter_of_an_hour(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    for _turn in range(11):
        enter(client, cast.malee.username, "wrong")
    clock.forward(minutes=15)

    enter(client, cast.malee.username)
    assert is_in(client)


def test_a_success_forgets_the_wrong_tries(app: Flask, cast: Cast, clock: Clock) -> None:
    for _turn in range(3):
        browser = app.test_client()
        for _wrong in range(5):
            enter(browser, cast.malee.username, "wrong")
        assert enter(browser, cast.malee.username).status_code == 302


def test_guarding_one_account_leaves_the_school_alone(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    for _turn in range(11):
        enter(client, cast.malee.username, "wrong")

    assert enter(client, cast.kanda.username).status_code == 302


def test_an_address_that_tries_hundreds_of_accounts_is_stopped(
    client: FlaskClient, cast: Cast, clock: Clock, monkeypatch: Any
) -> None:
    monkeypatch.setattr(keys, "TRIES_OF_ADDRESS", 5)
    for number in range(5):
        enter(client, f"nobody{number}", "wrong")

    assert enter(client, cast.malee.username).status_code == 429
    assert enter(client, cast.malee.username, address="10.0.0.9").status_code == 302


def test_a_session_planted_before_signing_in_is_worth_nothing(
    client: FlaskClient, cast: Cast
) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    enter(client, cast.malee.username)

    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"].startswith(f"{cast.malee.id}.")


def test_a_form_from_another_site_signs_nobody_in(client: FlaskClient, cast: Cast) -> None:
    enter(client, cast.malee.username, forged=True)

    assert not is_in(client)


def test_signing_out_ends_the_session(client: FlaskClient, cast: Cast) -> None:
    enter(client, cast.malee.username)
    client.post("/sign-out")

    assert not is_in(client)


def test_a_forged_sign_out_does_nothing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.malee)
    client.post("/sign-out", forged=True)

    assert is_in(client)


def test_signing_out_everywhere_ends_every_session(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    other = app.test_client()
    for browser in (client, other):
        enter(browser, cast.malee.username)
    client.post("/profile/sign-out-everywhere")

    assert not is_in(client)
    assert not is_in(other)
