"""Whether a card works now, and why not: one answer for the desk, the page and the check."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.states import Face
from office.cards.states import CARDS, EXPIRED_FACE, State, Validity

_ENDED = {
    State.LOST: Validity.LOST,
    State.REVOKED: Validity.REVOKED,
    State.REPLACED: Validity.REPLACED,
}


def validity(card: Any, left_on: date | None, today: date) -> Validity:  # noqa: ANN401 - card or row
    """Return whether a card works on a day.

    Args:
        card: a card, or a row with its ``state`` and ``valid_until``.
        left_on: when its holder left, None for who is here.
        today: the day in Bangkok. The last day counts whole.
    """
    state = State(card.state)
    if state in _ENDED:
        return _ENDED[state]
    if state != State.HANDED_OVER:
        return Validity.NOT_ISSUED
    if left_on is not None:
        return Validity.LEFT
    return Validity.EXPIRED if is_over(card, today) else Validity.VALID


def is_over(card: Any, today: date) -> bool:  # noqa: ANN401 - a card, or a row
    """Tell whether the last day of a card has passed."""
    return card.valid_until is not None and card.valid_until < today


def face(card: Any, today: date) -> Face:  # noqa: ANN401 - a card, or a row
    """Return how a card is shown in lists: its state, or that it has expired."""
    if card.state == State.HANDED_OVER and is_over(card, today):
        return EXPIRED_FACE
    return CARDS.faces[State(card.state)]
