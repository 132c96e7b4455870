"""The end of the counting: what nobody scanned gets its result, differences become proposals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    select,
)

from assets.counts import access
from assets.counts.models import Expected, Proposal, Result, Round, Scan
from assets.counts.rules import differences
from assets.counts.rules.planning import units_of
from assets.counts.states import (
    PROPOSALS,
    ROUNDS,
    UNDECIDED,
    Outcome,
    ProposalAction,
    ProposalKind,
    ProposalState,
    RoundAction,
)
from assets.register.models import Asset, Hold
from assets.register.states import Condition, HoldKind, Lifecycle
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit

CHUNK = 500
GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST)
AWAY = (HoldKind.LOAN, HoldKind.TRANSIT)
REPAIRS = (HoldKind.REPAIR, HoldKind.MAINTENANCE)


def end_counting(one: Round, *, by: Viewer) -> int:
    """End the counting and return how many proposals came of it.

    What nobody scanned is written down as not found, never silently as found (R-I5): unless it is
    on loan or in repair, which accounts for it, or was struck off since (R-I6).
    """
    # Scans that are on their way in are waited for.
    state = ROUNDS.target(access.state_locked(one), RoundAction.REVIEW)
    unseen = _unseen(one)
    db.session.execute(
        insert(Result).from_select([c.name for c in unseen.selected_columns], unseen)
    )
    made = _propose(one, db.session.execute(differences.rows(one)))
    made += refresh_unknown(one)
    one.state, one.counted_at = state, clock.now()
    audit.record("reviewed", one, by=by, after={"proposals": made})
    return made


def _held(*kinds: HoldKind) -> ColumnElement[bool]:
    return and_(Hold.asset_id == Expected.asset_id, Hold.kind.in_(kinds), Hold.ended_at.is_(None))


def _unseen(one: Round) -> Select[*tuple[Any, ...]]:
    """Return the results of the items that nobody scanned."""
    where = select(func.min(Hold.reference)).where(_held(*AWAY, *REPAIRS)).scalar_subquery()
    outcome = case(
        (Asset.lifecycle.in_(GONE), Outcome.STRUCK_OFF.value),
        (exists().where(_held(*AWAY)), Outcome.ON_LOAN.value),
        (exists().where(_held(*REPAIRS)), Outcome.IN_REPAIR.value),
        else_=Outcome.MISSING.value,
    )
    accounted = outcome != Outcome.MISSING.value
    return (
        select(
            literal(one.id).label("round_id"),
            Expected.asset_id,
            Expected.id.label("expected_id"),
            outcome.label("outcome"),
            case((accounted, Expected.condition), else_=Condition.MISSING.value).label("condition"),
            case((accounted, Expected.quantity), else_=0).label("quantity"),
            func.coalesce(where, "").label("where"),
            literal("").label("remark"),
            literal(clock.now(), Result.at.type).label("at"),
        )
        .join(Asset, Asset.id == Expected.asset_id)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .where(Expected.round_id == one.id, Result.id == null())
    )


def _propose(one: Round, rows: Iterable[Any]) -> int:
    new = [change for row in rows for change in differences.of(row)]
    for start in range(0, len(new), CHUNK):
        db.session.execute(
            insert(Proposal),
            [{**_DEFAULTS, **change, "round_id": one.id} for change in new[start : start + CHUNK]],
        )
    return len(new)


_DEFAULTS = {
    "state": ProposalState.OPEN,
    "changed_since": False,
    "reason": "",
    "version": 1,
}


def refresh(one: Round, asset_ids: set[int]) -> None:
    """Bring undecided proposals in line with scans that arrived during the review.

    What a late scan settles is withdrawn; what it changes is reviewed again; what people have
    decided stays decided.
    """
    if not asset_ids:
        return
    rows = db.session.execute(differences.rows(one).where(Result.asset_id.in_(asset_ids))).all()
    wanted = {(c["kind"], c["subject"]): c for row in rows for c in differences.of(row)}
    known = db.session.scalars(
        select(Proposal)
        .where(Proposal.round_id == one.id, Proposal.asset_id.in_(asset_ids))
        .order_by(Proposal.id)
        .with_for_update()
    )
    for proposal in known:
        change = wanted.pop((ProposalKind(proposal.kind), proposal.subject), None)
        _bring_up(proposal, change)
    for change in wanted.values():
        db.session.add(Proposal(round_id=one.id, **change))


def _bring_up(proposal: Proposal, change: dict[str, Any] | None) -> None:
    state = ProposalState(proposal.state)
    if change is None:
        if state in UNDECIDED:
            proposal.state = PROPOSALS.target(state, ProposalAction.WITHDRAW)
        return
    same = all(
        getattr(proposal, name) == change[name] for name in ("room_id", "condition", "quantity")
    )
    if state == ProposalState.WITHDRAWN or (state in UNDECIDED and not same):
        for name, value in change.items():
            setattr(proposal, name, value)
        proposal.state, proposal.changed_since = ProposalState.OPEN, False


def refresh_unknown(one: Round) -> int:
    """Propose a draft card for every unknown code; return how many are new."""
    known = set(
        db.session.scalars(
            select(Proposal.subject).where(
                Proposal.round_id == one.id, Proposal.kind == ProposalKind.DRAFT_CARD
            )
        )
    )
    units, made = set(units_of(one)), 0
    unknown = select(Scan).where(Scan.round_id == one.id, Scan.outcome == Outcome.UNKNOWN)
    for scan in db.session.scalars(unknown.order_by(Scan.id)):
        subject = "code:" + (thai.code_key(scan.code) or scan.code)[:70]
        if subject in known:
            continue
        known.add(subject)
        made += 1
        db.session.add(_draft(one, scan, subject, units))
    return made


def _draft(one: Round, scan: Scan, subject: str, units: set[int]) -> Proposal:
    room = scan.round_room
    own = room is not None and room.unit_id in units
    return Proposal(
        round_id=one.id,
        kind=ProposalKind.DRAFT_CARD,
        subject=subject,
        unit_id=room.unit_id if room is not None and own else one.unit_id,
        scan_id=scan.id,
        room_id=room.room_id if room else None,
        condition=scan.condition or Condition.GOOD,
        quantity=scan.quantity,
        before={"code": scan.code},
        note=scan.remark,
    )
