"""The states of an occurrence and of a visit; the words a plan is made of."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable

# As many steps as a checklist has; a step that is asked no more stands behind them.
MOST_STEPS = 60


class Basis(StrEnum):
    """What the next due date is counted from."""

    FIXED = "fixed"
    COMPLETION = "completion"


class Every(StrEnum):
    """What a rhythm counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    CALENDAR = "calendar"
    METER = "meter"


class CatchUp(StrEnum):
    """What becomes of due dates that passed while nothing was done."""

    ONCE = "once"
    SKIP = "skip"


class StepKind(StrEnum):
    """What a step of the checklist asks for."""

    TICK = "tick"
    READING = "reading"
    PHOTO = "photo"


BASES = {
    Basis.FIXED: _lp("maintenance", "On fixed dates"),
    Basis.COMPLETION: _lp("maintenance", "Counted from when it was done"),
}
EVERY = {
    Every.DAYS: _lp("maintenance", "days"),
    Every.WEEKS: _lp("maintenance", "weeks"),
    Every.MONTHS: _lp("maintenance", "months"),
    Every.CALENDAR: _lp("maintenance", "certain months of the year"),
    Every.METER: _lp("maintenance", "by its meter"),
}
CATCH_UPS = {
    CatchUp.ONCE: _lp("maintenance", "Do it once now, and record the others as missed"),
    CatchUp.SKIP: _lp("maintenance", "Record them as missed and wait for the next date"),
}
STEP_KINDS = {
    StepKind.TICK: _lp("maintenance", "In order or not"),
    StepKind.READING: _lp("maintenance", "A reading"),
    StepKind.PHOTO: _lp("maintenance", "A photo"),
}


class State(StrEnum):
    """How far one due date of one item has come."""

    PLANNED = "planned"
    ON_VISIT = "on_visit"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"


class Action(StrEnum):
    """What is done to an occurrence."""

    SEND = "send"
    LAY_BACK = "lay_back"
    FINISH = "finish"
    SKIP = "skip"
    MISS = "miss"


OPEN = (State.PLANNED, State.ON_VISIT)
OCCURRENCES = StateTable(
    {
        (State.PLANNED, Action.SEND): State.ON_VISIT,
        (State.PLANNED, Action.FINISH): State.DONE,
        (State.PLANNED, Action.SKIP): State.SKIPPED,
        (State.PLANNED, Action.MISS): State.MISSED,
        (State.ON_VISIT, Action.LAY_BACK): State.PLANNED,
        (State.ON_VISIT, Action.FINISH): State.DONE,
        (State.ON_VISIT, Action.SKIP): State.SKIPPED,
    },
    faces={
        State.PLANNED: Face(_lp("occurrence", "Planned"), "info", "calendar-event"),
        State.ON_VISIT: Face(_lp("occurrence", "On a visit"), "progress", "tools"),
        State.DONE: Face(_lp("occurrence", "Done"), "ok", "check-circle"),
        State.SKIPPED: Face(_lp("occurrence", "Skipped"), "neutral", "dash-circle"),
        State.MISSED: Face(_lp("occurrence", "Missed"), "warn", "exclamation-triangle"),
    },
    acts={
        Action.SEND: _lp("occurrence", "Put on a visit"),
        Action.LAY_BACK: _lp("occurrence", "Lay back"),
        Action.FINISH: _lp("occurrence", "Finish"),
        Action.SKIP: _lp("occurrence", "Skip"),
        Action.MISS: _lp("occurrence", "Record as missed"),
    },
)


class VisitState(StrEnum):
    """How far a day in a school has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class VisitAction(StrEnum):
    """What is done to a visit."""

    BEGIN = "begin"
    FINISH = "finish"
    CANCEL = "cancel"


VISITS = StateTable(
    {
        (VisitState.PLANNED, VisitAction.BEGIN): VisitState.UNDER_WAY,
        (VisitState.PLANNED, VisitAction.CANCEL): VisitState.CANCELLED,
        (VisitState.UNDER_WAY, VisitAction.FINISH): VisitState.FINISHED,
        (VisitState.UNDER_WAY, VisitAction.CANCEL): VisitState.CANCELLED,
    },
    faces={
        VisitState.PLANNED: Face(_lp("visit", "Planned"), "info", "calendar-event"),
        VisitState.UNDER_WAY: Face(_lp("visit", "Under way"), "progress", "tools"),
        VisitState.FINISHED: Face(_lp("visit", "Finished"), "ok", "check-circle"),
        VisitState.CANCELLED: Face(_lp("visit", "Cancelled"), "muted", "x-circle"),
    },
    acts={
        VisitAction.BEGIN: _lp("visit", "Begin"),
        VisitAction.FINISH: _lp("visit", "Finish"),
        VisitAction.CANCEL: _lp("visit", "Cancel"),
    },
)
