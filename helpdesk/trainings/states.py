"""States of sessions and of places in them."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class SessionState(StrEnum):
    """Where a session stands."""

    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


class SessionAction(StrEnum):
    """What is done with a session."""

    CHANGE = "change"
    ENROL = "enrol"
    ATTEND = "attend"
    FINISH = "finish"
    CANCEL = "cancel"


SESSIONS = StateTable(
    {
        (SessionState.OPEN, SessionAction.CHANGE): SessionState.OPEN,
        (SessionState.OPEN, SessionAction.ENROL): SessionState.OPEN,
        (SessionState.OPEN, SessionAction.ATTEND): SessionState.OPEN,
        (SessionState.OPEN, SessionAction.FINISH): SessionState.HELD,
        (SessionState.OPEN, SessionAction.CANCEL): SessionState.CANCELLED,
    },
    faces={
        SessionState.OPEN: Face(_p("training", "open for enrolment"), "progress", "calendar-check"),
        SessionState.HELD: Face(_p("training", "held"), "ok", "check-circle"),
        SessionState.CANCELLED: Face(_p("training", "cancelled"), "muted", "calendar-x"),
    },
    acts={
        SessionAction.CHANGE: _l("Edit"),
        SessionAction.ENROL: _p("training", "Enrol"),
        SessionAction.ATTEND: _l("Note attendance"),
        SessionAction.FINISH: _l("Finish and give certificates"),
        SessionAction.CANCEL: _l("Cancel the training"),
    },
)


class State(StrEnum):
    """Where somebody's place stands."""

    ASKED = "asked"
    ENROLLED = "enrolled"
    QUEUED = "queued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What is done with a place."""

    SEAT = "seat"
    QUEUE = "queue"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


PLACES = StateTable(
    {
        (State.ASKED, Action.SEAT): State.ENROLLED,
        (State.ASKED, Action.QUEUE): State.QUEUED,
        (State.ASKED, Action.REFUSE): State.REFUSED,
        (State.ASKED, Action.WITHDRAW): State.WITHDRAWN,
        (State.QUEUED, Action.SEAT): State.ENROLLED,
        (State.QUEUED, Action.WITHDRAW): State.WITHDRAWN,
        (State.ENROLLED, Action.WITHDRAW): State.WITHDRAWN,
    },
    faces={
        State.ASKED: Face(_p("training", "waits for approval"), "progress", "hourglass"),
        State.ENROLLED: Face(_p("training", "has a seat"), "ok", "person-check"),
        State.QUEUED: Face(_p("training", "on the waiting list"), "warn", "list-ul"),
        State.REFUSED: Face(_p("training", "not approved"), "danger", "x-circle"),
        State.WITHDRAWN: Face(_p("training", "withdrawn"), "muted", "dash-circle"),
    },
    acts={
        Action.SEAT: _p("training", "Give a seat"),
        Action.QUEUE: _p("training", "Put on the waiting list"),
        Action.REFUSE: _p("training", "Refuse"),
        Action.WITHDRAW: _p("training", "Withdraw"),
    },
)
TAKEN = (State.ASKED, State.ENROLLED, State.QUEUED)
# Who was there on so many of a hundred days gets a certificate.
LEAST_PERCENT = 80
