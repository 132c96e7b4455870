"""Checks of specifications and comparisons: approved, measured, and chosen as they were judged."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.specifications.comparison_models import Comparison, Finding, Offer
from helpdesk.specifications.models import Requirement, Specification, SpecItem
from helpdesk.specifications.states import Result, State
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState


def specifications_unapproved() -> Iterator[str]:
    """Yield papers that count as approved or wait though their approval does not say so."""
    for table in (Specification, Comparison):
        wanted = select(Approval.id).where(Approval.id == table.approval_id)
        given = wanted.where(Approval.state == ApprovalState.APPROVED)
        opened = wanted.where(Approval.state.in_((ApprovalState.WAITING, ApprovalState.SENT_BACK)))
        query = select(table.id).where(
            or_(
                (table.state == State.APPROVED) & ~given.exists(),
                (table.state == State.WAITING) & ~opened.exists(),
            )
        )
        yield from named(table.__tablename__, query.order_by(table.id))


def specifications_over_price() -> Iterator[str]:
    """Yield items of decided specifications above their criterion without a reason (R-X1)."""
    query = (
        select(SpecItem.id)
        .join(Specification, Specification.id == SpecItem.specification_id)
        .where(
            Specification.state.in_((State.WAITING, State.APPROVED)),
            SpecItem.unit_price > SpecItem.criterion_price,
            SpecItem.over_price_reason == "",
        )
    )
    return named("spec_item", query.order_by(SpecItem.id))


def comparisons_failing() -> Iterator[str]:
    """Yield chosen offers of decided comparisons that fail what must be met, or lack a cell."""
    judged = select(Finding.offer_id).where(
        Finding.offer_id == Offer.id, Finding.requirement_id == Requirement.id
    )
    failed = judged.where(Finding.result == Result.NOT_COMPLY, Requirement.mandatory)
    faulty = (
        select(Requirement.id)
        .join(SpecItem, SpecItem.id == Requirement.item_id)
        .where(
            SpecItem.specification_id == Comparison.specification_id,
            or_(~judged.exists(), failed.exists()),
        )
    )
    query = (
        select(Offer.id)
        .join(Comparison, Comparison.id == Offer.comparison_id)
        .where(Comparison.state.in_((State.WAITING, State.APPROVED)), Offer.chosen, faulty.exists())
    )
    return named("offer", query.order_by(Offer.id))


CHECKS = (
    Check(
        "specifications_unapproved",
        _l("A specification or comparison that counts was approved; one that waits can be."),
        _l("Open its page; take it back and let it be signed anew."),
        specifications_unapproved,
    ),
    Check(
        "specifications_over_price",
        _l("What costs more than the price criterion says why."),
        _l("Write a new version of the specification with the reason."),
        specifications_over_price,
    ),
    Check(
        "comparisons_failing",
        _l("A recommended offer meets all it must meet, and every cell is judged."),
        _l("Make the approval of the comparison void and judge the offer anew."),
        comparisons_failing,
    ),
)
