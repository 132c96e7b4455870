"""States of studies, their records and developments; what a development is and belongs to."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class StudyState(StrEnum):
    """How far a study has come."""

    OPEN = "open"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"


class StudyAction(StrEnum):
    """What is done to a study; ACKNOWLEDGE and RETURN follow from the director's decision."""

    WRITE = "write"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"
    REVISE = "revise"
    CANCEL = "cancel"


class RecordState(StrEnum):
    """How far one record of a study (F12) has come."""

    DRAFT = "draft"
    FINISHED = "finished"


class RecordAction(StrEnum):
    """What is done to a record."""

    WRITE = "write"
    FINISH = "finish"
    REOPEN = "reopen"


class State(StrEnum):
    """How far a development has come."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What is done to a development; WRITE is form F15, REPORT is form F16."""

    WRITE = "write"
    BEGIN = "begin"
    PAUSE = "pause"
    FINISH = "finish"
    REPORT = "report"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"
    REVISE = "revise"
    CANCEL = "cancel"


class Sort(StrEnum):
    """What is done to a system, in the words of form F15."""

    NEW = "new"
    IMPROVE = "improve"
    APPLY = "apply"


class Better(StrEnum):
    """Which way a figure of an indicator is to go."""

    MORE = "more"
    LESS = "less"


STUDIES = StateTable[StudyState, StudyAction](
    {
        (StudyState.OPEN, StudyAction.WRITE): StudyState.OPEN,
        (StudyState.OPEN, StudyAction.SEND): StudyState.WAITING,
        (StudyState.OPEN, StudyAction.CANCEL): StudyState.CANCELLED,
        (StudyState.WAITING, StudyAction.ACKNOWLEDGE): StudyState.ACKNOWLEDGED,
        (StudyState.WAITING, StudyAction.RETURN): StudyState.OPEN,
        (StudyState.ACKNOWLEDGED, StudyAction.RETURN): StudyState.OPEN,
        (StudyState.ACKNOWLEDGED, StudyAction.REVISE): StudyState.OPEN,
    },
    faces={
        StudyState.OPEN: Face(_p("study", "Under study"), "progress", "search"),
        StudyState.WAITING: Face(_p("study", "Waits for the director"), "warn", "hourglass"),
        StudyState.ACKNOWLEDGED: Face(_p("study", "Acknowledged"), "ok", "check2-all"),
        StudyState.CANCELLED: Face(_p("study", "Cancelled"), "muted", "slash-circle"),
    },
    acts={
        StudyAction.WRITE: _p("study", "Edit"),
        StudyAction.SEND: _p("study", "Send to the director"),
        StudyAction.ACKNOWLEDGE: _p("study", "Acknowledge"),
        StudyAction.RETURN: _p("study", "Give back"),
        StudyAction.REVISE: _p("study", "Begin a new edition"),
        StudyAction.CANCEL: _p("study", "Cancel the study"),
    },
)

RECORDS = StateTable[RecordState, RecordAction](
    {
        (RecordState.DRAFT, RecordAction.WRITE): RecordState.DRAFT,
        (RecordState.DRAFT, RecordAction.FINISH): RecordState.FINISHED,
        (RecordState.FINISHED, RecordAction.REOPEN): RecordState.DRAFT,
    },
    faces={
        RecordState.DRAFT: Face(_p("study record", "Draft"), "neutral", "pencil"),
        RecordState.FINISHED: Face(_p("study record", "Finished"), "ok", "check-circle"),
    },
    acts={
        RecordAction.WRITE: _p("study record", "Edit"),
        RecordAction.FINISH: _p("study record", "The record is complete"),
        RecordAction.REOPEN: _p("study record", "Write on"),
    },
)

DEVELOPMENTS = StateTable[State, Action](
    {
        (State.PLANNED, Action.WRITE): State.PLANNED,
        (State.RUNNING, Action.WRITE): State.RUNNING,
        (State.PAUSED, Action.WRITE): State.PAUSED,
        (State.PLANNED, Action.BEGIN): State.RUNNING,
        (State.PAUSED, Action.BEGIN): State.RUNNING,
        (State.FINISHED, Action.BEGIN): State.RUNNING,
        (State.RUNNING, Action.PAUSE): State.PAUSED,
        (State.RUNNING, Action.FINISH): State.FINISHED,
        (State.FINISHED, Action.REPORT): State.FINISHED,
        (State.FINISHED, Action.SEND): State.WAITING,
        (State.WAITING, Action.ACKNOWLEDGE): State.ACKNOWLEDGED,
        (State.WAITING, Action.RETURN): State.FINISHED,
        (State.ACKNOWLEDGED, Action.RETURN): State.FINISHED,
        (State.ACKNOWLEDGED, Action.REVISE): State.FINISHED,
        (State.PLANNED, Action.CANCEL): State.CANCELLED,
        (State.RUNNING, Action.CANCEL): State.CANCELLED,
        (State.PAUSED, Action.CANCEL): State.CANCELLED,
    },
    faces={
        State.PLANNED: Face(_p("development", "Planned"), "neutral", "calendar-check"),
        State.RUNNING: Face(_p("development", "Under way"), "progress", "play-circle"),
        State.PAUSED: Face(_p("development", "Paused"), "warn", "pause-circle"),
        State.FINISHED: Face(_p("development", "Finished, to be reported"), "info", "flag"),
        State.WAITING: Face(_p("development", "Waits for the director"), "warn", "hourglass"),
        State.ACKNOWLEDGED: Face(_p("development", "Acknowledged"), "ok", "check2-all"),
        State.CANCELLED: Face(_p("development", "Cancelled"), "muted", "slash-circle"),
    },
    acts={
        Action.WRITE: _p("development", "Edit"),
        Action.BEGIN: _p("development", "Begin the work"),
        Action.PAUSE: _p("development", "Pause"),
        Action.FINISH: _p("development", "The work is finished"),
        Action.REPORT: _p("development", "Write the report"),
        Action.SEND: _p("development", "Send to the director"),
        Action.ACKNOWLEDGE: _p("development", "Acknowledge"),
        Action.RETURN: _p("development", "Give back"),
        Action.REVISE: _p("development", "Begin a new edition"),
        Action.CANCEL: _p("development", "Cancel the work"),
    },
)

# Work that should have ended by its last day.
UNFINISHED = (State.PLANNED, State.RUNNING, State.PAUSED)

SORTS = {
    Sort.NEW: _p("development", "New development"),
    Sort.IMPROVE: _p("development", "Improvement"),
    Sort.APPLY: _p("development", "Application"),
}
BETTERS = {
    Better.MORE: _p("indicator", "More is better"),
    Better.LESS: _p("indicator", "Less is better"),
}
