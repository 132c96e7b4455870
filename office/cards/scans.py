"""Whose card was scanned: one answer for the desk, a signature at a ticket, and every other box.

It stands beside ``queries`` because it refuses: a card that does not work names nobody.
"""

from __future__ import annotations

from kernel import clock
from kernel.errors import Refusal
from kernel.keyboard import spellings
from office.cards import queries
from office.cards.models import UserCard
from office.cards.standing import validity
from office.cards.states import VALIDITIES, Validity
from office.people.models import Person


def card_of_scan(text: str) -> UserCard | None:
    """Return the card of what was scanned or typed, whether or not it works; None: no card.

    Args:
        text: exactly as it came: the address in the QR, the code, or the card's number; a wedge
            scanner may have typed it with the keyboard set to Thai.
    """
    for spelling in spellings(text):
        card = queries.card_scanned(spelling)
        if card is not None:
            return card
    return None


def why_stopped(card: UserCard) -> str:
    """Return why a card names nobody today, with its number; "" for one that works."""
    works = validity(card, card.person.left_on, clock.today())
    if works == Validity.VALID:
        return ""
    return f"{VALIDITIES[works].label} ({card.number or card.code})"


def person_of_scan(text: str, *, field: str | None = None) -> Person | None:
    """Return whose card was scanned; None where the text is no user card of this service.

    Args:
        text: exactly what came into the box.
        field: the name of the form field that a refusal is about.

    Refuses a card that was not handed over yet, has expired, was lost, revoked or replaced, and
    one whose holder has left, with the reason.
    """
    card = card_of_scan(text)
    if card is None:
        return None
    stopped = why_stopped(card)
    if stopped:
        raise Refusal(stopped, field=field)
    return card.person
