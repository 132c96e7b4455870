"""The table of states is walked wholly, and the validity of a card follows from it and the day."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from kernel.errors import Refusal
from office.cards.standing import face, validity
from office.cards.states import CARDS, EXPIRED_FACE, Action, State, Validity

WAYS = {
    (State.REQUESTED, Action.APPROVE): State.APPROVED,
    (State.REQUESTED, Action.REJECT): State.REJECTED,
    (State.REQUESTED, Action.CANCEL): State.CANCELLED,
    (State.APPROVED, Action.PRINT): State.PRINTED,
    (State.APPROVED, Action.REVOKE): State.REVOKED,
    (State.PRINTED, Action.PRINT): State.PRINTED,
    (State.PRINTED, Action.HAND_OVER): State.HANDED_OVER,
    (State.PRINTED, Action.REVOKE): State.REVOKED,
    (State.HANDED_OVER, Action.REPORT_LOST): State.LOST,
    (State.HANDED_OVER, Action.REVOKE): State.REVOKED,
    (State.HANDED_OVER, Action.REPLACE): State.REPLACED,
}
LAST = date(2026, 11, 23)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_pair_of_state_and_act_leads_where_the_form_says(
    state: State, action: Action
) -> None:
    if (state, action) in WAYS:
        assert CARDS.target(state, action) == WAYS[state, action]
    else:
        with pytest.raises(Refusal):
            CARDS.target(state, action)


ENDS = {
    State.REQUESTED: Validity.NOT_ISSUED,
    State.APPROVED: Validity.NOT_ISSUED,
    State.PRINTED: Validity.NOT_ISSUED,
    State.HANDED_OVER: Validity.VALID,
    State.LOST: Validity.LOST,
    State.REVOKED: Validity.REVOKED,
    State.REPLACED: Validity.REPLACED,
    State.REJECTED: Validity.NOT_ISSUED,
    State.CANCELLED: Validity.NOT_ISSUED,
}


@pytest.mark.parametrize("state", State)
def test_only_a_card_in_the_hand_works(state: State) -> None:
    card = SimpleNamespace(state=state, valid_until=LAST)
    assert validity(card, None, LAST) == ENDS[state]


def test_a_card_works_on_its_last_day_and_not_on_the_next() -> None:
    card = SimpleNamespace(state=State.HANDED_OVER, valid_until=LAST)
    assert validity(card, None, LAST) == Validity.VALID
    assert validity(card, None, date(2026, 11, 24)) == Validity.EXPIRED
    assert face(card, date(2026, 11, 24)) == EXPIRED_FACE


def test_the_card_of_somebody_who_has_left_does_not_work() -> None:
    card = SimpleNamespace(state=State.HANDED_OVER, valid_until=LAST)
    assert validity(card, date(2026, 1, 1), LAST) == Validity.LEFT
