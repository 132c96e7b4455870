"""The states of a round and of a proposal, and the words of scans and results."""

from __future__ import annotations

from enum import StrEnum

from assets.register.states import Condition
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class RoundState(StrEnum):
    """How far a round has come."""

    PLANNED = "planned"
    OPEN = "open"
    REVIEWING = "reviewing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RoundAction(StrEnum):
    """What may be done with a round."""

    EDIT = "edit"
    OPEN = "open"
    SCAN = "scan"
    REVIEW = "review"
    DECIDE = "decide"
    CLOSE = "close"
    CANCEL = "cancel"


class Duty(StrEnum):
    """What a person does on the committee."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class Outcome(StrEnum):
    """What a scan turned out to be; the server decides, never the phone.

    The last three are results of items that nobody scanned.
    """

    FOUND = "found"
    WRONG_ROOM = "wrong_room"
    UNEXPECTED = "unexpected"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    ON_LOAN = "on_loan"
    IN_REPAIR = "in_repair"
    RETIRED = "retired"
    OUTSIDE = "outside"
    MISSING = "missing"
    STRUCK_OFF = "struck_off"


class ProposalKind(StrEnum):
    """What a difference would change."""

    MOVE = "move"
    CONDITION = "condition"
    QUANTITY = "quantity"
    LOST = "lost"
    FOUND_AGAIN = "found_again"
    DRAFT_CARD = "draft_card"
    DISPOSE = "dispose"


class ProposalState(StrEnum):
    """How far a proposal has come; ``approved`` waits for the room that carries it out."""

    OPEN = "open"
    PUT_FORWARD = "put_forward"
    APPROVED = "approved"
    APPLIED = "applied"
    DISMISSED = "dismissed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ProposalAction(StrEnum):
    """What may be done with a proposal."""

    PUT_FORWARD = "put_forward"
    DISMISS = "dismiss"
    APPROVE = "approve"
    APPLY = "apply"
    REJECT = "reject"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


ROUNDS = StateTable(
    {
        (RoundState.PLANNED, RoundAction.EDIT): RoundState.PLANNED,
        (RoundState.PLANNED, RoundAction.OPEN): RoundState.OPEN,
        (RoundState.PLANNED, RoundAction.CANCEL): RoundState.CANCELLED,
        (RoundState.OPEN, RoundAction.SCAN): RoundState.OPEN,
        (RoundState.OPEN, RoundAction.REVIEW): RoundState.REVIEWING,
        # A phone that was off the network for days still has something to say.
        (RoundState.REVIEWING, RoundAction.SCAN): RoundState.REVIEWING,
        (RoundState.REVIEWING, RoundAction.DECIDE): RoundState.REVIEWING,
        (RoundState.REVIEWING, RoundAction.CLOSE): RoundState.CLOSED,
    },
    faces={
        RoundState.PLANNED: Face(_lp("round", "Planned"), "neutral", "calendar-event"),
        RoundState.OPEN: Face(_lp("round", "Being counted"), "progress", "qr-code-scan"),
        RoundState.REVIEWING: Face(_lp("round", "Under review"), "warn", "list-check"),
        RoundState.CLOSED: Face(_lp("round", "Closed"), "ok", "check-circle"),
        RoundState.CANCELLED: Face(_lp("round", "Cancelled"), "muted", "x-circle"),
    },
    acts={
        RoundAction.EDIT: _l("Change the plan"),
        RoundAction.OPEN: _l("Open the round"),
        RoundAction.SCAN: _l("Scan"),
        RoundAction.REVIEW: _l("End the counting"),
        RoundAction.DECIDE: _l("Decide the differences"),
        RoundAction.CLOSE: _l("Close the round"),
        RoundAction.CANCEL: _l("Cancel the round"),
    },
)
PROPOSALS = StateTable(
    {
        (ProposalState.OPEN, ProposalAction.PUT_FORWARD): ProposalState.PUT_FORWARD,
        (ProposalState.OPEN, ProposalAction.DISMISS): ProposalState.DISMISSED,
        (ProposalState.OPEN, ProposalAction.WITHDRAW): ProposalState.WITHDRAWN,
        (ProposalState.PUT_FORWARD, ProposalAction.APPROVE): ProposalState.APPROVED,
        (ProposalState.PUT_FORWARD, ProposalAction.REJECT): ProposalState.REJECTED,
        (ProposalState.PUT_FORWARD, ProposalAction.REOPEN): ProposalState.OPEN,
        (ProposalState.PUT_FORWARD, ProposalAction.WITHDRAW): ProposalState.WITHDRAWN,
        (ProposalState.APPROVED, ProposalAction.APPLY): ProposalState.APPLIED,
    },
    faces={
        ProposalState.OPEN: Face(_lp("proposal", "To be reviewed"), "warn", "eye"),
        ProposalState.PUT_FORWARD: Face(_lp("proposal", "Put forward"), "info", "send"),
        ProposalState.APPROVED: Face(_lp("proposal", "Approved"), "ok", "check"),
        ProposalState.APPLIED: Face(_lp("proposal", "In the register"), "ok", "check-circle"),
        ProposalState.DISMISSED: Face(_lp("proposal", "Dismissed"), "muted", "x-lg"),
        ProposalState.REJECTED: Face(_lp("proposal", "Not approved"), "danger", "x-circle"),
        ProposalState.WITHDRAWN: Face(
            _lp("proposal", "Settled by a later scan"), "muted", "arrow-counterclockwise"
        ),
    },
    acts={
        ProposalAction.PUT_FORWARD: _l("Put forward"),
        ProposalAction.DISMISS: _l("Dismiss"),
        ProposalAction.APPROVE: _l("Approve"),
        ProposalAction.APPLY: _l("Write into the register"),
        ProposalAction.REJECT: _l("Do not approve"),
        ProposalAction.REOPEN: _l("Review again"),
        ProposalAction.WITHDRAW: _l("Withdraw"),
    },
)
UNDECIDED = (ProposalState.OPEN, ProposalState.PUT_FORWARD)
ACTIVE = (RoundState.PLANNED, RoundState.OPEN, RoundState.REVIEWING, RoundState.CLOSED)
# What the committee's report counts as there, though nobody held it in the hand.
ACCOUNTED = (Outcome.ON_LOAN, Outcome.IN_REPAIR)
OUTCOMES = {
    Outcome.FOUND: Face(_lp("scan", "Found"), "ok", "check-circle"),
    Outcome.WRONG_ROOM: Face(_lp("scan", "Wrong room"), "warn", "geo-alt"),
    Outcome.UNEXPECTED: Face(_lp("scan", "Not on the list"), "warn", "question-circle"),
    Outcome.UNKNOWN: Face(_lp("scan", "Not in the register"), "danger", "x-circle"),
    Outcome.AMBIGUOUS: Face(_lp("scan", "Several items"), "warn", "question-circle"),
    Outcome.ON_LOAN: Face(_lp("scan", "On loan"), "info", "box-arrow-up-right"),
    Outcome.IN_REPAIR: Face(_lp("scan", "In repair"), "info", "tools"),
    Outcome.RETIRED: Face(_lp("scan", "Struck off before"), "warn", "archive"),
    Outcome.OUTSIDE: Face(_lp("scan", "Bought after 30 September"), "neutral", "calendar-x"),
    Outcome.MISSING: Face(_lp("scan", "Not found"), "danger", "exclamation-triangle"),
    Outcome.STRUCK_OFF: Face(_lp("scan", "Struck off meanwhile"), "muted", "archive"),
}
DUTIES = {
    Duty.CHAIR: _l("Chair of the committee"),
    Duty.MEMBER: _l("Committee member"),
    Duty.SECRETARY: _l("Member and secretary"),
}
KINDS = {
    ProposalKind.MOVE: Face(_l("Change the room"), "info", "geo-alt"),
    ProposalKind.CONDITION: Face(_l("Change the condition"), "info", "clipboard-check"),
    ProposalKind.QUANTITY: Face(_l("Change the quantity"), "info", "hash"),
    ProposalKind.LOST: Face(_l("Write down as lost"), "danger", "question-circle"),
    ProposalKind.FOUND_AGAIN: Face(_l("Take back as found"), "ok", "search"),
    ProposalKind.DRAFT_CARD: Face(_l("Make a draft card"), "info", "file-earmark-plus"),
    ProposalKind.DISPOSE: Face(_l("Propose for disposal"), "warn", "recycle"),
}
# What an inspector may say of a thing that is there; "missing" is not seen, it is concluded.
SEEN_CONDITIONS = (
    Condition.GOOD,
    Condition.DAMAGED,
    Condition.WORN_OUT,
    Condition.NOT_NEEDED,
)
