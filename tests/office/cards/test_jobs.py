"""Holders are told thirty and seven days before their card ends, once each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from office.cards import jobs
from office.cards.models import UserCard
from office.cards.rules.notices import step_of
from office.cards.states import Reason
from tests.office.cards.conftest import Cards

LAST = date(2030, 11, 22)


def told() -> int:
    query = select(OutgoingMessage.id).where(OutgoingMessage.kind == "card_ends")
    return len(db.session.scalars(query).all())


@pytest.mark.parametrize(
    ("left", "step"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_warning_that_is_due_follows_from_the_days_left(left: int, step: int | None) -> None:
    assert step_of(LAST, LAST - timedelta(days=left)) == step


def test_a_holder_is_told_in_the_last_month_and_the_last_week_once_each(cards: Cards) -> None:
    cards.valid(cards.malee)
    day = LAST - timedelta(days=45)
    while day <= LAST + timedelta(days=5):
        jobs.flag_cards(day)
        day += timedelta(days=1)
    assert told() == 2


def test_running_again_on_the_same_day_tells_nobody(cards: Cards) -> None:
    cards.valid(cards.malee)
    day = date(2030, 10, 31)
    assert (jobs.flag_cards(day), jobs.flag_cards(day)) == (1, 0)


def test_where_the_month_was_missed_the_week_is_told_alone(cards: Cards) -> None:
    cards.valid(cards.malee)
    assert jobs.flag_cards(date(2030, 11, 19)) == 1
    assert told() == 1


def test_nothing_is_told_on_a_closed_day(cards: Cards) -> None:
    cards.valid(cards.malee)
    assert jobs.flag_cards(date(2030, 11, 2)) == 0  # a Saturday


def test_nobody_is_told_who_has_a_new_card_on_its_way(cards: Cards) -> None:
    cards.valid(cards.malee)
    cards.ask(cards.malee, Reason.EXPIRED)
    assert jobs.flag_cards(date(2030, 11, 19)) == 0


def test_nobody_is_told_who_has_left(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    db.session.get_one(UserCard, card.id).person.left_on = date(2026, 12, 1)
    db.session.commit()
    assert jobs.flag_cards(date(2030, 11, 19)) == 0
