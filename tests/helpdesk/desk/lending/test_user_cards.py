"""A user card at the lending desk: it names its holder, or says why it does not work."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from helpdesk.desk.lending import queries, rules
from kernel.db import db
from kernel.keyboard import LATIN_KEYS, THAI_KEYS
from kernel.work import work
from office.cards.models import UserCard
from office.cards.rules import issuing
from office.cards.states import Reason
from tests.factories.office import make_person, sign_in, viewer_for
from tests.helpdesk.desk.lending.counter import scan
from tests.office.cards.conftest import Cards, cards

__all__ = ["cards"]


def test_the_qr_and_the_number_name_the_holder(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    by = viewer_for(cards.cast.sri)
    for typed in (card.code, f"http://localhost/Q/{card.code}", card.number or ""):
        found = queries.scanned(typed, by)
        assert (found.only_person, found.stopped) == (cards.malee.id, ""), typed


def test_a_scanner_under_a_thai_keyboard_is_understood(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    typed = card.code.translate(str.maketrans(LATIN_KEYS, THAI_KEYS))
    assert queries.scanned(typed, viewer_for(cards.cast.sri)).only_person == cards.malee.id


def stopped(cards: Cards, how: str) -> UserCard:
    card = cards.printed(cards.malee) if how == "not_issued" else cards.valid(cards.malee)
    if how == "lost":
        return cards.act(issuing.report_lost, card)
    if how == "revoked":
        return cards.act(issuing.revoke, card, "ย้าย")
    if how == "replaced":
        cards.valid(cards.malee, Reason.DAMAGED)
    if how == "expired":
        card.valid_until = date(2026, 11, 22)
    if how == "left":
        card.person.left_on = date(2026, 11, 1)
    db.session.commit()
    return db.session.get_one(UserCard, card.id)


SENTENCES = {
    "lost": "แจ้งหายแล้ว",
    "revoked": "ถูกยกเลิกแล้ว",
    "replaced": "มีบัตรใหม่แทนแล้ว",
    "expired": "หมดอายุแล้ว",
    "left": "พ้นจากหน่วยงานแล้ว",
    "not_issued": "ยังไม่ได้ส่งมอบ",
}


@pytest.mark.parametrize(("how", "sentence"), SENTENCES.items())
def test_a_card_that_does_not_work_seats_nobody_and_says_why(
    cards: Cards, how: str, sentence: str
) -> None:
    card = stopped(cards, how)
    by = viewer_for(cards.cast.sri)
    found = queries.scanned(card.code, by)
    assert found.only_person is None
    assert sentence in found.stopped
    with work():
        assert rules.receive(card.code, by=by)
    basket = queries.counter(by).basket
    assert basket is not None
    assert (basket.borrower_id, sentence in basket.said) == (None, True)


def test_the_desk_sees_the_face_on_the_card_of_who_borrows(cards: Cards, app: Flask) -> None:
    card = cards.valid(cards.malee)
    browser = app.test_client()
    sign_in(browser, make_person("storekeeper"))
    scan(browser, card.code)
    assert f"/cards/{card.id}/thumbnail" in browser.get("/desk").text
    assert browser.get(f"/cards/{card.id}/thumbnail").status_code == 200
    scan(browser, cards.kanda.card_code)
    assert "/thumbnail" not in browser.get("/desk").text
