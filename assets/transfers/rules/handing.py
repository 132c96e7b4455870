"""Handing items to a new person in charge: proposed, then accepted, declined or recalled.

Until the answer the old person answers for the item. The row of the handover is locked by every
verb, so that of two who answer and recall at once one is told that it is too late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.register import sets
from assets.register.models import Asset
from assets.register.rules import moving
from assets.register.states import MoveCause
from assets.transfers import access
from assets.transfers.models import Handover, HandoverLine
from assets.transfers.rules import notices
from assets.transfers.states import HANDOVERS, HandoverAction, HandoverState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

NUMBERS = "สม."
MOST_ITEMS = 300
REMIND_AFTER = timedelta(days=7)
BY_STORE = (HandoverAction.SIGN, HandoverAction.RECALL)
DONE = {
    HandoverAction.ACCEPT: "accepted",
    HandoverAction.SIGN: "signed",
    HandoverAction.DECLINE: "declined",
    HandoverAction.RECALL: "recalled",
}


def propose(assets: Sequence[Asset], to: Person, *, reason: str, by: Viewer) -> Handover:
    """Propose items to a new person in charge, who gets a message.

    Args:
        assets: the items; each owned or held in the scope of ``by``. The parts of a set that move
            along and for which nobody else answers are proposed with it, each in its line.
        to: who shall answer for them from then on.
        reason: why, for the paper.
        by: the storekeeper.

    Refuses an empty or overlong list, items outside the scope or not in the register, items that
    are the person's already or wait in another handover, and a person who has left.
    """
    by.demand(access.PROPOSE)
    if not assets:
        raise Refusal(_("Choose at least one item."), field="items")
    assets = _with_parts(assets, to)
    if len(assets) > MOST_ITEMS:
        raise Refusal(_("One handover holds %(most)s items at most.", most=MOST_ITEMS))
    # Who is just leaving is waited for.
    db.session.refresh(to, with_for_update={"read": True})
    if to.left_on is not None:
        raise Refusal(
            _("%(name)s has left and cannot take anything over.", name=to.name), field="to_person"
        )
    for asset in assets:
        by.demand(access.PROPOSE, asset.owner_unit_id, asset.holding_unit_id)
        _check(asset, to)
    _check_free(assets)
    handover = Handover(
        number=bookkeeping.next_number(NUMBERS),
        to_person_id=to.id,
        to_name=to.name_th,
        reason=reason.strip()[:400],
        proposed_by_id=by.id,
        proposed_by_name=by.name[:200],
        at=clock.now(),
    )
    db.session.add(handover)
    _add_lines(handover, assets)
    audit.record("proposed", handover, by=by, after=_told(handover, assets))
    notices.proposed(handover, to, [asset.name for asset in assets])
    return handover


def accept(handover: Handover, lines: Sequence[int], *, by: Viewer) -> int:
    """Take items over, as the person they were proposed to; return how many.

    Refuses others than that person, lines that are answered already, and an item whose person in
    charge has changed since.
    """
    return _answer(handover, lines, HandoverAction.ACCEPT, "", by)


def sign(handover: Handover, lines: Sequence[int], *, note: str, by: Viewer) -> int:
    """Write down that the recipient signed the paper, for people without an account.

    Refuses as ``accept`` does, and the recipient, who answers on the own page.
    """
    return _answer(handover, lines, HandoverAction.SIGN, note, by)


def decline(handover: Handover, lines: Sequence[int], *, reason: str, by: Viewer) -> int:
    """Decline items, as the person they were proposed to; the storekeeper is told why.

    Refuses as ``accept`` does, and a missing reason.
    """
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    return _answer(handover, lines, HandoverAction.DECLINE, reason, by)


def recall(handover: Handover, lines: Sequence[int], *, reason: str, by: Viewer) -> int:
    """Take the proposal back before it is answered. Refuses lines that are answered already."""
    return _answer(handover, lines, HandoverAction.RECALL, reason, by)


def _answer(
    handover: Handover, ids: Sequence[int], action: HandoverAction, said: str, by: Viewer
) -> int:
    _demand(handover, action, by)
    db.session.flush()  # reading anew would lose what this unit of work has changed of it
    db.session.refresh(handover, with_for_update={"of": Handover})
    chosen = _lines(handover, ids)
    if not chosen:
        raise Refusal(_("Choose at least one item."), field="lines")
    for line in chosen:
        if action in BY_STORE:
            by.demand(access.PROPOSE, line.asset.owner_unit_id, line.asset.holding_unit_id)
        line.state = HANDOVERS.target(HandoverState(line.state), action)
        line.answered_at, line.answered_by_id = clock.now(), by.id
        line.answer = said.strip()[:400]
        if line.state == HandoverState.ACCEPTED:
            _take_over(handover, line, said, by)
    audit.record(
        DONE[action],
        handover,
        by=by,
        after={"items": [line.asset_id for line in chosen], **({"why": said} if said else {})},
    )
    if action in (HandoverAction.ACCEPT, HandoverAction.DECLINE):
        notices.answered(handover, action, len(chosen), said)
    if action == HandoverAction.RECALL:
        notices.recalled(handover, len(chosen))
    return len(chosen)


def _demand(handover: Handover, action: HandoverAction, by: Viewer) -> None:
    recipient = by.id is not None and by.id == handover.to_person_id
    if action == HandoverAction.SIGN and recipient:
        raise Refusal(_("Answer for yourself on the page “My equipment”."))
    if action in BY_STORE:
        by.demand(access.PROPOSE)
    elif not recipient:
        raise NotAllowed(_("Only %(name)s can answer this.", name=handover.to_name))


def _lines(handover: Handover, ids: Sequence[int]) -> Sequence[HandoverLine]:
    """Return the chosen lines as they stand now, under the lock of the handover."""
    return db.session.scalars(
        select(HandoverLine)
        .where(HandoverLine.handover_id == handover.id, HandoverLine.id.in_(ids))
        .order_by(HandoverLine.id)
        .execution_options(populate_existing=True)
    ).all()


def _check(asset: Asset, to: Person) -> None:
    if not asset.is_in_register:
        raise Refusal(_("“%(name)s” is not in the register any more.", name=asset.name))
    if asset.custodian_id == to.id:
        raise Refusal(
            _("“%(name)s” is in the name of %(person)s already.", name=asset.name, person=to.name)
        )


def _with_parts(assets: Sequence[Asset], to: Person) -> list[Asset]:
    chosen = {asset.id for asset in assets}
    every = sets.with_parts(assets, answered_alike=True)
    # What the person has already needs no handing over; what was chosen is told of by ``_check``.
    return [one for one in every if one.id in chosen or one.custodian_id != to.id]


def _check_free(assets: Sequence[Asset]) -> None:
    waiting = db.session.scalar(
        select(Asset.name)
        .join(HandoverLine, HandoverLine.asset_id == Asset.id)
        .where(
            Asset.id.in_([asset.id for asset in assets]),
            HandoverLine.state == HandoverState.PROPOSED,
        )
        .limit(1)
    )
    if waiting is not None:
        raise Refusal(
            _("“%(name)s” waits for somebody's confirmation already; recall that.", name=waiting),
            field="items",
        )


def _add_lines(handover: Handover, assets: Sequence[Asset]) -> None:
    waiting = _("One of the items waits for somebody's confirmation already; recall that first.")
    db.session.flush()  # the lines hold the handover's id
    for asset in assets:
        place = moving.place_of(asset)
        db.session.add(
            HandoverLine(
                handover_id=handover.id,
                asset_id=asset.id,
                from_person_id=asset.custodian_id,
                from_name=place.custodian_name[:200],
            )
        )
    try:
        db.session.flush()  # the index decides between two who propose one item at once
    except IntegrityError as error:
        if violates(error, "uq_handover_line_open", "handover_line.asset_id"):
            raise Refusal(waiting, field="items") from error
        raise


def _take_over(handover: Handover, line: HandoverLine, said: str, by: Viewer) -> None:
    asset = line.asset
    if asset.custodian_id != line.from_person_id:
        raise Refusal(
            _(
                "The person in charge of “%(name)s” has changed since. The storekeeper recalls it "
                "and proposes it anew.",
                name=asset.name,
            )
        )
    moving.move(
        asset,
        custodian=handover.to_person,
        why=MoveCause.HANDOVER,
        reason=said or handover.reason,
        reference=handover.number,
        by=by,
    )


def _told(handover: Handover, assets: Sequence[Asset]) -> dict[str, object]:
    return {
        "number": handover.number,
        "to": handover.to_name,
        "items": [asset.asset_no or asset.name for asset in assets],
    }


def to_remind(now: datetime) -> list[int]:
    """Return the ids of handovers that have waited for seven days without a reminder."""
    waiting = select(HandoverLine.handover_id).where(HandoverLine.state == HandoverState.PROPOSED)
    return list(
        db.session.scalars(
            select(Handover.id)
            .where(
                Handover.reminded_at.is_(None),
                Handover.at <= now - REMIND_AFTER,
                Handover.id.in_(waiting),
            )
            .order_by(Handover.id)
        )
    )


def remind(handover_id: int) -> bool:
    """Remind the recipient of what still waits, once; tell whether a message was left."""
    handover = db.session.get_one(Handover, handover_id, with_for_update=True)
    names = db.session.scalars(
        select(Asset.name)
        .join(HandoverLine, HandoverLine.asset_id == Asset.id)
        .where(
            HandoverLine.handover_id == handover.id, HandoverLine.state == HandoverState.PROPOSED
        )
        .order_by(HandoverLine.id)
    ).all()
    if handover.reminded_at is not None or not names:
        return False
    handover.reminded_at = clock.now()
    notices.still_waiting(handover, handover.to_person, names)
    return True
