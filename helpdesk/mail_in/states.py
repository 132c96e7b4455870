"""What becomes of a mail that came in."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class State(StrEnum):
    """Where a mail is between the mailbox and its end."""

    STORED = "stored"
    TICKET = "ticket"
    REPLY = "reply"
    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BROKEN = "broken"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    LOOP = "loop"
    IGNORED = "ignored"


class Action(StrEnum):
    """What a person can do to a mail."""

    READ_AGAIN = "read_again"
    TAKE = "take"
    IGNORE = "ignore"


S, A = State, Action
# Somebody has to look at these; nothing was made of them.
WAITING = (S.UNKNOWN, S.TOO_MANY, S.BROKEN)
NOTHING_MADE = (*WAITING, S.TOO_LARGE, S.AUTOMATIC, S.BOUNCE, S.LOOP, S.IGNORED)

MAILS: StateTable[State, Action] = StateTable(
    {
        **{(state, A.READ_AGAIN): S.STORED for state in NOTHING_MADE if state != S.TOO_LARGE},
        **{(state, A.TAKE): S.TICKET for state in (S.UNKNOWN, S.TOO_MANY)},
        **{(state, A.IGNORE): S.IGNORED for state in (*WAITING, S.TOO_LARGE)},
    },
    faces={
        S.STORED: Face(_l("Kept, not read yet"), "info", "inbox"),
        S.TICKET: Face(_l("A ticket was made"), "ok", "check-circle"),
        S.REPLY: Face(_l("An answer on a ticket"), "ok", "chat-left-text"),
        S.UNKNOWN: Face(_l("Unknown sender"), "warn", "person"),
        S.TOO_LARGE: Face(_l("Too large"), "warn", "exclamation-circle"),
        S.TOO_MANY: Face(_l("Too many from one sender"), "warn", "exclamation-circle"),
        S.BROKEN: Face(_l("Could not be read"), "danger", "exclamation-triangle"),
        S.AUTOMATIC: Face(_l("Automatic reply"), "muted", "info-circle"),
        S.BOUNCE: Face(_l("Came back undelivered"), "muted", "info-circle"),
        S.LOOP: Face(_l("Our own mail"), "muted", "info-circle"),
        S.IGNORED: Face(_lp("mail", "Ignored"), "muted", "x-circle"),
    },
    acts={
        A.READ_AGAIN: _l("Read it again"),
        A.TAKE: _l("Make a ticket of it"),
        A.IGNORE: _l("Ignore it"),
    },
)
