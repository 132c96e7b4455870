"""What a person in charge says of an item in the own name, and what the storekeeper makes of it."""

from __future__ import annotations

from sqlalchemy import select

from assets.register.models import Asset
from assets.register.rules import moving
from assets.register.states import MoveCause
from assets.transfers import access
from assets.transfers.models import Remark
from assets.transfers.rules import notices
from assets.transfers.states import REMARKS, RemarkAction, RemarkKind, RemarkState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def remark(asset: Asset, kind: RemarkKind, said: str, *, by: Viewer) -> Remark:
    """Say that an item in the own name is not one's own, or not here. The register stays as it is.

    Refuses others than the person in charge, and a second remark while the first one is open.
    """
    if by.id is None or asset.custodian_id != by.id:
        raise NotAllowed(_("This item is not in your name."))
    # The item's row is locked, so that a double tap is one remark.
    db.session.flush()  # reading anew would lose what this unit of work has changed of it
    db.session.refresh(asset, with_for_update={"of": Asset})
    is_open = select(Remark.id).where(
        Remark.asset_id == asset.id,
        Remark.person_id == by.id,
        Remark.state == RemarkState.OPEN,
    )
    if db.session.scalar(is_open):
        raise Refusal(_("The storekeeper knows of this already and will look at it."))
    made = Remark(
        asset_id=asset.id, person_id=by.id, kind=kind, said=said.strip()[:400], at=clock.now()
    )
    db.session.add(made)
    audit.record("remarked", asset, by=by, after={"kind": kind.value, "why": made.said})
    notices.remarked(asset, kind, made.said, by=by)
    return made


def settle(one: Remark, action: RemarkAction, answer: str, *, by: Viewer) -> None:
    """Follow a remark, or not: followed, the item leaves the person's name, or its room.

    Refuses a remark that is settled, and not following one without a reason.
    """
    by.demand(access.SETTLE, one.asset.owner_unit_id, one.asset.holding_unit_id)
    db.session.flush()  # reading anew would lose what this unit of work has changed of it
    db.session.refresh(one, with_for_update={"of": Remark})
    one.state = REMARKS.target(RemarkState(one.state), action)
    if action == RemarkAction.DISMISS and not answer.strip():
        raise Refusal(_("Please give the reason."), field="answer")
    one.settled_at, one.settled_by_id = clock.now(), by.id
    one.answer = answer.strip()[:400]
    if action == RemarkAction.FOLLOW:
        _follow(one, by)
    done = "followed" if action == RemarkAction.FOLLOW else "dismissed"
    audit.record(done, one, by=by, after={"asset": one.asset_id, "why": one.answer})
    notices.settled(one, by=by)


def _follow(one: Remark, by: Viewer) -> None:
    reason = one.answer or one.said
    if one.kind == RemarkKind.NOT_HERE:
        moving.move(one.asset, room=None, why=MoveCause.HAND, reason=reason, by=by)
    elif one.asset.custodian_id == one.person_id:
        moving.move(one.asset, custodian=None, why=MoveCause.HAND, reason=reason, by=by)
