"""Checks of the annual inspection: the list stays frozen, nothing is counted twice or dropped."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, func, or_, select

from assets.counts.models import Expected, Proposal, Result, Round, RoundRoom, Scan
from assets.counts.states import UNDECIDED, ProposalState, RoundState
from helpdesk.doctor.findings import Check, named
from kernel.i18n import lazy_gettext as _l

FROZEN = (RoundState.OPEN, RoundState.REVIEWING, RoundState.CLOSED)
REVIEWED = (RoundState.REVIEWING, RoundState.CLOSED)
DECIDED = (ProposalState.APPROVED, ProposalState.APPLIED)


def frozen_lists() -> Iterator[str]:
    """Yield rounds whose list has another length than it had at the opening."""
    lines = select(func.count(Expected.id)).where(Expected.round_id == Round.id).scalar_subquery()
    wrong = or_(
        and_(Round.state.in_(FROZEN), Round.expected_total != lines),
        and_(Round.state.not_in(FROZEN), lines != 0),
    )
    return named("count_round", select(Round.id).where(wrong))


def rooms_counted() -> Iterator[str]:
    """Yield rooms whose kept figures differ from their lines and results."""
    lines = (
        select(func.count(Expected.id))
        .where(Expected.round_room_id == RoundRoom.id)
        .scalar_subquery()
    )
    counted = (
        select(func.count(Result.id))
        .join(Expected, Expected.id == Result.expected_id)
        .where(Expected.round_room_id == RoundRoom.id, Result.scan_id.is_not(None))
        .scalar_subquery()
    )
    wrong = or_(RoundRoom.expected_total != lines, RoundRoom.counted != counted)
    return named("count_room", select(RoundRoom.id).where(wrong))


def results_whole() -> Iterator[str]:
    """Yield lines without a result after the counting, and scanned items without one."""
    result = exists().where(
        Result.round_id == Expected.round_id, Result.asset_id == Expected.asset_id
    )
    reviewed = exists().where(Round.id == Expected.round_id, Round.state.in_(REVIEWED))
    yield from named("count_expected", select(Expected.id).where(reviewed, ~result))
    of_scan = exists().where(Result.round_id == Scan.round_id, Result.asset_id == Scan.asset_id)
    yield from named("count_scan", select(Scan.id).where(Scan.asset_id.is_not(None), ~of_scan))


def rounds_decided() -> Iterator[str]:
    """Yield proposals undecided in a closed round, and decisions that one person took alone."""
    closed = exists().where(Round.id == Proposal.round_id, Round.state == RoundState.CLOSED)
    alone = and_(
        Proposal.state.in_(DECIDED),
        or_(
            Proposal.put_forward_by_id.is_(None),
            Proposal.decided_by_id.is_(None),
            Proposal.put_forward_by_id == Proposal.decided_by_id,
        ),
    )
    wrong = or_(and_(Proposal.state.in_(UNDECIDED), closed), alone)
    return named("count_proposal", select(Proposal.id).where(wrong))


CHECKS = (
    Check(
        "frozen_lists",
        _l("The list of an inspection round is as long as at its opening."),
        _l("Somebody changed the list behind the service's back: restore it from a backup."),
        frozen_lists,
    ),
    Check(
        "rooms_counted",
        _l("The progress of every room agrees with its list and its results."),
        _l("Compare the room with its scans; restore the figures from a backup."),
        rooms_counted,
    ),
    Check(
        "results_whole",
        _l("Every item that was scanned, or was to be counted, has its one result."),
        _l("Compare the scans of the round with its results; restore what is missing."),
        results_whole,
    ),
    Check(
        "rounds_decided",
        _l("Closed rounds have nothing undecided, and two people took every decision."),
        _l("Ask who decided; restore the proposals from a backup."),
        rounds_decided,
    ),
)
