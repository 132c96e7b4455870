"""Checks of approvals: nothing is approved that was not signed, by the right people, as it was."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, or_, select

from helpdesk.doctor.findings import Check, named, rows
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval, ApprovalAct, ApprovalStep
from office.approvals.snapshot import fingerprint
from office.approvals.states import OPEN_STATES, Act, State, StepState

SIGNED = ApprovalAct.act == Act.APPROVED


def approved_unsigned() -> Iterator[str]:
    """Yield approvals that were given with a step of the round unsigned, or with no step."""
    of_round = (ApprovalStep.approval_id == Approval.id, ApprovalStep.round == Approval.round)
    unsigned = exists().where(*of_round, ApprovalStep.state != StepState.SIGNED)
    given = select(Approval.id).where(Approval.state == State.APPROVED)
    yield from named("approval", given.where(or_(unsigned, ~exists().where(*of_round))))
    signature = exists().where(ApprovalAct.step_id == ApprovalStep.id, SIGNED)
    bare = select(ApprovalStep.id).where(ApprovalStep.state == StepState.SIGNED, ~signature)
    yield from named("approval_step", bare)


def own_signatures() -> Iterator[str]:
    """Yield signatures of the asker, in person or as a stand-in for somebody."""
    own = or_(
        ApprovalAct.person_id == Approval.asker_id, ApprovalAct.principal_id == Approval.asker_id
    )
    query = select(ApprovalAct.id).join(Approval, Approval.id == ApprovalAct.approval_id)
    return named("approval_act", query.where(SIGNED, own))


def approved_content() -> Iterator[str]:
    """Yield approvals whose content is not what the hash says, and signatures of other content."""
    for row in rows(select(Approval.id, Approval.snapshot, Approval.snapshot_hash)):
        if fingerprint(row.snapshot) != row.snapshot_hash:
            yield f"approval {row.id}"
    other = and_(
        SIGNED,
        ApprovalAct.round == Approval.round,
        ApprovalAct.snapshot_hash != Approval.snapshot_hash,
    )
    query = select(ApprovalAct.id).join(Approval, Approval.id == ApprovalAct.approval_id)
    yield from named("approval_act", query.where(other))


def approvals_waiting() -> Iterator[str]:
    """Yield approvals that wait without an open step, or have ended with one."""
    opened = exists().where(
        ApprovalStep.approval_id == Approval.id, ApprovalStep.state == StepState.OPEN
    )
    return named("approval", select(Approval.id).where(Approval.state.in_(OPEN_STATES) != opened))


CHECKS = (
    Check(
        "approved_unsigned",
        _l("What is approved was signed at every step."),
        _l("Compare the approval with its story and the audit trail; make it void and ask anew."),
        approved_unsigned,
    ),
    Check(
        "own_signatures",
        _l("Nobody has signed a request of their own."),
        _l("Make the approval void and ask anew; tell the director."),
        own_signatures,
    ),
    Check(
        "approved_content",
        _l("What was signed is still what stands in the approval."),
        _l("Restore the approval from a backup; was the database changed by another program?"),
        approved_content,
    ),
    Check(
        "approvals_waiting",
        _l("What waits for approval has one open step, and what has ended has none."),
        _l("Make the approval void and ask anew."),
        approvals_waiting,
    ),
)
