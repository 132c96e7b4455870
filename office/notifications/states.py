"""The ways a message may go, the states of a delivery and what may happen to it."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class Way(StrEnum):
    """How a message leaves the service; the inbox has every message in any case."""

    MAIL = "mail"
    LINE = "line"
    PUSH = "push"


WAY_NAMES = {
    Way.MAIL: _lp("way", "E-mail"),
    Way.LINE: _lp("way", "LINE"),
    Way.PUSH: _lp("way", "On my devices"),
}


class Rhythm(StrEnum):
    """How a person wants the messages of a group on a way."""

    NOW = "now"
    DIGEST = "digest"
    OFF = "off"


class State(StrEnum):
    """Where a delivery is on its way."""

    WAITING = "waiting"
    COLLECTED = "collected"
    SENDING = "sending"
    SENT = "sent"
    STORED = "stored"
    UNSURE = "unsure"
    PARKED = "parked"
    FAILED = "failed"


class Action(StrEnum):
    """What the job or the administrator does to a delivery."""

    COLLECT = "collect"
    CLAIM = "claim"
    STORE = "store"
    CONFIRM = "confirm"
    POSTPONE = "postpone"
    PARK = "park"
    REJECT = "reject"
    LOSE = "lose"
    RESEND = "resend"


DELIVERIES = StateTable(
    {
        (State.COLLECTED, Action.COLLECT): State.STORED,
        (State.WAITING, Action.CLAIM): State.SENDING,
        (State.WAITING, Action.STORE): State.STORED,
        (State.WAITING, Action.POSTPONE): State.WAITING,
        (State.WAITING, Action.PARK): State.PARKED,
        (State.SENDING, Action.CONFIRM): State.SENT,
        (State.SENDING, Action.POSTPONE): State.WAITING,
        (State.SENDING, Action.PARK): State.PARKED,
        (State.SENDING, Action.REJECT): State.FAILED,
        (State.SENDING, Action.LOSE): State.UNSURE,
        (State.STORED, Action.RESEND): State.WAITING,
        (State.UNSURE, Action.RESEND): State.WAITING,
        (State.PARKED, Action.RESEND): State.WAITING,
        (State.FAILED, Action.RESEND): State.WAITING,
    },
    faces={
        State.WAITING: Face(_lp("message", "Waiting to be sent"), "info", "clock"),
        State.COLLECTED: Face(_lp("message", "For the digest"), "neutral", "collection"),
        State.SENDING: Face(_lp("message", "Being sent"), "progress", "send"),
        State.SENT: Face(_lp("message", "Sent"), "ok", "check-circle"),
        State.STORED: Face(_lp("message", "Inbox only"), "neutral", "inbox"),
        State.UNSURE: Face(_lp("message", "Unsure"), "warn", "question-circle"),
        State.PARKED: Face(_lp("message", "Given up"), "warn", "pause-circle"),
        State.FAILED: Face(_lp("message", "Refused"), "danger", "x-circle"),
    },
    acts={
        Action.COLLECT: _lp("message", "Put into the digest"),
        Action.CLAIM: _lp("message", "Send"),
        Action.STORE: _lp("message", "Keep in the inbox"),
        Action.CONFIRM: _lp("message", "Confirm"),
        Action.POSTPONE: _lp("message", "Try again later"),
        Action.PARK: _lp("message", "Give up"),
        Action.REJECT: _lp("message", "Record the refusal"),
        Action.LOSE: _lp("message", "Mark as unsure"),
        Action.RESEND: _lp("message", "Send again"),
    },
)
# What the administrator should look at.
TROUBLED = (State.UNSURE, State.PARKED, State.FAILED)
