"""The steps of a programme: begin, done, left out, open again; and what the report waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from helpdesk.programmes.files import Kept
from helpdesk.programmes.models import Programme, ProgrammeStep
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.states import (
    SETTLED,
    STEPS,
    ReportState,
    State,
    StepAction,
    StepKind,
    StepState,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person


@dataclass(frozen=True)
class Done:
    """What a step stores (R-P1): its day, number of the document, who answers, a remark, a file."""

    due_on: date | None = None
    done_on: date | None = None
    doc_no: str = ""
    responsible: Person | None = None
    remark: str = ""
    file: Kept | None = None


def step_of(programme: Programme, number: int) -> ProgrammeStep:
    """Return a step by its number.

    Raises:
        NotFound: the process has fewer.
    """
    found = db.session.scalar(
        select(ProgrammeStep).where(
            ProgrammeStep.programme_id == programme.id, ProgrammeStep.number == number
        )
    )
    if found is None:
        raise NotFound(_("There is no such step."))
    return found


def write(programme: Programme, step: ProgrammeStep, said: Done, *, by: Viewer) -> None:
    """Write down day, number of the document, who answers and the remark of a step.

    Refuses to take the reason away from a step that was left out.
    """
    _demand_open(programme)
    if step.state == StepState.SKIPPED and not said.remark.strip():
        raise Refusal(_("Please give the reason."), field="remark")
    if said.due_on != step.due_on:
        step.told_days = None
    step.due_on, step.doc_no, step.remark = said.due_on, said.doc_no.strip(), said.remark.strip()
    step.responsible_id = said.responsible.id if said.responsible else None
    if said.file is not None:
        step.file_key, step.file_name = said.file.key, said.file.name
        step.file_media = said.file.media
    after = {"number": step.number, "due_on": step.due_on, "doc_no": step.doc_no}
    audit.record("edited", step, by=by, after=after)


def move(
    programme: Programme,
    step: ProgrammeStep,
    action: StepAction,
    *,
    by: Viewer,
    on: date | None = None,
    reason: str = "",
) -> None:
    """Begin a step, finish it, leave it out for a reason (kept as its remark), or open it again.

    Refuses what the state of the step does not allow, a step after the director's approval while
    that is not done (R-P2), the approval and the report themselves, which the director's decision
    finishes, a step left out without a reason, a day in the future, opening a step again while the
    director has the summary report, and a programme that has ended.
    """
    _demand_open(programme)
    if step.kind in (StepKind.PROPOSE, StepKind.REPORT) and action != StepAction.BEGIN:
        raise Refusal(_("This step is done by the decision of the director."))
    if action in (StepAction.FINISH, StepAction.SKIP):
        demand_approved(programme, step)
    if action == StepAction.REOPEN:
        _demand_unreported(programme)
    if action == StepAction.SKIP and not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    day = on or clock.today()
    if day > clock.today():
        raise Refusal(_("This day lies in the future."), field="done_on")
    _set(step, action, day, by=by, reason=reason.strip())


def open_before_report(programme: Programme) -> Sequence[ProgrammeStep]:
    """Return the steps before the report that are neither done nor left out, in their order."""
    report = (
        select(ProgrammeStep.number)
        .where(ProgrammeStep.programme_id == programme.id, ProgrammeStep.kind == StepKind.REPORT)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(ProgrammeStep)
        .where(
            ProgrammeStep.programme_id == programme.id,
            ProgrammeStep.number < report,
            ProgrammeStep.state.not_in(SETTLED),
        )
        .order_by(ProgrammeStep.number)
    ).all()


def demand_settled(programme: Programme) -> None:
    """Refuse the summary report while a step before it is neither done nor left out."""
    waiting = open_before_report(programme)
    if waiting:
        raise Refusal(
            _(
                "Steps are still open: %(steps)s. Each is done, or left out for a reason, first.",
                steps=", ".join(f"{one.number} {one.title}" for one in waiting),
            )
        )


def demand_approved(programme: Programme, step: ProgrammeStep) -> None:
    """Refuse to settle a step behind the director's approval while that is not done (R-P2)."""
    asked = select(ProgrammeStep).where(
        ProgrammeStep.programme_id == programme.id, ProgrammeStep.kind == StepKind.PROPOSE
    )
    approval = db.session.scalars(asked).one()
    if step.number > approval.number and approval.state != StepState.DONE:
        raise Refusal(
            _(
                "Step %(number)s can be done only after the director’s approval in step %(first)s.",
                number=step.number,
                first=approval.number,
            )
        )


def decide(programme: Programme, kind: StepKind, *, done: bool, doc_no: str, by: Viewer) -> None:
    """Follow a decision of the director: the step it belongs to is done, or open again."""
    asked = select(ProgrammeStep).where(
        ProgrammeStep.programme_id == programme.id, ProgrammeStep.kind == kind
    )
    step = db.session.scalars(asked).one()
    if done and step.state != StepState.DONE:
        step.doc_no = step.doc_no or doc_no
        _set(step, StepAction.FINISH, clock.today(), by=by)
    elif not done and step.state == StepState.DONE:
        _set(step, StepAction.REOPEN, clock.today(), by=by)


def _set(
    step: ProgrammeStep, action: StepAction, day: date, *, by: Viewer, reason: str = ""
) -> None:
    before: dict[str, object] = {"state": step.state}
    after: dict[str, object] = {"number": step.number}
    step.state = STEPS.target(StepState(step.state), action)
    step.done_on = day if step.state == StepState.DONE else None
    after |= {"state": step.state, "done_on": step.done_on}
    if reason:
        before["remark"], after["remark"] = step.remark, reason
        step.remark = reason
    acts = {
        StepAction.BEGIN: "begun",
        StepAction.FINISH: "finished",
        StepAction.SKIP: "skipped",
        StepAction.REOPEN: "reopened",
    }
    audit.record(acts[action], step, by=by, before=before, after=after)


def _demand_open(programme: Programme) -> None:
    if programme.state in (State.CLOSED, State.CANCELLED):
        raise Refusal(_("This programme has ended."))


def _demand_unreported(programme: Programme) -> None:
    sent = select(ProgrammeReport.id).where(
        ProgrammeReport.programme_id == programme.id, ProgrammeReport.state == ReportState.SENT
    )
    if db.session.scalar(sent) is not None:
        raise Refusal(_("The director has the summary report. Take it back first."))
