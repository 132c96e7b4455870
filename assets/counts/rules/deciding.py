"""Deciding on differences: the store puts forward or dismisses, another person approves or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from assets.counts.models import Proposal, Round
from assets.counts.rules import applying
from assets.counts.states import (
    PROPOSALS,
    ROUNDS,
    UNDECIDED,
    ProposalAction,
    ProposalState,
    RoundAction,
    RoundState,
)
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_AT_ONCE = 200


@dataclass
class Decided:
    """What became of a decision: how many it reached, how many must be looked at again."""

    done: int = 0
    shown_again: int = 0
    stopped: list[str] = field(default_factory=list)


def put_forward(
    one: Round, proposals: Sequence[Proposal], *, fact_finding: bool | None = None, by: Viewer
) -> Decided:
    """Put proposals forward for approval.

    Args:
        one: the round.
        proposals: those chosen, locked.
        fact_finding: whether a fact-finding committee is needed (clause 214); left as it is where
            None.
        by: who reviews.

    Refuses a round that is not under review, and a choice without one that may be put forward.
    """
    chosen = _chosen(one, proposals, ProposalAction.PUT_FORWARD)
    for proposal in chosen:
        proposal.state = PROPOSALS.target(proposal.state, ProposalAction.PUT_FORWARD)
        proposal.put_forward_at, proposal.put_forward_by_id = clock.now(), by.id
        proposal.changed_since, proposal.reason = False, ""
        if fact_finding is not None:
            proposal.fact_finding = fact_finding
        audit.record("put_forward", proposal, by=by, after=_said(proposal))
    _take_up(chosen)
    return Decided(len(chosen))


def dismiss(one: Round, proposals: Sequence[Proposal], reason: str, *, by: Viewer) -> Decided:
    """Dismiss proposals: the register stays as it is. Refuses a blank reason."""
    chosen = _chosen(one, proposals, ProposalAction.DISMISS)
    _end(chosen, ProposalAction.DISMISS, reason)
    for proposal in chosen:
        audit.record("dismissed", proposal, by=by, after={"reason": proposal.reason})
    return Decided(len(chosen))


def reject(one: Round, proposals: Sequence[Proposal], reason: str, *, by: Viewer) -> Decided:
    """Do not approve proposals. Refuses a blank reason, and who put one of them forward."""
    chosen = _chosen(one, proposals, ProposalAction.REJECT)
    _check_another_person(chosen, by)
    _end(chosen, ProposalAction.REJECT, reason)
    for proposal in chosen:
        proposal.decided_at, proposal.decided_by_id = clock.now(), by.id
        audit.record("rejected", proposal, by=by, after={"reason": proposal.reason})
    return Decided(len(chosen))


def approve(one: Round, proposals: Sequence[Proposal], *, by: Viewer) -> Decided:
    """Approve proposals and write them into the register as ordinary acts.

    A card that was changed since the proposal was made is not overwritten: the proposal goes back
    to the review with what the card says now. One that the register refuses goes back with the
    reason. What is to go, or is missing, is proposed for disposal (clauses 214-217).

    Refuses who put one of them forward: two people decide.
    """
    chosen = _chosen(one, proposals, ProposalAction.APPROVE)
    _check_another_person(chosen, by)
    assets = _locked({proposal.asset_id for proposal in chosen if proposal.asset_id})
    siblings = _siblings(one, set(assets))
    decided = Decided()
    for proposal in chosen:
        asset = assets.get(proposal.asset_id or 0)
        if asset is not None and asset.version != proposal.asset_version:
            _show_again(proposal, asset, by)
            decided.shown_again += 1
            continue
        try:
            _carry_out(one, proposal, asset, siblings, by)
        except Refusal as refusal:
            _send_back(proposal, refusal.message, by)
            decided.stopped.append(refusal.message)
            continue
        decided.done += 1
    return decided


def _carry_out(
    one: Round,
    proposal: Proposal,
    asset: Asset | None,
    siblings: Sequence[Proposal],
    by: Viewer,
) -> None:
    was = asset.version if asset is not None else None
    carried_out = applying.apply(one, proposal, asset, by=by)
    state = PROPOSALS.target(proposal.state, ProposalAction.APPROVE)
    proposal.decided_at, proposal.decided_by_id = clock.now(), by.id
    if carried_out:
        state = PROPOSALS.target(state, ProposalAction.APPLY)
        proposal.applied_at = clock.now()
    proposal.state = state
    audit.record("approved", proposal, by=by, after=_said(proposal))
    if asset is not None:
        db.session.flush()  # the card's version grows with what was written
        for other in siblings:
            if other.asset_id == asset.id and other.asset_version == was:
                other.asset_version = asset.version


def _chosen(one: Round, proposals: Sequence[Proposal], action: ProposalAction) -> list[Proposal]:
    ROUNDS.target(RoundState(one.state), RoundAction.DECIDE)
    if len(proposals) > MOST_AT_ONCE:
        raise Refusal(_("Up to %(most)s at once.", most=MOST_AT_ONCE))
    chosen = [one for one in proposals if PROPOSALS.allows(ProposalState(one.state), action)]
    if not chosen:
        raise Refusal(_("Tick at least one line that this can be done with."))
    return chosen


def _check_another_person(chosen: Sequence[Proposal], by: Viewer) -> None:
    if any(proposal.put_forward_by_id == by.id for proposal in chosen):
        raise NotAllowed(_("You put one of these forward yourself. Another person decides on it."))


def _end(chosen: Sequence[Proposal], action: ProposalAction, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Please write why."), field="reason")
    for proposal in chosen:
        proposal.state = PROPOSALS.target(proposal.state, action)
        proposal.reason = reason.strip()[:400]


def _locked(asset_ids: set[int]) -> dict[int, Asset]:
    rows = db.session.scalars(
        select(Asset)
        .where(Asset.id.in_(asset_ids))
        .order_by(Asset.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {asset.id: asset for asset in rows}


def _take_up(chosen: Sequence[Proposal]) -> None:
    """Let what was reviewed rest on the cards as the reviewer saw them."""
    ids = {proposal.asset_id for proposal in chosen if proposal.asset_id}
    rows = db.session.execute(select(Asset.id, Asset.version).where(Asset.id.in_(ids)))
    versions = {row.id: row.version for row in rows}
    for proposal in chosen:
        if proposal.asset_id is not None:
            proposal.asset_version = versions[proposal.asset_id]


def _siblings(one: Round, asset_ids: set[int]) -> Sequence[Proposal]:
    return db.session.scalars(
        select(Proposal).where(
            Proposal.round_id == one.id,
            Proposal.asset_id.in_(asset_ids),
            Proposal.state.in_(UNDECIDED),
        )
    ).all()


def _show_again(proposal: Proposal, asset: Asset, by: Viewer) -> None:
    proposal.state = PROPOSALS.target(proposal.state, ProposalAction.REOPEN)
    proposal.changed_since, proposal.asset_version = True, asset.version
    proposal.before = applying.now_of(proposal, asset)
    audit.record("reopened", proposal, by=by, after={"changed_since": True})


def _send_back(proposal: Proposal, why: str, by: Viewer) -> None:
    proposal.state = PROPOSALS.target(proposal.state, ProposalAction.REOPEN)
    proposal.reason = why[:400]
    audit.record("reopened", proposal, by=by, after={"reason": why})


def _said(proposal: Proposal) -> dict[str, object]:
    return {
        "kind": proposal.kind,
        "subject": proposal.subject,
        "room_id": proposal.room_id,
        "condition": proposal.condition,
        "quantity": proposal.quantity,
        "fact_finding": proposal.fact_finding,
    }
