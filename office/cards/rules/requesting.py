"""Asking for a card (form F07): request, mend, approve, reject, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.cards import queries
from office.cards.codes import new_code
from office.cards.models import UserCard
from office.cards.rules import issuing
from office.cards.states import CARDS, Action, Reason, StaffKind, State
from office.people.models import Person
from office.places.models import Unit

KIND = "card"
SERIES, LONGEST_SERIES = "บต.", 20


@dataclass(frozen=True)
class Draft:
    """What a request says; the photo lies in the store already."""

    reason: Reason
    staff_kind: StaffKind
    name_th: str
    name_en: str
    position: str
    photo_key: str
    thumbnail_key: str


def request(person: Person, draft: Draft, *, by: Viewer) -> UserCard:
    """Ask for a card and for its approval.

    A card that is given as lost stops working at once. Refuses for who has left, where a card is
    being made already, and a "first" card for somebody who has one.
    """
    card = prepare(person, draft, by=by)
    approval = asking.submit(_asked(card), by=by)
    card.approval_id = approval.id
    return card


def prepare(person: Person, draft: Draft, *, by: Viewer, batch_id: int | None = None) -> UserCard:
    """Write a request down without asking for its approval; refuses as ``request`` does."""
    name = person.name_th
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=name))
    taken = Refusal(_("A card for %(name)s is being made already.", name=name))
    if queries.card_in_the_making(person.id) is not None:
        raise taken
    old = queries.valid_card(person.id)
    if old is not None:
        _judge_old(old, draft.reason, by)
    card = UserCard(
        person_id=person.id,
        unit_id=person.unit_id,
        state=State.REQUESTED,
        code=new_code(),
        asked_by_id=by.id,
        asked_at=clock.now(),
        batch_id=batch_id,
        **_fields(draft),
    )
    db.session.add(card)
    try:
        db.session.flush()  # the approval names the card; of two that ask at once one is refused
    except IntegrityError as error:
        if not violates(error, "uq_user_card_making", "user_card.person_id"):
            raise
        raise taken from error
    audit.record("requested", card, by=by, after={"person_id": person.id, "reason": draft.reason})
    return card


def _judge_old(old: UserCard, reason: Reason, by: Viewer) -> None:
    if reason == Reason.FIRST:
        raise Refusal(
            _(
                "There is a card already (%(number)s). Please choose another reason.",
                number=old.number,
            ),
            field="reason",
        )
    if reason == Reason.LOST:
        issuing.report_lost(old, by=by)


def _fields(draft: Draft) -> dict[str, Any]:
    return {
        "reason": draft.reason,
        "staff_kind": draft.staff_kind,
        "name_th": draft.name_th,
        "name_en": draft.name_en,
        "position": draft.position,
        "photo_key": draft.photo_key,
        "thumbnail_key": draft.thumbnail_key,
    }


def content_of(card: UserCard) -> Mapping[str, Any]:
    """Return what is approved; the photo by the hash of its bytes."""
    return {
        "name_th": card.name_th,
        "name_en": card.name_en,
        "position": card.position,
        "staff_kind": card.staff_kind,
        "unit_id": card.unit_id,
        "reason": card.reason,
        "photo": card.photo_key,
    }


def _asked(card: UserCard) -> Request:
    # The holder asks, whoever typed it in: so nobody ever approves the own card.
    with speaking("th"):
        title = _("User card of %(name)s", name=card.name_th)
    return Request(
        kind=KIND,
        subject_id=card.id,
        title=title,
        content=content_of(card),
        asker_id=card.person_id,
        unit_id=card.unit_id,
    )


def mend(card: UserCard, draft: Draft, words: str, *, by: Viewer) -> None:
    """Answer what the approver asked with a mended request; everybody signs anew.

    Refuses where nothing was sent back. Only the holder may, who is the one who asks.
    """
    if card.approval is None or card.approval.state != ApprovalState.SENT_BACK:
        raise Refusal(_("This request was not sent back; it cannot be changed now."))
    before = dict(content_of(card))
    for name, value in _fields(draft).items():
        setattr(card, name, value)
    asking.answer(card.approval, words, by=by, request=_asked(card))
    audit.record("mended", card, by=by, before=before, after=dict(content_of(card)))


def approve(card: UserCard, issuer: Person | None, *, by: Viewer) -> None:
    """Give an approved request its number, its days and the name under the signature line.

    The numbers run without gaps in each unit and fiscal year: ``บต.S0001-12/2570``.
    """
    target = CARDS.target(State(card.state), Action.APPROVE)
    unit = db.session.get_one(Unit, card.unit_id)
    today, years = clock.today(), queries.design_of(unit).valid_years
    number = bookkeeping.next_number(series_of(unit))
    card.state, card.number, card.number_key = target, number, thai.code_key(number)
    card.issued_on, card.valid_until = today, last_day(today, years)
    if issuer is not None:
        card.issuer_name, card.issuer_position = issuer.name_th, issuer.position
    audit.record("approved", card, by=by, after={"number": card.number})


def series_of(unit: Unit) -> str:
    """Return the prefix of the numbers of a unit's cards."""
    named = f"{SERIES}{unit.code}-"
    return named if len(named) <= LONGEST_SERIES else f"{SERIES}#{unit.id}-"


def last_day(issued: date, years: int) -> date:
    """Return the last day of a card: the day before the same day, so many years later."""
    try:
        again = issued.replace(year=issued.year + years)
    except ValueError:  # 29 February
        again = date(issued.year + years, 3, 1)
    return again - timedelta(days=1)


def reject(card: UserCard, why: str, *, by: Viewer) -> None:
    """Write down that a request was not approved."""
    _end(card, Action.REJECT, "rejected", why, by)


def cancel(card: UserCard, why: str, *, by: Viewer) -> None:
    """Take a request back that is not decided; its approval ends with it.

    Refuses a request of a batch, which is decided as a whole, and one that was decided.
    """
    CARDS.target(State(card.state), Action.CANCEL)
    if card.batch_id is not None:
        raise Refusal(_("This request belongs to the list of a school and is decided with it."))
    approval = db.session.get(Approval, card.approval_id) if card.approval_id else None
    if approval is not None and approval.asker_id == by.id:
        asking.recall(approval, by=by, words=why)  # calls back and ends the request
    elif approval is not None:
        asking.void(approval, why or _("Taken back by who makes the cards."), by=by)


def withdraw(card: UserCard, why: str, *, by: Viewer) -> None:
    """End a request whose approval was taken back or made void."""
    _end(card, Action.CANCEL, "cancelled", why, by)


def _end(card: UserCard, action: Action, act: str, why: str, by: Viewer) -> None:
    card.state = CARDS.target(State(card.state), action)
    card.ended_at, card.ended_why = clock.now(), why[:300]
    audit.record(act, card, by=by, after={"why": card.ended_why})


def locked(card_id: int) -> UserCard | None:
    """Return a card that nobody else moves until the unit of work ends."""
    return db.session.scalar(
        select(UserCard)
        .where(UserCard.id == card_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
