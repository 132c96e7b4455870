"""Checks of user cards: approved before they were numbered, numbered without gaps, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import or_, select

from helpdesk.doctor.findings import Check, named, rows
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState
from office.cards.models import CardBatch, UserCard
from office.cards.states import NUMBERLESS, State

IN_ORDER = (State.APPROVED, State.PRINTED, State.HANDED_OVER)


def cards_unapproved() -> Iterator[str]:
    """Yield cards that can be printed or work though nobody has approved them."""
    own = select(Approval.id).where(
        Approval.id == UserCard.approval_id, Approval.state == ApprovalState.APPROVED
    )
    together = (
        select(Approval.id)
        .join(CardBatch, CardBatch.approval_id == Approval.id)
        .where(CardBatch.id == UserCard.batch_id, Approval.state == ApprovalState.APPROVED)
    )
    bare = ~or_(own.exists(), together.exists())
    query = select(UserCard.id).where(UserCard.state.in_(IN_ORDER), bare)
    return named("user_card", query.order_by(UserCard.id))


def card_numbers() -> Iterator[str]:
    """Yield series of card numbers, of a unit in a fiscal year, in which one is missing."""
    series: dict[tuple[str, str], set[int]] = defaultdict(set)
    query = select(UserCard.number).where(UserCard.state.not_in(NUMBERLESS))
    for row in rows(query):
        before, _, year = row.number.rpartition("/")
        prefix, _, count = before.rpartition("-")
        series[prefix, year].add(int(count))
    for (prefix, year), counts in sorted(series.items()):
        if counts != set(range(1, len(counts) + 1)):
            yield f"{prefix}-…/{year}"


def cards_over_time() -> Iterator[str]:
    """Yield cards in the hand that were never handed over, and ended ones without their moment."""
    ended = (State.LOST, State.REVOKED, State.REPLACED)
    wrong = or_(
        (UserCard.state == State.HANDED_OVER) & UserCard.handed_over_at.is_(None),
        UserCard.state.in_(ended) & UserCard.ended_at.is_(None),
        UserCard.valid_until < UserCard.issued_on,
    )
    return named("user_card", select(UserCard.id).where(wrong).order_by(UserCard.id))


CHECKS = (
    Check(
        "cards_unapproved",
        _l("A user card that can be printed or works was approved."),
        _l("Revoke the card with the reason and ask for a new one."),
        cards_unapproved,
    ),
    Check(
        "card_numbers",
        _l("Numbers of user cards run without gaps in each unit and year."),
        _l("Compare the cards with the audit trail; was a row removed behind the service?"),
        card_numbers,
    ),
    Check(
        "cards_over_time",
        _l("A user card was handed over before it works, and its end has a day."),
        _l("Revoke the card with the reason and ask for a new one."),
        cards_over_time,
    ),
)
