"""From the approval to the hand and to the end: print, hand over, report lost, revoke."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.cards import queries
from office.cards.models import CardRun, UserCard
from office.cards.rules import notices
from office.cards.states import CARDS, Action, State

MOST_AT_ONCE = 500


def print_cards(cards: Sequence[UserCard], *, by: Viewer) -> CardRun:
    """Put cards onto sheets together and note that they were printed; again is fine.

    Refuses none, more than 500, and a card that is not approved or was handed over already.
    """
    if not cards:
        raise Refusal(_("Please tick at least one card that is approved."))
    if len(cards) > MOST_AT_ONCE:
        raise Refusal(_("Please print at most %(most)s cards at once.", most=MOST_AT_ONCE))
    run = CardRun(by_id=by.id, at=clock.now())
    db.session.add(run)
    db.session.flush()  # the cards name the run
    for card in cards:
        card.state = CARDS.target(State(card.state), Action.PRINT)
        card.run_id = run.id
        audit.record("printed", card, by=by, after={"run_id": run.id})
    return run


def hand_over(card: UserCard, *, by: Viewer) -> None:
    """Note that the holder has the card; an older one stops working in the same moment.

    Refuses a card that is not printed, and one for somebody who has left.
    """
    target = CARDS.target(State(card.state), Action.HAND_OVER)
    if card.person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=card.person.name))
    beaten = Refusal(_("Somebody else is handing a card to this person now. Please look again."))
    old = queries.valid_card(card.person_id)
    if old is not None:
        _end(old, Action.REPLACE, "replaced", _("Replaced by %(number)s", number=card.number), by)
        db.session.flush()  # one valid card per person: the old one goes first
    card.state, card.handed_over_at = target, clock.now()
    try:
        db.session.flush()  # the unique index decides between two at once
    except IntegrityError as error:
        if not violates(error, "uq_user_card_valid", "user_card.person_id"):
            raise
        raise beaten from error
    audit.record("handed_over", card, by=by, after={"number": card.number})


def report_lost(card: UserCard, *, by: Viewer) -> None:
    """Stop a lost card at once; it works nowhere any more, also when it is found."""
    _end(card, Action.REPORT_LOST, "reported_lost", "", by)
    if by.id != card.person_id:
        notices.tell_ended(card)


def revoke(card: UserCard, why: str, *, by: Viewer) -> None:
    """Stop a card for a reason, which the holder is told. Refuses without one."""
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    _end(card, Action.REVOKE, "revoked", why.strip(), by)
    notices.tell_ended(card)


def _end(card: UserCard, action: Action, act: str, why: str, by: Viewer) -> None:
    before = card.state
    card.state = CARDS.target(State(card.state), action)
    card.ended_at, card.ended_why = clock.now(), why[:300]
    audit.record(act, card, by=by, before={"state": before}, after={"why": card.ended_why})


def locked_cards(card_ids: Sequence[int]) -> Sequence[UserCard]:
    """Return cards, in order, that nobody else moves until the unit of work ends."""
    return db.session.scalars(
        select(UserCard)
        .where(UserCard.id.in_(card_ids))
        .order_by(UserCard.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
