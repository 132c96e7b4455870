"""What holders are told: that a card ends soon, and that it was stopped."""

from __future__ import annotations

from datetime import date

from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.cards.models import UserCard

LINK = "/cards/mine"
STEPS = (30, 7)


def step_of(valid_until: date, today: date) -> int | None:
    """Return which warning is due: 7 in the last week, 30 in the last month, else none."""
    left = (valid_until - today).days
    return min((step for step in STEPS if 0 <= left <= step), default=None)


def tell_ending(card: UserCard) -> None:
    """Tell the holder the last day of a card, and how to get a new one."""
    person = card.person
    if card.valid_until is None:
        return
    with speaking(person.language):
        bookkeeping.send(
            kind="card_ends",
            subject=_("Your user card ends on %(day)s", day=show_date(card.valid_until, "long")),
            body=_(
                "Card %(number)s is valid until %(day)s. Please ask for a new one; it takes one "
                "photo and a minute. The old card works until you get the new one or until that "
                "day.",
                number=card.number,
                day=show_date(card.valid_until, "long"),
            ),
            language=person.language,
            person_id=person.id,
            link=LINK,
        )


def tell_ended(card: UserCard) -> None:
    """Tell the holder that a card was stopped by somebody else, and why."""
    person = card.person
    with speaking(person.language):
        bookkeeping.send(
            kind="card_ended",
            subject=_("Your user card %(number)s does not work any more", number=card.number),
            body=_("Reason: %(why)s", why=card.ended_why or _("Reported lost")),
            language=person.language,
            person_id=person.id,
            link=LINK,
        )


def tell_ready(card: UserCard) -> None:
    """Tell the holder that the card is printed and can be picked up."""
    person = card.person
    with speaking(person.language):
        bookkeeping.send(
            kind="card_ready",
            subject=_("Your user card is ready"),
            body=_(
                "Card %(number)s is printed. You get it at %(unit)s.",
                number=card.number,
                unit=card.unit.name,
            ),
            language=person.language,
            person_id=person.id,
            link=LINK,
            dedupe_key=f"card-ready:{card.id}",
        )
