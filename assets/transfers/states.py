"""The states of a handover's line, of a transfer and its lines, and of a remark."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class HandoverState(StrEnum):
    """How far one item of a handover has come."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECALLED = "recalled"


class HandoverAction(StrEnum):
    """What can be done with it: ``sign`` writes down an acceptance that was signed on paper."""

    ACCEPT = "accept"
    SIGN = "sign"
    DECLINE = "decline"
    RECALL = "recall"


class TransferKind(StrEnum):
    """Whether the books change as well: only a transfer for good changes the owner."""

    FOR_GOOD = "for_good"
    FOR_USE = "for_use"
    RELOCATION = "relocation"


class TransferState(StrEnum):
    """How far a transfer has come."""

    PREPARED = "prepared"
    ASKED = "asked"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class TransferAction(StrEnum):
    """What can be done with a transfer."""

    EDIT = "edit"
    ASK = "ask"
    APPROVE = "approve"
    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    CANCEL = "cancel"


class LineState(StrEnum):
    """How far one item of a transfer has come."""

    LISTED = "listed"
    ON_WAY = "on_way"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not_arrived"
    SENT_BACK = "sent_back"
    BACK = "back"
    DROPPED = "dropped"


class LineAction(StrEnum):
    """What can be done with one item of a transfer."""

    SEND = "send"
    ARRIVE = "arrive"
    MISS = "miss"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    DROP = "drop"


class RemarkKind(StrEnum):
    """What a person in charge says of an item in the own name."""

    NOT_MINE = "not_mine"
    NOT_HERE = "not_here"


class RemarkState(StrEnum):
    """Whether the storekeeper has looked at a remark."""

    OPEN = "open"
    FOLLOWED = "followed"
    DISMISSED = "dismissed"


class RemarkAction(StrEnum):
    """What the storekeeper does with a remark."""

    FOLLOW = "follow"
    DISMISS = "dismiss"


HANDOVERS = StateTable(
    {
        (HandoverState.PROPOSED, HandoverAction.ACCEPT): HandoverState.ACCEPTED,
        (HandoverState.PROPOSED, HandoverAction.SIGN): HandoverState.ACCEPTED,
        (HandoverState.PROPOSED, HandoverAction.DECLINE): HandoverState.DECLINED,
        (HandoverState.PROPOSED, HandoverAction.RECALL): HandoverState.RECALLED,
    },
    faces={
        HandoverState.PROPOSED: Face(_l("Waiting for confirmation"), "warn", "hourglass-split"),
        HandoverState.ACCEPTED: Face(_lp("handover", "Taken over"), "ok", "check-circle"),
        HandoverState.DECLINED: Face(_lp("handover", "Declined"), "danger", "x-circle"),
        HandoverState.RECALLED: Face(_lp("handover", "Recalled"), "muted", "dash-circle"),
    },
    acts={
        HandoverAction.ACCEPT: _l("Take over"),
        HandoverAction.SIGN: _l("Signed on paper"),
        HandoverAction.DECLINE: _lp("handover", "Decline"),
        HandoverAction.RECALL: _lp("handover", "Recall"),
    },
)
TRANSFERS = StateTable(
    {
        (TransferState.PREPARED, TransferAction.EDIT): TransferState.PREPARED,
        (TransferState.PREPARED, TransferAction.ASK): TransferState.ASKED,
        (TransferState.PREPARED, TransferAction.APPROVE): TransferState.APPROVED,
        (TransferState.PREPARED, TransferAction.CANCEL): TransferState.CANCELLED,
        # Another list is another request.
        (TransferState.ASKED, TransferAction.EDIT): TransferState.PREPARED,
        (TransferState.ASKED, TransferAction.APPROVE): TransferState.APPROVED,
        (TransferState.ASKED, TransferAction.CANCEL): TransferState.CANCELLED,
        (TransferState.APPROVED, TransferAction.SEND): TransferState.SENT,
        (TransferState.APPROVED, TransferAction.CANCEL): TransferState.CANCELLED,
        (TransferState.SENT, TransferAction.ACCEPT): TransferState.ACCEPTED,
        (TransferState.SENT, TransferAction.DECLINE): TransferState.DECLINED,
        # What did not arrive, or was sent back, is found later: there, or at home.
        (TransferState.ACCEPTED, TransferAction.ACCEPT): TransferState.ACCEPTED,
        (TransferState.ACCEPTED, TransferAction.TAKE_BACK): TransferState.ACCEPTED,
        (TransferState.DECLINED, TransferAction.TAKE_BACK): TransferState.RETURNED,
    },
    faces={
        TransferState.PREPARED: Face(_lp("transfer", "Being prepared"), "neutral", "pencil"),
        TransferState.ASKED: Face(_lp("transfer", "Waiting for approval"), "warn", "send"),
        TransferState.APPROVED: Face(_lp("transfer", "Approved"), "info", "check-circle"),
        TransferState.SENT: Face(_lp("transfer", "On its way"), "progress", "truck"),
        TransferState.ACCEPTED: Face(_lp("transfer", "Accepted"), "ok", "check-circle"),
        TransferState.DECLINED: Face(_lp("transfer", "Declined"), "danger", "x-circle"),
        TransferState.RETURNED: Face(_lp("transfer", "Returned"), "muted", "arrow-left"),
        TransferState.CANCELLED: Face(_lp("transfer", "Cancelled"), "muted", "dash-circle"),
    },
    acts={
        TransferAction.EDIT: _lp("transfer", "Change"),
        TransferAction.ASK: _lp("transfer", "Ask for approval"),
        TransferAction.APPROVE: _lp("transfer", "Approve"),
        TransferAction.SEND: _lp("transfer", "Send off"),
        TransferAction.ACCEPT: _lp("transfer", "Confirm the arrival"),
        TransferAction.DECLINE: _lp("transfer", "Decline all of it"),
        TransferAction.TAKE_BACK: _lp("transfer", "Take back"),
        TransferAction.CANCEL: _lp("transfer", "Cancel the transfer"),
    },
)
LINES = StateTable(
    {
        (LineState.LISTED, LineAction.DROP): LineState.DROPPED,
        (LineState.LISTED, LineAction.SEND): LineState.ON_WAY,
        (LineState.ON_WAY, LineAction.ARRIVE): LineState.ARRIVED,
        (LineState.ON_WAY, LineAction.MISS): LineState.NOT_ARRIVED,
        (LineState.ON_WAY, LineAction.REFUSE): LineState.SENT_BACK,
        (LineState.NOT_ARRIVED, LineAction.ARRIVE): LineState.ARRIVED,
        (LineState.NOT_ARRIVED, LineAction.TAKE_BACK): LineState.BACK,
        (LineState.SENT_BACK, LineAction.TAKE_BACK): LineState.BACK,
    },
    faces={
        LineState.LISTED: Face(_lp("transfer line", "Listed"), "neutral", "list-ul"),
        LineState.ON_WAY: Face(_lp("transfer line", "On its way"), "progress", "truck"),
        LineState.ARRIVED: Face(_lp("transfer line", "Arrived"), "ok", "check-circle"),
        LineState.NOT_ARRIVED: Face(
            _lp("transfer line", "Did not arrive"), "danger", "question-circle"
        ),
        LineState.SENT_BACK: Face(_lp("transfer line", "Sent back"), "warn", "arrow-left"),
        LineState.BACK: Face(_lp("transfer line", "Back"), "muted", "check-circle"),
        LineState.DROPPED: Face(_lp("transfer line", "Taken out"), "muted", "dash-circle"),
    },
    acts={
        LineAction.SEND: _lp("transfer", "Send off"),
        LineAction.ARRIVE: _lp("transfer line", "Arrived"),
        LineAction.MISS: _lp("transfer line", "Did not arrive"),
        LineAction.REFUSE: _lp("transfer line", "Sent back"),
        LineAction.TAKE_BACK: _lp("transfer", "Take back"),
        LineAction.DROP: _l("Take out of the list"),
    },
)
OPEN_LINES = (LineState.LISTED, LineState.ON_WAY, LineState.NOT_ARRIVED, LineState.SENT_BACK)
HELD_LINES = (LineState.ON_WAY, LineState.NOT_ARRIVED, LineState.SENT_BACK)
REMARKS = StateTable(
    {
        (RemarkState.OPEN, RemarkAction.FOLLOW): RemarkState.FOLLOWED,
        (RemarkState.OPEN, RemarkAction.DISMISS): RemarkState.DISMISSED,
    },
    faces={
        RemarkState.OPEN: Face(_l("Waiting for the storekeeper"), "warn", "hourglass-split"),
        RemarkState.FOLLOWED: Face(_lp("remark", "Followed"), "ok", "check-circle"),
        RemarkState.DISMISSED: Face(_lp("remark", "Not followed"), "muted", "dash-circle"),
    },
    acts={
        RemarkAction.FOLLOW: _lp("remark", "Follow it"),
        RemarkAction.DISMISS: _lp("remark", "Do not follow it"),
    },
)
KINDS = {
    TransferKind.FOR_GOOD: _l("For good: the receiving unit takes it into its books"),
    TransferKind.FOR_USE: _l("For use: it stays in the books of its owner"),
    TransferKind.RELOCATION: _l("New location: it stays in the books of its owner"),
}
SHORT_KINDS = {
    TransferKind.FOR_GOOD: _l("Transfer for good"),
    TransferKind.FOR_USE: _l("Lent for use"),
    TransferKind.RELOCATION: _l("Change of location"),
}
REMARK_KINDS = {
    RemarkKind.NOT_MINE: _l("This is not mine"),
    RemarkKind.NOT_HERE: _l("This is not here"),
}
