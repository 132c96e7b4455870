"""Kinds of movements, slips and supplies; the states of a slip and of a count."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class SupplyClass(StrEnum):
    """The classes of supplies as the state's budget names them (ประเภทวัสดุ)."""

    OFFICE = "office"
    COMPUTER = "computer"
    ELECTRICAL = "electrical"
    HOUSEHOLD = "household"
    EDUCATION = "education"
    PUBLICITY = "publicity"
    CONSTRUCTION = "construction"
    VEHICLE = "vehicle"
    FUEL = "fuel"
    MEDICAL = "medical"
    OTHER = "other"


class Kind(StrEnum):
    """Why the quantity of a store changed."""

    OPENED = "opened"
    RECEIVED = "received"
    ISSUED = "issued"
    GIVEN_BACK = "given_back"
    ADJUSTED = "adjusted"
    LOST = "lost"
    SENT = "sent"
    ARRIVED = "arrived"
    CAME_BACK = "came_back"
    COUNTED = "counted"


class SlipKind(StrEnum):
    """What a document of the store is."""

    OPENING = "opening"
    RECEIPT = "receipt"
    ISSUE = "issue"
    RETURN = "return"
    ADJUSTMENT = "adjustment"
    TRANSFER = "transfer"
    LOSS = "loss"
    COUNT = "count"


class SlipState(StrEnum):
    """How far a document has come; most are posted the moment they are written."""

    SUBMITTED = "submitted"
    SENT = "sent"
    POSTED = "posted"
    REFUSED = "refused"
    RECALLED = "recalled"


class SlipAction(StrEnum):
    """What can be done with a document that is not posted yet."""

    APPROVE = "approve"
    REFUSE = "refuse"
    ACCEPT = "accept"
    DECLINE = "decline"
    RECALL = "recall"


class CountState(StrEnum):
    """How far a stock count has come."""

    OPEN = "open"
    REVIEWING = "reviewing"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class CountAction(StrEnum):
    """What can be done with a stock count; RETURN is an approval that was not given."""

    COUNT = "count"
    FINISH = "finish"
    REOPEN = "reopen"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    CLOSE = "close"
    CANCEL = "cancel"


SLIPS = StateTable(
    {
        (SlipState.SUBMITTED, SlipAction.APPROVE): SlipState.POSTED,
        (SlipState.SUBMITTED, SlipAction.REFUSE): SlipState.REFUSED,
        (SlipState.SENT, SlipAction.ACCEPT): SlipState.POSTED,
        (SlipState.SENT, SlipAction.DECLINE): SlipState.REFUSED,
        (SlipState.SENT, SlipAction.RECALL): SlipState.RECALLED,
    },
    faces={
        SlipState.SUBMITTED: Face(
            _lp("stock slip", "Waiting for approval"), "progress", "hourglass-split"
        ),
        SlipState.SENT: Face(_lp("stock slip", "On its way"), "progress", "truck"),
        SlipState.POSTED: Face(_lp("stock slip", "Posted"), "ok", "check-circle"),
        SlipState.REFUSED: Face(_lp("stock slip", "Refused"), "danger", "x-circle"),
        SlipState.RECALLED: Face(_lp("stock slip", "Taken back"), "muted", "dash-circle"),
    },
    acts={
        SlipAction.APPROVE: _lp("stock slip", "Approve"),
        SlipAction.REFUSE: _lp("stock slip", "Do not approve"),
        SlipAction.ACCEPT: _lp("stock slip", "Confirm the arrival"),
        SlipAction.DECLINE: _lp("stock slip", "Decline all of it"),
        SlipAction.RECALL: _lp("stock slip", "Take back"),
    },
)
COUNTS = StateTable(
    {
        (CountState.OPEN, CountAction.COUNT): CountState.OPEN,
        (CountState.OPEN, CountAction.FINISH): CountState.REVIEWING,
        (CountState.OPEN, CountAction.CANCEL): CountState.CANCELLED,
        (CountState.REVIEWING, CountAction.REOPEN): CountState.OPEN,
        (CountState.REVIEWING, CountAction.SUBMIT): CountState.SUBMITTED,
        (CountState.REVIEWING, CountAction.CLOSE): CountState.CLOSED,
        (CountState.REVIEWING, CountAction.CANCEL): CountState.CANCELLED,
        (CountState.SUBMITTED, CountAction.RETURN): CountState.REVIEWING,
        (CountState.SUBMITTED, CountAction.APPROVE): CountState.CLOSED,
    },
    faces={
        CountState.OPEN: Face(_lp("stock count", "Being counted"), "progress", "clipboard-check"),
        CountState.REVIEWING: Face(_lp("stock count", "Being compared"), "info", "list-check"),
        CountState.SUBMITTED: Face(
            _lp("stock count", "Waiting for approval"), "progress", "hourglass-split"
        ),
        CountState.CLOSED: Face(_lp("stock count", "Closed"), "ok", "check-circle"),
        CountState.CANCELLED: Face(_lp("stock count", "Cancelled"), "muted", "dash-circle"),
    },
    acts={
        CountAction.COUNT: _lp("stock count", "Write down what is there"),
        CountAction.FINISH: _lp("stock count", "Counting is done"),
        CountAction.REOPEN: _lp("stock count", "Count on"),
        CountAction.SUBMIT: _lp("stock count", "Ask for approval"),
        CountAction.RETURN: _lp("stock count", "Send back"),
        CountAction.APPROVE: _lp("stock count", "Approve"),
        CountAction.CLOSE: _lp("stock count", "Close without differences"),
        CountAction.CANCEL: _lp("stock count", "Cancel the count"),
    },
)
CLASSES = {
    SupplyClass.OFFICE: _l("Office supplies"),
    SupplyClass.COMPUTER: _l("Computer supplies"),
    SupplyClass.ELECTRICAL: _l("Electrical and radio supplies"),
    SupplyClass.HOUSEHOLD: _l("Household and kitchen supplies"),
    SupplyClass.EDUCATION: _l("Education supplies"),
    SupplyClass.PUBLICITY: _l("Publicity supplies"),
    SupplyClass.CONSTRUCTION: _l("Construction supplies"),
    SupplyClass.VEHICLE: _l("Vehicle supplies"),
    SupplyClass.FUEL: _l("Fuel and lubricants"),
    SupplyClass.MEDICAL: _l("Medical supplies"),
    SupplyClass.OTHER: _l("Other supplies"),
}
KINDS = {
    Kind.OPENED: Face(_lp("stock movement", "Opening balance"), "neutral", "flag"),
    Kind.RECEIVED: Face(_lp("stock movement", "Received"), "ok", "box-arrow-in-down"),
    Kind.ISSUED: Face(_lp("stock movement", "Issued"), "info", "box-arrow-up"),
    Kind.GIVEN_BACK: Face(_lp("stock movement", "Given back"), "ok", "arrow-left"),
    Kind.ADJUSTED: Face(_lp("stock movement", "Corrected"), "warn", "pencil"),
    Kind.LOST: Face(_lp("stock movement", "Written off"), "danger", "x-circle"),
    Kind.SENT: Face(_lp("stock movement", "Sent to another store"), "progress", "truck"),
    Kind.ARRIVED: Face(_lp("stock movement", "Arrived from another store"), "ok", "truck"),
    Kind.CAME_BACK: Face(_lp("stock movement", "Came back from the way"), "warn", "arrow-left"),
    Kind.COUNTED: Face(_lp("stock movement", "Corrected by a count"), "warn", "clipboard-check"),
}
SLIP_KINDS = {
    SlipKind.OPENING: _lp("stock slip", "Opening balances"),
    SlipKind.RECEIPT: _lp("stock slip", "Receipt"),
    SlipKind.ISSUE: _lp("stock slip", "Issue slip"),
    SlipKind.RETURN: _lp("stock slip", "Return"),
    SlipKind.ADJUSTMENT: _lp("stock slip", "Correction"),
    SlipKind.TRANSFER: _lp("stock slip", "Transfer between stores"),
    SlipKind.LOSS: _lp("stock slip", "Write-off"),
    SlipKind.COUNT: _lp("stock slip", "Stock count"),
}
