"""Checks of programmes: the director's approval comes first (R-P2), reports end what they end."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from helpdesk.doctor.findings import Check, named
from helpdesk.programmes.models import Programme, ProgrammeStep
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.states import ReportState, State, StepKind, StepState
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState


def steps_before_approval() -> Iterator[str]:
    """Yield steps behind the director's approval that are done in a programme never approved."""
    approval = aliased(ProgrammeStep)
    query = (
        select(ProgrammeStep.id)
        .join(Programme, Programme.id == ProgrammeStep.programme_id)
        .join(
            approval,
            and_(
                approval.programme_id == ProgrammeStep.programme_id,
                approval.kind == StepKind.PROPOSE,
            ),
        )
        .where(
            ProgrammeStep.number > approval.number,
            ProgrammeStep.state == StepState.DONE,
            Programme.approval_id.is_(None),
        )
    )
    return named("programme_step", query.order_by(ProgrammeStep.id))


def steps_unexplained() -> Iterator[str]:
    """Yield steps that were left out without a reason."""
    query = select(ProgrammeStep.id).where(
        ProgrammeStep.state == StepState.SKIPPED, ProgrammeStep.remark == ""
    )
    return named("programme_step", query.order_by(ProgrammeStep.id))


def running_unapproved() -> Iterator[str]:
    """Yield programmes under way or closed whose approval was not given or does not count."""
    given = select(Approval.id).where(
        Approval.id == Programme.approval_id, Approval.state == ApprovalState.APPROVED
    )
    query = select(Programme.id).where(
        Programme.state.in_((State.RUNNING, State.CLOSED)), ~given.exists()
    )
    return named("programme", query.order_by(Programme.id))


def closed_unreported() -> Iterator[str]:
    """Yield programmes closed without an acknowledged report, and open ones that have one."""
    report = select(ProgrammeReport.id).where(
        ProgrammeReport.programme_id == Programme.id,
        ProgrammeReport.state == ReportState.ACKNOWLEDGED,
    )
    query = select(Programme.id).where(
        or_(
            and_(Programme.state == State.CLOSED, ~report.exists()),
            and_(Programme.state == State.RUNNING, report.exists()),
        )
    )
    return named("programme", query.order_by(Programme.id))


CHECKS = (
    Check(
        "steps_before_approval",
        _l("No step is done before the director’s approval step of its programme."),
        _l("Open the step again on the page of the programme, and propose the programme first."),
        steps_before_approval,
    ),
    Check(
        "steps_unexplained",
        _l("A step of a programme that was left out says why."),
        _l("Write the reason as the remark of the step, on the page of the programme."),
        steps_unexplained,
    ),
    Check(
        "programmes_unapproved",
        _l("A programme under way or closed has an approval that was given."),
        _l("Was a row changed behind the service? Take the programme back and propose it anew."),
        running_unapproved,
    ),
    Check(
        "programmes_unreported",
        _l("A programme is closed exactly when the director has acknowledged its report."),
        _l("Was a row changed behind the service? Bring it back from a backup."),
        closed_unreported,
    ),
)
