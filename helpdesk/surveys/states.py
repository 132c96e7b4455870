"""States of a survey, sorts of questions, whom a survey asks, and the bands of a mean."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Action(StrEnum):
    """What is done with a survey."""

    EDIT = "edit"
    OPEN = "open"
    REMIND = "remind"
    CLOSE = "close"


SURVEYS = StateTable(
    {
        (State.DRAFT, Action.EDIT): State.DRAFT,
        (State.DRAFT, Action.OPEN): State.OPEN,
        (State.OPEN, Action.REMIND): State.OPEN,
        (State.OPEN, Action.CLOSE): State.CLOSED,
    },
    faces={
        State.DRAFT: Face(_p("survey", "draft"), "neutral", "pencil"),
        State.OPEN: Face(_p("survey", "open for answers"), "progress", "broadcast"),
        State.CLOSED: Face(_p("survey", "closed"), "ok", "check-circle"),
    },
    acts={
        Action.EDIT: _l("Edit"),
        Action.OPEN: _p("survey", "Open for answers"),
        Action.REMIND: _p("survey", "Remind once"),
        Action.CLOSE: _p("survey", "Close the survey"),
    },
)


class Audience(StrEnum):
    """Whom a survey asks."""

    EVERYONE = "everyone"
    UNITS = "units"
    SAMPLE = "sample"
    AFTER_TICKET = "after_ticket"
    AFTER_TRAINING = "after_training"


AUDIENCES = {
    Audience.EVERYONE: _l("Everybody who has the link or the QR code"),
    Audience.UNITS: _l("All people of chosen schools and groups"),
    Audience.SAMPLE: _l("A sample of them, drawn by lot"),
    Audience.AFTER_TICKET: _l("Who reported a fault, after it is closed"),
    Audience.AFTER_TRAINING: _l("Who took part in a training, after it was held"),
}
INVITED = (Audience.UNITS, Audience.SAMPLE)


class Sort(StrEnum):
    """What a question takes as its answer."""

    SCALE = "scale"
    CHOICE = "choice"
    UNIT = "unit"
    NUMBER = "number"
    TEXT = "text"


SORTS = {
    Sort.SCALE: _l("Five levels"),
    Sort.CHOICE: _l("One of several choices"),
    Sort.UNIT: _l("School or group"),
    Sort.NUMBER: _l("Whole number"),
    Sort.TEXT: _l("Open words"),
}

LEVELS = {
    5: _p("level of five", "highest"),
    4: _p("level of five", "high"),
    3: _p("level of five", "moderate"),
    2: _p("level of five", "low"),
    1: _p("level of five", "lowest"),
}


class Band(StrEnum):
    """By which limits a mean gets the name of its level."""

    USUAL = "usual"
    EVEN = "even"


BANDS = {
    Band.USUAL: _l("4.51 – 3.51 – 2.51 – 1.51 (usual)"),
    Band.EVEN: _l("4.21 – 3.41 – 2.61 – 1.81 (steps of 0.80)"),
}
LIMITS = {
    Band.USUAL: tuple(map(Decimal, ("4.51", "3.51", "2.51", "1.51"))),
    Band.EVEN: tuple(map(Decimal, ("4.21", "3.41", "2.61", "1.81"))),
}
# R-E3: fewer answers than this could be told apart by those who know the group.
FEWEST = 3


class ReportState(StrEnum):
    """Where the report of a survey stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    SIGNED = "signed"


class ReportAction(StrEnum):
    """What is done with a report."""

    WRITE = "write"
    SEND = "send"
    SIGN = "sign"
    TAKE_BACK = "take_back"


REPORTS = StateTable(
    {
        (ReportState.DRAFT, ReportAction.WRITE): ReportState.DRAFT,
        (ReportState.DRAFT, ReportAction.SEND): ReportState.WAITING,
        (ReportState.WAITING, ReportAction.SIGN): ReportState.SIGNED,
        (ReportState.WAITING, ReportAction.TAKE_BACK): ReportState.DRAFT,
        (ReportState.SIGNED, ReportAction.TAKE_BACK): ReportState.DRAFT,
    },
    faces={
        ReportState.DRAFT: Face(_p("survey report", "being written"), "neutral", "pencil"),
        ReportState.WAITING: Face(
            _p("survey report", "waits for signatures"), "progress", "hourglass"
        ),
        ReportState.SIGNED: Face(_p("survey report", "signed"), "ok", "patch-check"),
    },
    acts={
        ReportAction.WRITE: _p("survey report", "Write"),
        ReportAction.SEND: _p("survey report", "Send for signatures"),
        ReportAction.SIGN: _p("survey report", "Sign"),
        ReportAction.TAKE_BACK: _p("survey report", "Take back"),
    },
)
