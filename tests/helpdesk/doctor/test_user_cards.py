"""The doctor finds each fault that is planted in user cards, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from office.cards.models import UserCard
from tests.factories.office import make_person
from tests.helpdesk.doctor.planting import found, found_by, plant, take_back
from tests.office.cards.conftest import Cards, cards

__all__ = ["cards"]

SOUND = ("cards_unapproved", "card_numbers", "cards_over_time")


@pytest.fixture(autouse=True)
def ready(cards: Cards) -> Iterator[tuple[UserCard, UserCard]]:
    """A valid card, and one that is approved."""
    yield cards.valid(cards.malee), cards.approve(cards.ask(make_person(unit=cards.cast.school)))
    take_back()


def test_sound_cards_give_no_finding() -> None:
    assert found_by(*SOUND) == {}


def test_a_card_nobody_approved_is_found(ready: tuple[UserCard, UserCard]) -> None:
    plant("UPDATE approval SET state = 'voided' WHERE id = (SELECT MIN(id) FROM approval)")
    assert found("cards_unapproved") == [f"user_card {ready[0].id}"]


def test_a_gap_in_the_numbers_is_found(cards: Cards) -> None:
    plant("DELETE FROM user_card WHERE state = 'handed_over'")
    assert found("card_numbers") == [f"บต.{cards.cast.school.code}-…/2570"]


def test_a_card_that_works_without_a_hand_over_is_found(ready: tuple[UserCard, UserCard]) -> None:
    plant("UPDATE user_card SET handed_over_at = NULL")
    assert found("cards_over_time") == [f"user_card {ready[0].id}"]
