"""Writing an approved proposal into the register, by the register's own verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assets.counts.models import Proposal, Round
from assets.counts.states import ProposalKind
from assets.disposals.rules import proposing, removing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Cause, Origin
from assets.register.models import Asset
from assets.register.rules import items, moving
from assets.register.states import Condition, Lifecycle, MoveCause
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.places.models import Room


def apply(one: Round, proposal: Proposal, asset: Asset | None, *, by: Viewer) -> bool:
    """Write one approved proposal into the register.

    Returns:
        whether it was carried out. What is to be disposed of, and what nobody found, is proposed:
        its case with fact-finding, method and papers begins from there (clauses 214-217).
    """
    kind = ProposalKind(proposal.kind)
    if kind == ProposalKind.DRAFT_CARD:
        _draft_card(one, proposal, by)
        return True
    if kind not in _VERBS or asset is None:
        return False
    _VERBS[kind](one, proposal, asset, by)
    return True


def _why(one: Round) -> str:
    """Return the reason that stands on the card, in Thai whoever decides."""
    with speaking("th"):
        return _("Annual inspection of fiscal year %(year)s", year=one.fiscal_year)


def _move(one: Round, proposal: Proposal, asset: Asset, by: Viewer) -> None:
    if proposal.room_id is None:
        return
    room = db.session.get_one(Room, proposal.room_id)
    moving.move(
        asset,
        room=room,
        why=MoveCause.COUNT,
        reason=_why(one),
        reference=one.order_no,
        by=by,
    )


def _judge(one: Round, proposal: Proposal, asset: Asset, by: Viewer) -> None:
    if proposal.condition is not None:
        items.judge(asset, Condition(proposal.condition), by=by, why=_why(one))


def _count(_one: Round, proposal: Proposal, asset: Asset, by: Viewer) -> None:
    if not proposal.quantity:
        raise Refusal(_("The quantity is missing."))
    items.edit(asset, {"quantity": proposal.quantity}, by=by)


def _lose(one: Round, proposal: Proposal, asset: Asset, by: Viewer) -> None:
    items.judge(asset, Condition.MISSING, by=by, why=_why(one))
    _propose(one, proposal, asset, Cause.LOST, by)


def _dispose(one: Round, proposal: Proposal, asset: Asset, by: Viewer) -> None:
    _judge(one, proposal, asset, by)
    needed = {Condition.NOT_NEEDED: Cause.NOT_NEEDED, Condition.MISSING: Cause.LOST}
    cause = needed.get(Condition(asset.condition), Cause.DAMAGED)
    _propose(one, proposal, asset, cause if proposal.fact_finding else Cause.WEAR, by)


def _propose(one: Round, proposal: Proposal, asset: Asset, cause: Cause, by: Viewer) -> None:
    ground = Ground(Origin.INSPECTION, one.order_no, proposal.note or _why(one), cause)
    proposing.propose([asset], ground, by=by, proposer=proposal.put_forward_by)


def _find(one: Round, proposal: Proposal, asset: Asset, by: Viewer) -> None:
    condition = Condition(proposal.condition or Condition.GOOD)
    removing.take_back(asset, condition, _why(one), by=by)
    _move(one, proposal, asset, by)


def _draft_card(one: Round, proposal: Proposal, by: Viewer) -> None:
    room = db.session.get(Room, proposal.room_id) if proposal.room_id else None
    code = str(proposal.before.get("code", ""))
    with speaking("th"):
        name = proposal.note.strip() or _("Unknown thing, code %(code)s", code=code)
        note = _("Found in the annual inspection of fiscal year %(year)s.", year=one.fiscal_year)
    made = items.take_in(
        {
            "name": name[:500],
            "owner_unit_id": proposal.unit_id,
            "holding_unit_id": room.unit_id if room else proposal.unit_id,
            "room_id": room.id if room else None,
            "lifecycle": Lifecycle.DRAFT,
            "condition": Condition(proposal.condition or Condition.GOOD),
            "quantity": max(proposal.quantity or 1, 1),
            "note": f"{note} {code}".strip(),
        },
        by=by,
    )
    proposal.made_asset_id = made.id


_VERBS: dict[ProposalKind, Callable[[Round, Proposal, Asset, Viewer], None]] = {
    ProposalKind.MOVE: _move,
    ProposalKind.CONDITION: _judge,
    ProposalKind.QUANTITY: _count,
    ProposalKind.LOST: _lose,
    ProposalKind.FOUND_AGAIN: _find,
    ProposalKind.DISPOSE: _dispose,
}


def now_of(proposal: Proposal, asset: Asset) -> dict[str, Any]:
    """Return what the card says now of all that the proposal would change."""
    known = {
        "room": asset.room.name if asset.room else "",
        "condition": str(asset.condition),
        "quantity": str(asset.quantity),
        "lifecycle": str(asset.lifecycle),
    }
    return {name: known[name] for name in proposal.before if name in known}
