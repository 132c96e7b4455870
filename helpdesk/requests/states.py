"""The states of a request, the acts that lead on, and the kinds of fields a form may have."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far a request has come.

    "Sent back" is no state: the approval says it, which the asker may answer on its own page too.
    """

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    DONE = "done"
    CLOSED = "closed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to a request; CHANGE makes an approval void and begins anew."""

    SEND = "send"
    ANSWER = "answer"
    RECALL = "recall"
    APPROVE = "approve"
    REJECT = "reject"
    CHANGE = "change"
    FINISH = "finish"
    CONFIRM = "confirm"
    COMPLAIN = "complain"
    CANCEL = "cancel"


class FieldKind(StrEnum):
    """What a field of a form asks for."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MANY = "many"
    YES_NO = "yes_no"
    PERSON = "person"
    UNIT = "unit"
    ITEM = "item"
    FILE = "file"


class Route(StrEnum):
    """The ways of approval that a simple kind may take; the engine keeps their steps."""

    HEAD = "head"
    HEAD_HANDLER = "head_handler"
    HEAD_DIRECTOR = "head_director"
    HANDLER = "handler"


class Act(StrEnum):
    """What happened beside the approval, as the story of a request keeps it."""

    DRAFTED = "drafted"
    LOWERED = "lowered"
    OPENED = "opened"
    ISSUED = "issued"
    CARRIED = "carried"
    FINISHED = "finished"
    CONFIRMED = "confirmed"
    COMPLAINED = "complained"
    CANCELLED = "cancelled"
    COMMENTED = "commented"


REQUESTS = StateTable(
    {
        (State.DRAFT, Action.SEND): State.WAITING,
        (State.DRAFT, Action.CANCEL): State.CANCELLED,
        (State.WAITING, Action.ANSWER): State.WAITING,
        (State.WAITING, Action.RECALL): State.DRAFT,
        (State.WAITING, Action.APPROVE): State.APPROVED,
        (State.WAITING, Action.REJECT): State.REJECTED,
        (State.WAITING, Action.CANCEL): State.CANCELLED,
        (State.APPROVED, Action.CHANGE): State.DRAFT,
        (State.APPROVED, Action.FINISH): State.DONE,
        (State.APPROVED, Action.CANCEL): State.CANCELLED,
        (State.DONE, Action.CONFIRM): State.CLOSED,
        (State.DONE, Action.COMPLAIN): State.APPROVED,
    },
    faces={
        State.DRAFT: Face(_p("request", "Draft"), "neutral", "pencil"),
        State.WAITING: Face(_p("request", "Waiting for approval"), "progress", "hourglass-split"),
        State.APPROVED: Face(_p("request", "Approved, being carried out"), "info", "tools"),
        State.DONE: Face(_p("request", "Carried out, please confirm"), "warn", "check-circle"),
        State.CLOSED: Face(_p("request", "Finished"), "ok", "check2-all"),
        State.REJECTED: Face(_p("request", "Not approved"), "danger", "x-circle"),
        State.CANCELLED: Face(_p("request", "Cancelled"), "muted", "dash-circle"),
    },
    acts={
        Action.SEND: _p("request", "Send for approval"),
        Action.ANSWER: _p("request", "Answer and send again"),
        Action.RECALL: _p("request", "Take back to change it"),
        Action.APPROVE: _p("request", "Approve"),
        Action.REJECT: _p("request", "Do not approve"),
        Action.CHANGE: _p("request", "Change what was approved"),
        Action.FINISH: _p("request", "It is carried out"),
        Action.CONFIRM: _p("request", "Confirm that it is done"),
        Action.COMPLAIN: _p("request", "It is not done yet"),
        Action.CANCEL: _p("request", "Cancel the request"),
    },
)
NUMBERLESS = (State.DRAFT, State.CANCELLED)
OPEN = (State.DRAFT, State.WAITING, State.APPROVED, State.DONE)
SENT_BACK = "sent_back"
SENT_BACK_FACE = Face(_p("request", "Sent back with a question"), "warn", "reply")
MOMENTS = {
    Act.DRAFTED: Face(_p("request act", "Began a draft"), "neutral", "pencil"),
    Act.LOWERED: Face(_p("request act", "Lowered a quantity"), "warn", "arrow-down"),
    Act.OPENED: Face(_p("request act", "Handed to the technicians"), "progress", "tools"),
    Act.ISSUED: Face(_p("request act", "Handed out materials"), "progress", "box-arrow-up"),
    Act.CARRIED: Face(_p("request act", "Carried out a part"), "progress", "tools"),
    Act.FINISHED: Face(_p("request act", "Carried out"), "ok", "check-circle"),
    Act.CONFIRMED: Face(_p("request act", "Confirmed that it is done"), "ok", "check2-all"),
    Act.COMPLAINED: Face(
        _p("request act", "Said that it is not done"), "danger", "arrow-counterclockwise"
    ),
    Act.CANCELLED: Face(_p("request act", "Cancelled"), "muted", "dash-circle"),
    Act.COMMENTED: Face(_p("request act", "Wrote"), "neutral", "chat-left"),
}
FIELD_KINDS = {
    FieldKind.TEXT: _p("field", "Short text"),
    FieldKind.LONG: _p("field", "Long text"),
    FieldKind.NUMBER: _p("field", "Number"),
    FieldKind.DATE: _p("field", "Day"),
    FieldKind.CHOICE: _p("field", "One of several"),
    FieldKind.MANY: _p("field", "Some of several"),
    FieldKind.YES_NO: _p("field", "Yes or no"),
    FieldKind.PERSON: _p("field", "Person"),
    FieldKind.UNIT: _p("field", "School or group"),
    FieldKind.ITEM: _p("field", "Item of the register"),
    FieldKind.FILE: _p("field", "Files"),
}
WITH_OPTIONS = (FieldKind.CHOICE, FieldKind.MANY)
ROUTES = {
    Route.HEAD: _p("route", "The head of the asker's unit"),
    Route.HEAD_HANDLER: _p("route", "The head of the unit, then the head of who carries it out"),
    Route.HEAD_DIRECTOR: _p("route", "The head of the unit, then the director"),
    Route.HANDLER: _p("route", "Only the head of who carries it out"),
}
