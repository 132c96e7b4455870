"""The books, the words of urgency, the states of a letter and what may happen in each."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class Book(StrEnum):
    """Which register a letter stands in; circulars may be numbered by themselves (clause 32)."""

    IN = "in"
    OUT = "out"
    CIRCULAR = "circular"


BOOKS = {
    Book.IN: _l("Letters in"),
    Book.OUT: _l("Letters out"),
    Book.CIRCULAR: _l("Circulars out"),
}


class Urgency(StrEnum):
    """How fast a letter goes through the hands (clause 28)."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY = "very"
    MOST = "most"


URGENCIES = {
    Urgency.NORMAL: _lp("letter", "Normal"),
    Urgency.URGENT: _lp("letter", "Urgent"),
    Urgency.VERY: _lp("letter", "Very urgent"),
    Urgency.MOST: _lp("letter", "Most urgent"),
}
URGENCY_FACES = {
    Urgency.URGENT: Face(URGENCIES[Urgency.URGENT], "warn", "lightning-charge"),
    Urgency.VERY: Face(URGENCIES[Urgency.VERY], "warn", "lightning-charge"),
    Urgency.MOST: Face(URGENCIES[Urgency.MOST], "danger", "lightning-charge"),
}


class State(StrEnum):
    """Where a letter stands."""

    REGISTERED = "registered"
    PASSED = "passed"
    DONE = "done"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What is done to a letter; the name of its step too."""

    PASS = "passed"  # noqa: S105 - a letter is passed on
    FINISH = "finished"
    REOPEN = "reopened"
    CANCEL = "cancelled"


OPEN = (State.REGISTERED, State.PASSED)
LETTERS = StateTable(
    {
        (State.REGISTERED, Action.PASS): State.PASSED,
        (State.PASSED, Action.PASS): State.PASSED,
        (State.REGISTERED, Action.FINISH): State.DONE,
        (State.PASSED, Action.FINISH): State.DONE,
        (State.DONE, Action.REOPEN): State.REGISTERED,
        (State.REGISTERED, Action.CANCEL): State.CANCELLED,
        (State.PASSED, Action.CANCEL): State.CANCELLED,
        (State.DONE, Action.CANCEL): State.CANCELLED,
    },
    faces={
        State.REGISTERED: Face(_lp("letter", "Registered"), "info", "inbox"),
        State.PASSED: Face(_lp("letter", "Passed on"), "progress", "send"),
        State.DONE: Face(_lp("letter", "Done"), "ok", "check-circle"),
        State.CANCELLED: Face(_lp("letter", "Cancelled"), "muted", "x-circle"),
    },
    acts={
        Action.PASS: _lp("letter", "Pass on"),
        Action.FINISH: _lp("letter", "Finish"),
        Action.REOPEN: _lp("letter", "Open again"),
        Action.CANCEL: _lp("letter", "Cancel the number"),
    },
)
STEP_WORDS = {
    Action.PASS: _lp("letter", "Passed on to %(name)s"),
    Action.FINISH: _lp("letter", "Done"),
    Action.REOPEN: _lp("letter", "Opened again"),
    Action.CANCEL: _lp("letter", "Number cancelled"),
}
