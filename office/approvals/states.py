"""The states of an approval and of its steps; where a step looks for signers; how one signs."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far an approval has come."""

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    REJECTED = "rejected"
    RECALLED = "recalled"
    VOIDED = "voided"


class Action(StrEnum):
    """What can be done to an approval; SIGN leaves further steps, FINISH is the last signature."""

    SIGN = "sign"
    FINISH = "finish"
    SEND_BACK = "send_back"
    REJECT = "reject"
    ANSWER = "answer"
    RECALL = "recall"
    REMIND = "remind"
    DELEGATE = "delegate"
    ASSIGN = "assign"
    VOID = "void"


class StepState(StrEnum):
    """How far one step has come; ENDED: the approval ended or began anew before it was signed."""

    PENDING = "pending"
    OPEN = "open"
    SIGNED = "signed"
    ENDED = "ended"


class Place(StrEnum):
    """Where a step looks for the people who sign it."""

    OWN_UNIT = "own_unit"
    UNIT_ABOVE = "unit_above"
    RESPONSIBLE = "responsible"
    UNIT = "unit"
    OFFICE = "office"
    PEOPLE = "people"
    GIVEN = "given"


class Origin(StrEnum):
    """How somebody came to be a signer of a step."""

    PATH = "path"
    DELEGATED = "delegated"
    ASSIGNED = "assigned"


class Capacity(StrEnum):
    """In which capacity somebody signs."""

    OWN = "own"
    ACTING = "acting"
    ON_DUTY = "on_duty"
    DELEGATED = "delegated"
    ASSIGNED = "assigned"


class Act(StrEnum):
    """What was done, as the story of an approval keeps it."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    REJECTED = "rejected"
    ANSWERED = "answered"
    RECALLED = "recalled"
    REMINDED = "reminded"
    DELEGATED = "delegated"
    ASSIGNED = "assigned"
    VOIDED = "voided"


APPROVALS = StateTable(
    {
        (State.WAITING, Action.SIGN): State.WAITING,
        (State.WAITING, Action.FINISH): State.APPROVED,
        (State.WAITING, Action.SEND_BACK): State.SENT_BACK,
        (State.WAITING, Action.REJECT): State.REJECTED,
        (State.WAITING, Action.RECALL): State.RECALLED,
        (State.WAITING, Action.REMIND): State.WAITING,
        (State.WAITING, Action.DELEGATE): State.WAITING,
        (State.WAITING, Action.ASSIGN): State.WAITING,
        (State.WAITING, Action.VOID): State.VOIDED,
        (State.SENT_BACK, Action.ANSWER): State.WAITING,
        (State.SENT_BACK, Action.RECALL): State.RECALLED,
        (State.SENT_BACK, Action.VOID): State.VOIDED,
        (State.APPROVED, Action.VOID): State.VOIDED,
    },
    faces={
        State.WAITING: Face(_p("approval", "Waiting for approval"), "progress", "hourglass-split"),
        State.SENT_BACK: Face(_p("approval", "Sent back"), "warn", "reply"),
        State.APPROVED: Face(_p("approval", "Approved"), "ok", "check-circle"),
        State.REJECTED: Face(_p("approval", "Not approved"), "danger", "x-circle"),
        State.RECALLED: Face(_p("approval", "Taken back"), "muted", "dash-circle"),
        State.VOIDED: Face(_p("approval", "Void"), "muted", "slash-circle"),
    },
    acts={
        Action.SIGN: _p("approval", "Approve"),
        Action.FINISH: _p("approval", "Approve"),
        Action.SEND_BACK: _p("approval", "Send back"),
        Action.REJECT: _p("approval", "Do not approve"),
        Action.ANSWER: _p("approval", "Answer"),
        Action.RECALL: _p("approval", "Take back"),
        Action.REMIND: _p("approval", "Remind"),
        Action.DELEGATE: _p("approval", "Hand on"),
        Action.ASSIGN: _p("approval", "Name a signer"),
        Action.VOID: _p("approval", "Make void"),
    },
)
OPEN_STATES = (State.WAITING, State.SENT_BACK)
STEP_FACES = {
    StepState.PENDING: Face(_p("step", "Comes later"), "muted", "circle"),
    StepState.OPEN: Face(_p("step", "Waiting"), "progress", "hourglass-split"),
    StepState.SIGNED: Face(_p("step", "Signed"), "ok", "check-circle"),
    StepState.ENDED: Face(_p("step", "Ended"), "muted", "dash-circle"),
}
PLACES = {
    Place.OWN_UNIT: _l("In the unit of who asks"),
    Place.UNIT_ABOVE: _l("In the unit above that"),
    Place.RESPONSIBLE: _l("In the unit responsible for the thing"),
    Place.UNIT: _l("In the unit chosen here"),
    Place.OFFICE: _l("For the whole office"),
    Place.PEOPLE: _l("The people named here"),
    Place.GIVEN: _l("The people named in the request"),
}
CAPACITIES = {
    Capacity.OWN: "",
    Capacity.ACTING: _p("capacity", "acting in the post of"),
    Capacity.ON_DUTY: _p("capacity", "on duty in place of"),
    Capacity.DELEGATED: _p("capacity", "by delegation of"),
    Capacity.ASSIGNED: _p("capacity", "named by an administrator"),
}
STAND_IN_CAPACITIES = (Capacity.ACTING, Capacity.ON_DUTY)
ACTS = {
    Act.SUBMITTED: Face(_p("approval act", "Asked for approval"), "neutral", "send"),
    Act.APPROVED: Face(_p("approval act", "Approved"), "ok", "check-circle"),
    Act.SENT_BACK: Face(_p("approval act", "Sent back"), "warn", "reply"),
    Act.REJECTED: Face(_p("approval act", "Did not approve"), "danger", "x-circle"),
    Act.ANSWERED: Face(_p("approval act", "Answered"), "info", "chat-left-text"),
    Act.RECALLED: Face(_p("approval act", "Took back"), "neutral", "dash-circle"),
    Act.REMINDED: Face(_p("approval act", "Reminded"), "neutral", "bell"),
    Act.DELEGATED: Face(_p("approval act", "Handed on"), "neutral", "arrow-right"),
    Act.ASSIGNED: Face(_p("approval act", "Named a signer"), "warn", "person-plus"),
    Act.VOIDED: Face(_p("approval act", "Made void"), "danger", "slash-circle"),
}
