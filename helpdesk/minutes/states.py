"""The states of a meeting, duties, replies, presence and the ways minutes are adopted."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class State(StrEnum):
    """Where a meeting stands."""

    DRAFT = "draft"
    CALLED = "called"
    HELD = "held"
    CIRCULATED = "circulated"
    ADOPTED = "adopted"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What is done to a meeting."""

    CALL = "call"
    HOLD = "hold"
    CIRCULATE = "circulate"
    REOPEN = "reopen"
    ADOPT = "adopt"
    CANCEL = "cancel"


MEETINGS = StateTable(
    {
        (State.DRAFT, Action.CALL): State.CALLED,
        (State.CALLED, Action.CALL): State.CALLED,
        (State.DRAFT, Action.HOLD): State.HELD,
        (State.CALLED, Action.HOLD): State.HELD,
        (State.HELD, Action.CIRCULATE): State.CIRCULATED,
        (State.CIRCULATED, Action.REOPEN): State.HELD,
        (State.CIRCULATED, Action.ADOPT): State.ADOPTED,
        (State.DRAFT, Action.CANCEL): State.CANCELLED,
        (State.CALLED, Action.CANCEL): State.CANCELLED,
    },
    faces={
        State.DRAFT: Face(_lp("meeting", "Draft"), "neutral", "pencil"),
        State.CALLED: Face(_lp("meeting", "Called"), "info", "megaphone"),
        State.HELD: Face(_lp("meeting", "Held, minutes to write"), "progress", "journal-text"),
        State.CIRCULATED: Face(_lp("meeting", "Minutes circulated"), "progress", "send"),
        State.ADOPTED: Face(_lp("meeting", "Minutes adopted"), "ok", "check-circle"),
        State.CANCELLED: Face(_lp("meeting", "Cancelled"), "muted", "x-circle"),
    },
    acts={
        Action.CALL: _lp("meeting", "Send the invitations"),
        Action.HOLD: _lp("meeting", "The meeting was held"),
        Action.CIRCULATE: _lp("meeting", "Circulate the minutes"),
        Action.REOPEN: _lp("meeting", "Correct the minutes"),
        Action.ADOPT: _lp("meeting", "Adopt the minutes"),
        Action.CANCEL: _lp("meeting", "Cancel the meeting"),
    },
)
# While nobody has the minutes in hand yet, agenda and people may be changed; minutes until then.
BEFORE = (State.DRAFT, State.CALLED)
WRITABLE = (State.DRAFT, State.CALLED, State.HELD)


class Duty(StrEnum):
    """What somebody is in a meeting; the order of the list of those present."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    GUEST = "guest"


DUTIES = {
    Duty.CHAIR: _lp("meeting", "Chair"),
    Duty.MEMBER: _lp("meeting", "Member"),
    Duty.SECRETARY: _lp("meeting", "Secretary"),
    Duty.GUEST: _lp("meeting", "Also attending"),
}


class Presence(StrEnum):
    """Whether somebody was there."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    DEPUTY = "deputy"
    ABSENT = "absent"


PRESENCES = {
    Presence.UNKNOWN: _lp("meeting", "not noted"),
    Presence.PRESENT: _lp("meeting", "present"),
    Presence.DEPUTY: _lp("meeting", "somebody else on behalf"),
    Presence.ABSENT: _lp("meeting", "absent"),
}


class Reply(StrEnum):
    """What an invited person answered."""

    NONE = "none"
    COMING = "coming"
    DECLINED = "declined"


REPLIES = {
    Reply.NONE: Face(_lp("meeting", "no reply yet"), "neutral", "question-circle"),
    Reply.COMING: Face(_lp("meeting", "comes"), "ok", "check-circle"),
    Reply.DECLINED: Face(_lp("meeting", "cannot come"), "warn", "x-circle"),
}


class Adopted(StrEnum):
    """The three ways in which minutes are adopted."""

    NEXT = "next"
    AT_ONCE = "at_once"
    CIRCULAR = "circular"


ADOPTED = {
    Adopted.NEXT: _lp("meeting", "at the next meeting"),
    Adopted.AT_ONCE: _lp("meeting", "in the meeting itself"),
    Adopted.CIRCULAR: _lp("meeting", "by circulating them"),
}
