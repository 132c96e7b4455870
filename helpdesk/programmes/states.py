"""States of programmes, their steps, activities and reports; duties; what a log entry is."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far a programme has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What happens to a programme; APPROVE and RETURN follow from the director's decision."""

    PROPOSE = "propose"
    APPROVE = "approve"
    RETURN = "return"
    CLOSE = "close"
    CANCEL = "cancel"


class StepKind(StrEnum):
    """What a step of a process is; PROPOSE is the director's approval (R-P2)."""

    APPOINT = "appoint"
    PLAN = "plan"
    PROPOSE = "propose"
    INFORM = "inform"
    CARRY_OUT = "carry_out"
    EVALUATE = "evaluate"
    REPORT = "report"


class StepState(StrEnum):
    """How far one step has come."""

    TO_DO = "to_do"
    DOING = "doing"
    DONE = "done"
    SKIPPED = "skipped"


class StepAction(StrEnum):
    """What is done to a step."""

    BEGIN = "begin"
    FINISH = "finish"
    SKIP = "skip"
    REOPEN = "reopen"


class Duty(StrEnum):
    """What a member does in the working group."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    MEMBER = "member"
    SECRETARY = "secretary"


class ActivityState(StrEnum):
    """How far an activity of the plan has come."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class LogKind(StrEnum):
    """What an entry of the log tells."""

    WORK = "work"
    PROBLEM = "problem"
    RISK = "risk"


class ReportState(StrEnum):
    """How far one version of the summary report has come."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"


class ReportAction(StrEnum):
    """What happens to a report; ACKNOWLEDGE and RETURN follow from the director's decision."""

    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"


PROGRAMMES = StateTable[State, Action](
    {
        (State.DRAFT, Action.PROPOSE): State.PROPOSED,
        (State.DRAFT, Action.CANCEL): State.CANCELLED,
        (State.PROPOSED, Action.APPROVE): State.RUNNING,
        (State.PROPOSED, Action.RETURN): State.DRAFT,
        (State.RUNNING, Action.RETURN): State.DRAFT,
        (State.RUNNING, Action.CLOSE): State.CLOSED,
        (State.RUNNING, Action.CANCEL): State.CANCELLED,
    },
    faces={
        State.DRAFT: Face(_p("programme", "Draft"), "neutral", "pencil"),
        State.PROPOSED: Face(_p("programme", "Waits for the director"), "warn", "hourglass"),
        State.RUNNING: Face(_p("programme", "Approved, under way"), "progress", "play-circle"),
        State.CLOSED: Face(_p("programme", "Reported and closed"), "ok", "check-circle"),
        State.CANCELLED: Face(_p("programme", "Cancelled"), "muted", "slash-circle"),
    },
    acts={
        Action.PROPOSE: _p("programme", "Propose to the director"),
        Action.APPROVE: _p("programme", "Approve"),
        Action.RETURN: _p("programme", "Give back"),
        Action.CLOSE: _p("programme", "Close"),
        Action.CANCEL: _p("programme", "Cancel the programme"),
    },
)

STEPS = StateTable[StepState, StepAction](
    {
        (StepState.TO_DO, StepAction.BEGIN): StepState.DOING,
        (StepState.TO_DO, StepAction.FINISH): StepState.DONE,
        (StepState.DOING, StepAction.FINISH): StepState.DONE,
        (StepState.TO_DO, StepAction.SKIP): StepState.SKIPPED,
        (StepState.DOING, StepAction.SKIP): StepState.SKIPPED,
        (StepState.DONE, StepAction.REOPEN): StepState.DOING,
        (StepState.SKIPPED, StepAction.REOPEN): StepState.TO_DO,
    },
    faces={
        StepState.TO_DO: Face(_p("programme step", "To do"), "neutral", "circle"),
        StepState.DOING: Face(_p("programme step", "Begun"), "progress", "circle-half"),
        StepState.DONE: Face(_p("programme step", "Done"), "ok", "check-circle"),
        StepState.SKIPPED: Face(_p("programme step", "Left out"), "muted", "dash-circle"),
    },
    acts={
        StepAction.BEGIN: _p("programme step", "Begin"),
        StepAction.FINISH: _p("programme step", "Done"),
        StepAction.SKIP: _p("programme step", "Leave out"),
        StepAction.REOPEN: _p("programme step", "Open again"),
    },
)

# A step in one of these holds up nothing: neither the summary report, nor does its day call.
SETTLED = (StepState.DONE, StepState.SKIPPED)

REPORTS = StateTable[ReportState, ReportAction](
    {
        (ReportState.DRAFT, ReportAction.SEND): ReportState.SENT,
        (ReportState.SENT, ReportAction.ACKNOWLEDGE): ReportState.ACKNOWLEDGED,
        (ReportState.SENT, ReportAction.RETURN): ReportState.DRAFT,
    },
    faces={
        ReportState.DRAFT: Face(_p("programme report", "Draft"), "neutral", "pencil"),
        ReportState.SENT: Face(_p("programme report", "Waits for the director"), "warn", "send"),
        ReportState.ACKNOWLEDGED: Face(_p("programme report", "Acknowledged"), "ok", "check2-all"),
    },
    acts={
        ReportAction.SEND: _p("programme report", "Send to the director"),
        ReportAction.ACKNOWLEDGE: _p("programme report", "Acknowledge"),
        ReportAction.RETURN: _p("programme report", "Give back"),
    },
)

DUTIES = {
    Duty.CHAIR: _p("working group", "Chair"),
    Duty.DEPUTY: _p("working group", "Deputy chair"),
    Duty.MEMBER: _p("working group", "Member"),
    Duty.SECRETARY: _p("working group", "Member and secretary"),
}
ACTIVITIES = {
    ActivityState.PLANNED: Face(_p("activity", "Planned"), "neutral", "circle"),
    ActivityState.DONE: Face(_p("activity", "Done"), "ok", "check-circle"),
    ActivityState.DROPPED: Face(_p("activity", "Dropped"), "muted", "slash-circle"),
}
LOG_KINDS = {
    LogKind.WORK: _p("programme log", "Work done"),
    LogKind.PROBLEM: _p("programme log", "Problem"),
    LogKind.RISK: _p("programme log", "Risk"),
}
