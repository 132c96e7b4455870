"""The states of a case and of its items; why things are disposed of, and by which method."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far a case has come."""

    PROPOSED = "proposed"
    INVESTIGATING = "investigating"
    PREPARING = "preparing"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ORDERED = "ordered"
    CARRIED_OUT = "carried_out"
    STRUCK_OFF = "struck_off"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done with a case; RETURN is the approval that was not given or taken back."""

    EDIT = "edit"
    APPOINT = "appoint"
    GO_ON = "go_on"
    REPORT = "report"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    ORDER = "order"
    TAKE_OUT = "take_out"
    CARRY_OUT = "carry_out"
    STRIKE_OFF = "strike_off"
    NOTIFY = "notify"
    CLOSE = "close"
    FIND = "find"
    CANCEL = "cancel"


class LineState(StrEnum):
    """How far one item of a case has come."""

    LISTED = "listed"
    TAKEN_OUT = "taken_out"
    STRUCK_OFF = "struck_off"
    FOUND = "found"


class LineAction(StrEnum):
    """What can be done with one item of a case."""

    TAKE_OUT = "take_out"
    STRIKE_OFF = "strike_off"
    FIND = "find"


class Origin(StrEnum):
    """Where a proposal came from."""

    INSPECTION = "inspection"
    TICKET = "ticket"
    LOAN = "loan"
    HAND = "hand"


class Cause(StrEnum):
    """Why things are disposed of; only plain wear needs no fact-finding (clause 214)."""

    WEAR = "wear"
    DAMAGED = "damaged"
    LOST = "lost"
    NOT_NEEDED = "not_needed"


class Method(StrEnum):
    """How things are disposed of (clauses 215 and 217)."""

    SELL_AUCTION = "sell_auction"
    SELL_SPECIFIC_A = "sell_specific_a"
    SELL_SPECIFIC_B = "sell_specific_b"
    SELL_SPECIFIC_C = "sell_specific_c"
    EXCHANGE = "exchange"
    TRANSFER = "transfer"
    CONVERT = "convert"
    DESTROY = "destroy"
    WRITE_OFF = "write_off"


class Duty(StrEnum):
    """What a person does on the fact-finding committee."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


TABLE = {
    (State.PROPOSED, Action.EDIT): State.PROPOSED,
    (State.PROPOSED, Action.APPOINT): State.INVESTIGATING,
    (State.PROPOSED, Action.GO_ON): State.PREPARING,
    # A committee may be appointed anew: members leave, orders have mistakes.
    (State.INVESTIGATING, Action.APPOINT): State.INVESTIGATING,
    (State.INVESTIGATING, Action.REPORT): State.PREPARING,
    (State.PREPARING, Action.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Action.RETURN): State.PREPARING,
    (State.SUBMITTED, Action.APPROVE): State.APPROVED,
    (State.APPROVED, Action.RETURN): State.PREPARING,
    (State.APPROVED, Action.ORDER): State.ORDERED,
    (State.ORDERED, Action.CARRY_OUT): State.CARRIED_OUT,
    (State.CARRIED_OUT, Action.STRIKE_OFF): State.STRUCK_OFF,
    (State.STRUCK_OFF, Action.NOTIFY): State.STRUCK_OFF,
    (State.STRUCK_OFF, Action.CLOSE): State.CLOSED,
    # What was written off as lost may stand in a cupboard years later.
    (State.STRUCK_OFF, Action.FIND): State.STRUCK_OFF,
    (State.CLOSED, Action.FIND): State.CLOSED,
}
UNTIL_CARRIED_OUT = (
    State.PROPOSED,
    State.INVESTIGATING,
    State.PREPARING,
    State.SUBMITTED,
    State.APPROVED,
    State.ORDERED,
)
TABLE |= {(state, Action.TAKE_OUT): state for state in UNTIL_CARRIED_OUT}
TABLE |= {(state, Action.CANCEL): State.CANCELLED for state in UNTIL_CARRIED_OUT}
CASES = StateTable(
    TABLE,
    faces={
        State.PROPOSED: Face(_lp("disposal", "Proposed"), "neutral", "recycle"),
        State.INVESTIGATING: Face(_lp("disposal", "Fact-finding"), "progress", "search"),
        State.PREPARING: Face(_lp("disposal", "Method to be chosen"), "warn", "list-check"),
        State.SUBMITTED: Face(_lp("disposal", "Waiting for approval"), "progress", "send"),
        State.APPROVED: Face(_lp("disposal", "Approved"), "info", "check"),
        State.ORDERED: Face(_lp("disposal", "Ordered"), "info", "file-earmark-check"),
        State.CARRIED_OUT: Face(_lp("disposal", "Carried out"), "warn", "hand-thumbs-up"),
        State.STRUCK_OFF: Face(_lp("disposal", "Struck off"), "warn", "archive"),
        State.CLOSED: Face(_lp("disposal", "Closed"), "ok", "check-circle"),
        State.CANCELLED: Face(_lp("disposal", "Cancelled"), "muted", "dash-circle"),
    },
    acts={
        Action.EDIT: _lp("disposal", "Change the list"),
        Action.APPOINT: _lp("disposal", "Appoint the committee"),
        Action.GO_ON: _lp("disposal", "Go on without fact-finding"),
        Action.REPORT: _lp("disposal", "Report the findings"),
        Action.SUBMIT: _lp("disposal", "Submit for approval"),
        Action.RETURN: _lp("disposal", "Return"),
        Action.APPROVE: _lp("disposal", "Approve"),
        Action.ORDER: _lp("disposal", "Write down the order"),
        Action.TAKE_OUT: _lp("disposal", "Take out of the case"),
        Action.CARRY_OUT: _lp("disposal", "Carry out"),
        Action.STRIKE_OFF: _lp("disposal", "Strike off"),
        Action.NOTIFY: _lp("disposal", "Write down the reports"),
        Action.CLOSE: _lp("disposal", "Close the case"),
        Action.FIND: _lp("disposal", "Found again"),
        Action.CANCEL: _lp("disposal", "Cancel the case"),
    },
)
LINES = StateTable(
    {
        (LineState.LISTED, LineAction.TAKE_OUT): LineState.TAKEN_OUT,
        (LineState.LISTED, LineAction.STRIKE_OFF): LineState.STRUCK_OFF,
        (LineState.STRUCK_OFF, LineAction.FIND): LineState.FOUND,
    },
    faces={
        LineState.LISTED: Face(_lp("disposal line", "Listed"), "neutral", "list-ul"),
        LineState.TAKEN_OUT: Face(_lp("disposal line", "Taken out"), "muted", "dash-circle"),
        LineState.STRUCK_OFF: Face(_lp("disposal line", "Struck off"), "warn", "archive"),
        LineState.FOUND: Face(_lp("disposal line", "Found again"), "ok", "search"),
    },
    acts={
        LineAction.TAKE_OUT: _lp("disposal", "Take out of the case"),
        LineAction.STRIKE_OFF: _lp("disposal", "Strike off"),
        LineAction.FIND: _lp("disposal", "Found again"),
    },
)
OPEN = (*UNTIL_CARRIED_OUT, State.CARRIED_OUT)
REMOVED = (State.STRUCK_OFF, State.CLOSED)
ORIGINS = {
    Origin.INSPECTION: Face(_lp("disposal", "Annual inspection"), "info", "clipboard-check"),
    Origin.TICKET: Face(_lp("disposal", "Repair ticket"), "info", "tools"),
    Origin.LOAN: Face(_lp("disposal", "Loan"), "info", "arrow-left-right"),
    Origin.HAND: Face(_lp("disposal", "By hand"), "neutral", "pencil"),
}
CAUSES = {
    Cause.WEAR: _l("Worn out or damaged by ordinary use, or lost by nature"),
    Cause.DAMAGED: _l("Damaged, not by ordinary use"),
    Cause.LOST: _lp("disposal cause", "Lost"),
    Cause.NOT_NEEDED: _l("No longer needed by the agency"),
}
METHODS = {
    Method.SELL_AUCTION: _l("Sale by auction"),
    Method.SELL_SPECIFIC_A: _l("Specific sale: bought for 500,000 baht or less in all"),
    Method.SELL_SPECIFIC_B: _l("Specific sale to a state agency or a charity"),
    Method.SELL_SPECIFIC_C: _l("Specific sale of a phone, tablet or notebook to its official"),
    Method.EXCHANGE: _l("Exchange"),
    Method.TRANSFER: _l("Transfer to a state agency or a charity"),
    Method.CONVERT: _l("Conversion"),
    Method.DESTROY: _l("Destruction"),
    Method.WRITE_OFF: _l("Write-off as lost"),
}
SALES = (
    Method.SELL_AUCTION,
    Method.SELL_SPECIFIC_A,
    Method.SELL_SPECIFIC_B,
    Method.SELL_SPECIFIC_C,
)
DUTIES = {
    Duty.CHAIR: _l("Chair of the committee"),
    Duty.MEMBER: _l("Committee member"),
    Duty.SECRETARY: _l("Member and secretary"),
}
