"""Whose card was scanned, at any box of the service: in any spelling, and only while it works."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.db import db
from kernel.errors import Refusal
from kernel.keyboard import LATIN_KEYS, THAI_KEYS
from kernel.work import work
from office.cards.models import UserCard
from office.cards.rules import issuing
from office.cards.scans import person_of_scan
from office.cards.states import Reason
from office.people.models import Person
from tests.office.cards.conftest import Cards

ON_THAI_KEYS = str.maketrans(LATIN_KEYS, THAI_KEYS)


def test_a_valid_card_names_its_holder_in_every_spelling(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    address = f"HTTPS://HELP.EXAMPLE.GO.TH/Q/{card.code}"
    texts = [card.code, address, address.lower(), str(card.number)]
    texts += [text.translate(ON_THAI_KEYS) for text in (card.code, address, address.lower())]
    unread = [text for text in texts if person_of_scan(text) != cards.malee]
    assert unread == []


def test_what_is_no_card_names_nobody(cards: Cards) -> None:
    cards.valid(cards.malee)
    texts = ("", "มาลี ตัวอย่าง", "7K3QF9AB", "U000000000000", "บต.S1-99/2570")
    assert [text for text in texts if person_of_scan(text) is not None] == []


def test_a_card_that_is_not_handed_over_names_nobody(cards: Cards) -> None:
    card = cards.printed(cards.malee)
    with pytest.raises(Refusal, match="ยังไม่ได้ส่งมอบ"):
        person_of_scan(card.code)


def test_an_expired_card_is_refused_with_the_reason(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    with work():
        db.session.get_one(UserCard, card.id).valid_until = date(2026, 11, 22)
    with pytest.raises(Refusal, match="หมดอายุ") as refused:
        person_of_scan(card.code, field="card")
    assert refused.value.field == "card"
    assert str(card.number) in refused.value.message


def test_a_lost_a_revoked_and_a_replaced_card_are_refused_with_their_reasons(cards: Cards) -> None:
    lost = cards.act(issuing.report_lost, cards.valid(cards.malee))
    with pytest.raises(Refusal, match="แจ้งหาย"):
        person_of_scan(lost.code)
    revoked = cards.act(issuing.revoke, cards.valid(cards.kanda), "ใช้ผิดระเบียบ")
    with pytest.raises(Refusal, match=r"ถูกยกเลิก|เพิกถอน"):
        person_of_scan(revoked.code)
    second = cards.valid(cards.malee, Reason.LOST)
    cards.valid(cards.malee, Reason.DAMAGED)
    with pytest.raises(Refusal, match=r"ใบใหม่|แทน"):
        person_of_scan(second.code)


def test_the_card_of_somebody_who_left_is_refused(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    with work():
        db.session.get_one(Person, cards.malee.id).left_on = date(2026, 11, 1)
    with pytest.raises(Refusal):
        person_of_scan(card.code)
