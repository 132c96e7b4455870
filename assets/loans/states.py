"""The states of a loan's line, the places of use, and how things come back."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class LineState(StrEnum):
    """How far one item of a loan has come; overdue is no state, the due date tells it."""

    REQUESTED = "requested"
    APPROVED = "approved"
    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class LineAction(StrEnum):
    """What can be done to a line."""

    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    HAND_OVER = "hand_over"
    EXTEND = "extend"
    TAKE_BACK = "take_back"
    LOSE = "lose"


class PlaceKind(StrEnum):
    """Where the things are used; it decides who approves (clause 208, R-L1)."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    OTHER_AGENCY = "other_agency"


class Outcome(StrEnum):
    """How one item came back, as the desk saw it (clause 209, R-L5)."""

    GOOD = "good"
    DAMAGED = "damaged"
    WORN_OUT = "worn_out"
    INCOMPLETE = "incomplete"
    LOST = "lost"


LINES = StateTable(
    {
        (LineState.REQUESTED, LineAction.APPROVE): LineState.APPROVED,
        (LineState.REQUESTED, LineAction.REJECT): LineState.REJECTED,
        (LineState.REQUESTED, LineAction.CANCEL): LineState.CANCELLED,
        (LineState.APPROVED, LineAction.CANCEL): LineState.CANCELLED,
        (LineState.APPROVED, LineAction.HAND_OVER): LineState.OUT,
        (LineState.OUT, LineAction.EXTEND): LineState.OUT,
        (LineState.OUT, LineAction.TAKE_BACK): LineState.RETURNED,
        (LineState.OUT, LineAction.LOSE): LineState.LOST,
    },
    faces={
        LineState.REQUESTED: Face(_lp("loan", "Requested"), "neutral", "hourglass-split"),
        LineState.APPROVED: Face(_lp("loan", "Approved"), "info", "check-circle"),
        LineState.OUT: Face(_lp("loan", "Out"), "info", "box-arrow-up-right"),
        LineState.RETURNED: Face(_lp("loan", "Returned"), "ok", "check-circle"),
        LineState.LOST: Face(_lp("loan", "Lost"), "danger", "question-circle"),
        LineState.REJECTED: Face(_lp("loan", "Rejected"), "danger", "x-circle"),
        LineState.CANCELLED: Face(_lp("loan", "Cancelled"), "muted", "dash-circle"),
    },
    acts={
        LineAction.APPROVE: _lp("loan", "Approve"),
        LineAction.REJECT: _lp("loan", "Reject"),
        LineAction.CANCEL: _lp("loan", "Cancel the request"),
        LineAction.HAND_OVER: _l("Hand over"),
        LineAction.EXTEND: _l("Extend"),
        LineAction.TAKE_BACK: _l("Take back"),
        LineAction.LOSE: _l("Report as lost"),
    },
)
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
