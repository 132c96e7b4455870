"""The states of a request and of a loan's line, the places of use, how things come back."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class RequestState(StrEnum):
    """How far a request to borrow has come; a draft is still being put together."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    FETCHED = "fetched"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class RequestAction(StrEnum):
    """What can be done to a request; CLOSE ends one of which only a part was fetched.

    LAY_BACK is a hand-over undone at once: what was fetched waits at the counter again.
    """

    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    EXPIRE = "expire"
    FETCH = "fetch"
    CLOSE = "close"
    LAY_BACK = "lay_back"


class LineState(StrEnum):
    """How far one item of a loan has come; overdue is no state, the due date tells it.

    Handed in elsewhere: the borrower gave it to another unit and owes it no more, but it is not
    in its own store yet and cannot be lent. Undone: handed over by mistake, taken back at once.
    """

    OUT = "out"
    RETURNED_ELSEWHERE = "returned_elsewhere"
    RETURNED = "returned"
    LOST = "lost"
    UNDONE = "undone"


class LineAction(StrEnum):
    """What can be done to a line."""

    EXTEND = "extend"
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    LOSE = "lose"
    HAND_ON = "hand_on"
    FIND = "find"
    UNDO = "undo"


class PlaceKind(StrEnum):
    """Where the things are used; it decides who approves (clause 208, R-L1)."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    OTHER_AGENCY = "other_agency"


class SetUp(StrEnum):
    """What is to be set up for a meeting."""

    VIDEO = "video"
    SOUND = "sound"
    BOTH = "both"


class Outcome(StrEnum):
    """How one item came back, as the desk saw it (clause 209, R-L5)."""

    GOOD = "good"
    DAMAGED = "damaged"
    WORN_OUT = "worn_out"
    INCOMPLETE = "incomplete"
    LOST = "lost"


REQUESTS = StateTable(
    {
        (RequestState.DRAFT, RequestAction.WRITE): RequestState.DRAFT,
        (RequestState.DRAFT, RequestAction.SUBMIT): RequestState.REQUESTED,
        (RequestState.REQUESTED, RequestAction.APPROVE): RequestState.APPROVED,
        (RequestState.REQUESTED, RequestAction.REJECT): RequestState.REJECTED,
        (RequestState.REQUESTED, RequestAction.CANCEL): RequestState.CANCELLED,
        (RequestState.REQUESTED, RequestAction.EXPIRE): RequestState.EXPIRED,
        (RequestState.APPROVED, RequestAction.CANCEL): RequestState.CANCELLED,
        (RequestState.APPROVED, RequestAction.EXPIRE): RequestState.EXPIRED,
        (RequestState.APPROVED, RequestAction.FETCH): RequestState.FETCHED,
        (RequestState.APPROVED, RequestAction.CLOSE): RequestState.FETCHED,
        (RequestState.APPROVED, RequestAction.LAY_BACK): RequestState.APPROVED,
        (RequestState.FETCHED, RequestAction.LAY_BACK): RequestState.APPROVED,
    },
    faces={
        RequestState.DRAFT: Face(_lp("loan", "Draft"), "neutral", "pencil"),
        RequestState.REQUESTED: Face(_lp("loan", "Requested"), "progress", "hourglass-split"),
        RequestState.APPROVED: Face(_lp("loan", "Approved"), "ok", "check-circle"),
        RequestState.FETCHED: Face(_lp("loan", "Fetched"), "info", "box-arrow-up-right"),
        RequestState.REJECTED: Face(_lp("loan", "Rejected"), "danger", "x-circle"),
        RequestState.CANCELLED: Face(_lp("loan", "Cancelled"), "muted", "dash-circle"),
        RequestState.EXPIRED: Face(_lp("loan", "Not fetched in time"), "warn", "clock-history"),
    },
    acts={
        RequestAction.WRITE: _lp("loan", "Change"),
        RequestAction.SUBMIT: _lp("loan", "Send the request"),
        RequestAction.APPROVE: _lp("loan", "Approve"),
        RequestAction.REJECT: _lp("loan", "Reject"),
        RequestAction.CANCEL: _lp("loan", "Cancel the request"),
        RequestAction.EXPIRE: _lp("loan", "Let it expire"),
        RequestAction.FETCH: _l("Hand over"),
        RequestAction.CLOSE: _lp("loan", "Give the rest up"),
        RequestAction.LAY_BACK: _lp("loan", "Undo the hand-over"),
    },
)
LINES = StateTable(
    {
        (LineState.OUT, LineAction.EXTEND): LineState.OUT,
        (LineState.OUT, LineAction.HAND_IN): LineState.RETURNED_ELSEWHERE,
        (LineState.OUT, LineAction.TAKE_BACK): LineState.RETURNED,
        (LineState.OUT, LineAction.LOSE): LineState.LOST,
        (LineState.RETURNED_ELSEWHERE, LineAction.TAKE_BACK): LineState.RETURNED,
        (LineState.RETURNED_ELSEWHERE, LineAction.LOSE): LineState.LOST,
        (LineState.OUT, LineAction.HAND_ON): LineState.RETURNED,
        (LineState.OUT, LineAction.UNDO): LineState.UNDONE,
        (LineState.LOST, LineAction.FIND): LineState.RETURNED,
    },
    faces={
        LineState.OUT: Face(_lp("loan", "Out"), "info", "box-arrow-up-right"),
        LineState.RETURNED_ELSEWHERE: Face(_lp("loan", "Handed in elsewhere"), "warn", "truck"),
        LineState.RETURNED: Face(_lp("loan", "Returned"), "ok", "check-circle"),
        LineState.LOST: Face(_lp("loan", "Lost"), "danger", "question-circle"),
        LineState.UNDONE: Face(_lp("loan", "Undone"), "muted", "arrow-counterclockwise"),
    },
    acts={
        LineAction.EXTEND: _l("Extend"),
        LineAction.HAND_IN: _lp("loan", "Hand in elsewhere"),
        LineAction.TAKE_BACK: _l("Take back"),
        LineAction.LOSE: _l("Report as lost"),
        LineAction.HAND_ON: _lp("loan", "Hand on"),
        LineAction.FIND: _lp("loan", "It was found"),
        LineAction.UNDO: _lp("loan", "Undo the hand-over"),
    },
)
# Not back in the own store: the item has a hold and cannot be lent.
NOT_BACK = (LineState.OUT, LineState.RETURNED_ELSEWHERE)
SET_UPS = {
    SetUp.VIDEO: _l("Video conference"),
    SetUp.SOUND: _l("Sound"),
    SetUp.BOTH: _l("Video conference and sound"),
}
PLACES = {
    PlaceKind.INSIDE: _l("Inside the premises"),
    PlaceKind.OUTSIDE: _l("Outside the premises"),
    PlaceKind.OTHER_AGENCY: _l("By another agency"),
}
APPROVERS = {
    PlaceKind.INSIDE: _l("Head of the unit that is responsible for the items"),
    PlaceKind.OUTSIDE: _l("Director"),
    PlaceKind.OTHER_AGENCY: _l("Director of the lending agency"),
}
OUTCOMES = {
    Outcome.GOOD: Face(_lp("came back", "Good"), "ok", "check-circle"),
    Outcome.DAMAGED: Face(_lp("came back", "Damaged"), "danger", "exclamation-triangle"),
    Outcome.WORN_OUT: Face(_lp("came back", "Worn out"), "warn", "clock-history"),
    Outcome.INCOMPLETE: Face(_lp("came back", "Parts missing"), "warn", "exclamation-circle"),
    Outcome.LOST: Face(_lp("came back", "Lost"), "danger", "question-circle"),
}
