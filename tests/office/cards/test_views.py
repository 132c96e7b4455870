"""The pages of cards: asking, the list, printing, the check by a stranger, who sees the photo."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from kernel.db import db
from office.cards.models import UserCard
from office.cards.rules import issuing
from office.cards.states import State
from tests.factories.office import make_person, sign_in
from tests.office.cards.conftest import Cards
from tests.office.cards.steps import ask, stranger


def test_a_person_asks_with_a_photo(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.malee)
    assert ask(client).location == "/cards/mine"
    card = db.session.query(UserCard).one()
    assert (card.person_id, card.state, card.staff_kind) == (
        cards.malee.id, "requested", "temporary",
    )  # fmt: skip
    assert "หัวหน้าหน่วยงาน" in client.get("/cards/mine").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"photo": None}, "ต้องมีรูปถ่ายใบหน้า"),
        ({"confirmed": None}, "กรุณารับรองว่าข้อมูลถูกต้อง"),
        ({"photo": b"no photo"}, "ไม่ใช่"),
        ({"reason": "because"}, "ขอมีบัตรเพราะเหตุใด"),
        ({"name_th": ""}, "กรุณากรอก"),
    ],
)
def test_a_request_that_cannot_be_is_shown_again(
    cards: Cards, client: FlaskClient, changes: dict[str, Any], sentence: str
) -> None:
    sign_in(client, cards.malee)
    if changes.get("photo"):  # a sent file is read once; each engine gets one of its own
        changes = {"photo": (io.BytesIO(changes["photo"]), "a.jpg")}
    answer = ask(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(UserCard).count() == 0


def test_a_double_tap_asks_once(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.malee)
    for _ in range(2):
        assert ask(client, key="one key for one request").location == "/cards/mine"
    assert db.session.query(UserCard).count() == 1


def test_a_coordinator_asks_for_somebody_of_the_own_school_only(
    cards: Cards, client: FlaskClient
) -> None:
    stranger = make_person(unit=cards.cast.other_school)
    sign_in(client, cards.kanda)
    assert ask(client, f"/cards/request?person={cards.malee.id}").status_code == 302
    assert ask(client, f"/cards/request?person={stranger.id}").status_code == 404
    assert "มาลี" in client.get("/cards/choose?q=มาลี").text


def test_a_teacher_asks_for_nobody_else(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.malee)
    assert ask(client, f"/cards/request?person={cards.kanda.id}").status_code == 404


PHOTOS = {
    "malee": 200,
    "kanda": 200,
    "admin": 200,
    "sri": 200,
    "thep": 404,
    "chai": 404,
    "anong": 404,
    "orn": 404,
}


@pytest.mark.parametrize(("who", "status"), PHOTOS.items())
def test_the_photo_is_seen_by_holder_coordinator_desk_and_administrator_only(
    cards: Cards, client: FlaskClient, who: str, status: int
) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, getattr(cards.cast, who))
    for page in ("photo", "thumbnail"):
        assert client.get(f"/cards/{card.id}/{page}").status_code == status


def test_neither_a_guest_nor_another_school_sees_the_photo(
    cards: Cards, client: FlaskClient
) -> None:
    card = cards.valid(cards.malee)
    assert client.get(f"/cards/{card.id}/photo").status_code in (302, 401)
    other = stranger(cards)
    sign_in(client, other)
    for page in ("", "/photo", "/card.pdf", "/request.pdf"):
        assert client.get(f"/cards/{card.id}{page}").status_code == 404


def test_the_approver_reads_the_request_without_the_photo(
    cards: Cards, client: FlaskClient
) -> None:
    card = cards.ask(cards.malee)
    sign_in(client, cards.head)
    page = client.get(f"/cards/{card.id}")
    assert "มาลี ตัวอย่าง" in page.text
    assert f"/cards/{card.id}/photo" not in page.text
    assert client.get(f"/cards/{card.id}/photo").status_code == 404


def test_a_stranger_learns_only_whether_the_card_works(cards: Cards, client: FlaskClient) -> None:
    cards.cast.office.phone = "0 2123 4567"
    db.session.commit()
    card = cards.valid(cards.malee)
    code, number = card.code, card.number or "-"
    page = client.get(f"/Q/{code}", follow_redirects=True)
    assert "บัตรนี้ใช้งานได้" in page.text
    assert "0 2123 4567" in page.text
    for secret in ("มาลี", "Malee", number, "บางตัวอย่าง", "/photo", "thumbnail"):
        assert secret not in page.text


def test_the_check_speaks_english(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    client.set_cookie("language", "en")
    assert "This card is valid" in client.get(f"/cards/check/{card.code}").text


def test_a_stranger_sees_that_a_lost_card_is_lost(cards: Cards, client: FlaskClient) -> None:
    card = cards.act(issuing.report_lost, cards.valid(cards.malee))
    page = client.get(f"/q/{card.code.lower()}", follow_redirects=True)
    assert "แจ้งหายแล้ว" in page.text
    assert "มาลี" not in page.text


def test_a_code_of_no_card_is_told_so(cards: Cards, client: FlaskClient) -> None:
    answer = client.get("/cards/check/U0123456789AB")
    assert answer.status_code == 404
    assert "ไม่ใช่บัตรของสำนักงานนี้" in answer.text


def test_the_desk_officer_sees_who_it_is(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.cast.sri)
    assert "มาลี ตัวอย่าง" in client.get(f"/cards/check/{card.code}").text


def test_the_holder_reports_the_card_lost_with_one_tap(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.malee)
    assert client.post(f"/cards/{card.id}/report-lost").location == "/cards/mine"
    assert db.session.get_one(UserCard, card.id).state == State.LOST


def test_nobody_else_reports_it_lost(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.cast.thep)
    assert client.post(f"/cards/{card.id}/report-lost").status_code == 404
