"""Reading proposals: how many of each kind wait, one page of them, those approved for disposal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from assets.counts import access
from assets.counts.models import Proposal, Round, Scan
from assets.counts.states import ProposalKind, ProposalState
from kernel.access import Viewer
from kernel.db import db

PAGE = 50


def tally(viewer: Viewer, one: Round) -> dict[tuple[str, str], int]:
    """Return how many proposals there are by kind and state."""
    rows = db.session.execute(
        select(Proposal.kind, Proposal.state, func.count())
        .where(Proposal.round_id == one.id, access.lines_seen(viewer, one, Proposal.unit_id))
        .group_by(Proposal.kind, Proposal.state)
    )
    return {(kind, state): count for kind, state, count in rows}


def proposals(
    viewer: Viewer, one: Round, *, kind: str = "", state: str = "", page: int = 1
) -> Sequence[Proposal]:
    """Return one page of the proposals of a round, and one more if any."""
    terms = [Proposal.round_id == one.id, access.lines_seen(viewer, one, Proposal.unit_id)]
    if kind in set(ProposalKind):
        terms.append(Proposal.kind == kind)
    if state in set(ProposalState):
        terms.append(Proposal.state == state)
    return db.session.scalars(
        select(Proposal)
        .where(*terms)
        .options(
            joinedload(Proposal.asset),
            joinedload(Proposal.room),
            joinedload(Proposal.scan).joinedload(Scan.round_room),
            joinedload(Proposal.put_forward_by),
            joinedload(Proposal.decided_by),
        )
        .order_by(Proposal.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
