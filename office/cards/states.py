"""The states of a user card and of a batch; why a card is asked for; who may hold one."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far a card has come.

    "Expired" is no state: a card ends at midnight of its last day whether or not a job ran, so it
    is read off ``valid_until`` wherever a card is looked at.
    """

    REQUESTED = "requested"
    APPROVED = "approved"
    PRINTED = "printed"
    HANDED_OVER = "handed_over"
    LOST = "lost"
    REVOKED = "revoked"
    REPLACED = "replaced"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to a card."""

    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    PRINT = "print"
    HAND_OVER = "hand_over"
    REPORT_LOST = "report_lost"
    REVOKE = "revoke"
    REPLACE = "replace"


class Reason(StrEnum):
    """Why a card is asked for, in the words of form F07."""

    FIRST = "first"
    EXPIRED = "expired"
    LOST = "lost"
    DAMAGED = "damaged"
    CHANGED = "changed"


class StaffKind(StrEnum):
    """The types of staff that form F07 knows."""

    CIVIL_SERVANT = "civil_servant"
    GOVERNMENT_EMPLOYEE = "government_employee"
    PERMANENT = "permanent"
    TEMPORARY = "temporary"


class Validity(StrEnum):
    """Whether a card works now, and why not."""

    VALID = "valid"
    NOT_ISSUED = "not_issued"
    EXPIRED = "expired"
    LOST = "lost"
    REVOKED = "revoked"
    REPLACED = "replaced"
    LEFT = "left"


class BatchState(StrEnum):
    """How far the cards of a whole school have come."""

    READ = "read"
    APPLYING = "applying"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ENDED = "ended"


class RowOutcome(StrEnum):
    """What becomes, or became, of one row of a batch."""

    READY = "ready"
    NEW_PERSON = "new_person"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    TWICE = "twice"
    HAS_REQUEST = "has_request"
    INCOMPLETE = "incomplete"
    NO_PHOTO = "no_photo"
    PHOTO_UNCLEAR = "photo_unclear"
    PHOTO_SMALL = "photo_small"
    PHOTO_BAD = "photo_bad"
    DONE = "done"
    REFUSED = "refused"


IN_THE_MAKING = (State.REQUESTED, State.APPROVED, State.PRINTED)
TO_PRINT = (State.APPROVED, State.PRINTED)
NUMBERLESS = (State.REQUESTED, State.REJECTED, State.CANCELLED)
CARDS = StateTable(
    {
        (State.REQUESTED, Action.APPROVE): State.APPROVED,
        (State.REQUESTED, Action.REJECT): State.REJECTED,
        (State.REQUESTED, Action.CANCEL): State.CANCELLED,
        (State.APPROVED, Action.PRINT): State.PRINTED,
        (State.APPROVED, Action.REVOKE): State.REVOKED,
        (State.PRINTED, Action.PRINT): State.PRINTED,
        (State.PRINTED, Action.HAND_OVER): State.HANDED_OVER,
        (State.PRINTED, Action.REVOKE): State.REVOKED,
        (State.HANDED_OVER, Action.REPORT_LOST): State.LOST,
        (State.HANDED_OVER, Action.REVOKE): State.REVOKED,
        (State.HANDED_OVER, Action.REPLACE): State.REPLACED,
    },
    faces={
        State.REQUESTED: Face(_p("user card", "Requested"), "progress", "hourglass-split"),
        State.APPROVED: Face(_p("user card", "Approved, to be printed"), "info", "printer"),
        State.PRINTED: Face(_p("user card", "Printed, to be handed over"), "info", "person-vcard"),
        State.HANDED_OVER: Face(_p("user card", "Valid"), "ok", "check-circle"),
        State.LOST: Face(_p("user card", "Reported lost"), "danger", "exclamation-triangle"),
        State.REVOKED: Face(_p("user card", "Revoked"), "danger", "slash-circle"),
        State.REPLACED: Face(_p("user card", "Replaced by a new one"), "muted", "arrow-repeat"),
        State.REJECTED: Face(_p("user card", "Not approved"), "danger", "x-circle"),
        State.CANCELLED: Face(_p("user card", "Taken back"), "muted", "dash-circle"),
    },
    acts={
        Action.APPROVE: _p("user card", "Approve"),
        Action.REJECT: _p("user card", "Do not approve"),
        Action.CANCEL: _p("user card", "Take back"),
        Action.PRINT: _p("user card", "Print"),
        Action.HAND_OVER: _p("user card", "Hand over"),
        Action.REPORT_LOST: _p("user card", "Report as lost"),
        Action.REVOKE: _p("user card", "Revoke"),
        Action.REPLACE: _p("user card", "Replace"),
    },
)
VALIDITIES = {
    Validity.VALID: Face(_p("user card", "This card is valid"), "ok", "check-circle"),
    Validity.NOT_ISSUED: Face(
        _p("user card", "This card has not been handed over"), "warn", "hourglass-split"
    ),
    Validity.EXPIRED: Face(_p("user card", "This card has expired"), "danger", "calendar-x"),
    Validity.LOST: Face(
        _p("user card", "This card was reported lost"), "danger", "exclamation-triangle"
    ),
    Validity.REVOKED: Face(_p("user card", "This card was revoked"), "danger", "slash-circle"),
    Validity.REPLACED: Face(
        _p("user card", "This card was replaced by a new one"), "danger", "arrow-repeat"
    ),
    Validity.LEFT: Face(_p("user card", "The holder of this card has left"), "danger", "person-x"),
}
EXPIRED_FACE = Face(_p("user card", "Expired"), "danger", "calendar-x")
REASONS = {
    Reason.FIRST: _p("reason for a card", "My first card"),
    Reason.EXPIRED: _p("reason for a card", "The card has expired or soon will"),
    Reason.LOST: _p("reason for a card", "The card is lost"),
    Reason.DAMAGED: _p("reason for a card", "The card is damaged"),
    Reason.CHANGED: _p("reason for a card", "Name or position has changed"),
}
STAFF_KINDS = {
    StaffKind.CIVIL_SERVANT: _p("type of staff", "Civil servant teacher or education officer"),
    StaffKind.GOVERNMENT_EMPLOYEE: _p("type of staff", "Government employee"),
    StaffKind.PERMANENT: _p("type of staff", "Permanent employee"),
    StaffKind.TEMPORARY: _p("type of staff", "Temporary employee"),
}
BATCHES = {
    BatchState.READ: Face(_l("Waiting for your decision"), "warn", "eye"),
    BatchState.APPLYING: Face(_p("card batch", "Being made"), "progress", "hourglass-split"),
    BatchState.SUBMITTED: Face(
        _p("card batch", "Waiting for approval"), "progress", "check-square"
    ),
    BatchState.APPROVED: Face(_p("card batch", "Approved"), "ok", "check-circle"),
    BatchState.ENDED: Face(_p("card batch", "Not approved"), "muted", "x-circle"),
}
ROWS = {
    RowOutcome.READY: Face(_p("card row", "Ready"), "ok", "check-circle"),
    RowOutcome.NEW_PERSON: Face(_p("card row", "New person, will be added"), "info", "person-plus"),
    RowOutcome.UNKNOWN: Face(
        _p("card row", "Nobody of this name is known in the unit"), "danger", "question-circle"
    ),
    RowOutcome.UNCLEAR: Face(_p("card row", "Several people fit"), "danger", "people"),
    RowOutcome.TWICE: Face(
        _p("card row", "Stands in an earlier row already"), "danger", "collection"
    ),
    RowOutcome.HAS_REQUEST: Face(
        _p("card row", "A card is being made already"), "warn", "hourglass-split"
    ),
    RowOutcome.INCOMPLETE: Face(_p("card row", "Name missing or too long"), "danger", "x-circle"),
    RowOutcome.NO_PHOTO: Face(_p("card row", "Photo missing"), "danger", "image"),
    RowOutcome.PHOTO_UNCLEAR: Face(_p("card row", "Several photos fit"), "danger", "collection"),
    RowOutcome.PHOTO_SMALL: Face(_p("card row", "Photo too small"), "danger", "image"),
    RowOutcome.PHOTO_BAD: Face(_p("card row", "Photo cannot be read"), "danger", "image"),
    RowOutcome.DONE: Face(_p("card row", "Card prepared"), "ok", "check-circle"),
    RowOutcome.REFUSED: Face(_p("card row", "Refused"), "danger", "x-circle"),
}
TAKEN_ROWS = (RowOutcome.READY, RowOutcome.NEW_PERSON)
