"""The states of wishes for a later date, of handing on, of duties; the ways to chase."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class WishState(StrEnum):
    """What became of a borrower's wish to keep an item longer."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class WishAction(StrEnum):
    """What can be done to a wish; it is withdrawn, too, when the item is back before the answer."""

    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class OfferState(StrEnum):
    """What became of an offer to hand an item on."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OfferAction(StrEnum):
    """What can be done to an offer; it is withdrawn, too, when the item comes back meanwhile."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class DutyState(StrEnum):
    """Whether a borrower still owes something for an item (clause 209)."""

    OPEN = "open"
    SETTLED = "settled"
    LIFTED = "lifted"


class DutyAction(StrEnum):
    """What can be done to a duty; SET_TERMS says how it is made good and until when."""

    SET_TERMS = "set_terms"
    SETTLE = "settle"
    LIFT = "lift"


class DutyKind(StrEnum):
    """The three ways of clause 209 to make good."""

    REPAIR = "repair"
    REPLACE = "replace"
    PAY = "pay"


class ChaseWay(StrEnum):
    """How a borrower was asked for what is overdue."""

    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in_person"
    OTHER = "other"


WISHES = StateTable(
    {
        (WishState.WAITING, WishAction.GRANT): WishState.GRANTED,
        (WishState.WAITING, WishAction.REFUSE): WishState.REFUSED,
        (WishState.WAITING, WishAction.WITHDRAW): WishState.WITHDRAWN,
    },
    faces={
        WishState.WAITING: Face(_lp("wish", "Waiting for the desk"), "progress", "hourglass-split"),
        WishState.GRANTED: Face(_lp("wish", "Granted"), "ok", "check-circle"),
        WishState.REFUSED: Face(_lp("wish", "Refused"), "danger", "x-circle"),
        WishState.WITHDRAWN: Face(_lp("wish", "Withdrawn"), "muted", "dash-circle"),
    },
    acts={
        WishAction.GRANT: _lp("wish", "Grant"),
        WishAction.REFUSE: _lp("wish", "Refuse"),
        WishAction.WITHDRAW: _lp("wish", "Withdraw"),
    },
)
OFFERS = StateTable(
    {
        (OfferState.OFFERED, OfferAction.ACCEPT): OfferState.ACCEPTED,
        (OfferState.OFFERED, OfferAction.DECLINE): OfferState.DECLINED,
        (OfferState.OFFERED, OfferAction.WITHDRAW): OfferState.WITHDRAWN,
    },
    faces={
        OfferState.OFFERED: Face(_lp("handing on", "Offered"), "progress", "hourglass-split"),
        OfferState.ACCEPTED: Face(_lp("handing on", "Taken over"), "ok", "check-circle"),
        OfferState.DECLINED: Face(_lp("handing on", "Declined"), "danger", "x-circle"),
        OfferState.WITHDRAWN: Face(_lp("handing on", "Withdrawn"), "muted", "dash-circle"),
    },
    acts={
        OfferAction.ACCEPT: _lp("handing on", "Take over"),
        OfferAction.DECLINE: _lp("handing on", "Decline"),
        OfferAction.WITHDRAW: _lp("handing on", "Withdraw"),
    },
)
DUTIES = StateTable(
    {
        (DutyState.OPEN, DutyAction.SET_TERMS): DutyState.OPEN,
        (DutyState.OPEN, DutyAction.SETTLE): DutyState.SETTLED,
        (DutyState.OPEN, DutyAction.LIFT): DutyState.LIFTED,
    },
    faces={
        DutyState.OPEN: Face(_lp("duty", "Open"), "warn", "hourglass-split"),
        DutyState.SETTLED: Face(_lp("duty", "Made good"), "ok", "check-circle"),
        DutyState.LIFTED: Face(_lp("duty", "Lifted"), "muted", "dash-circle"),
    },
    acts={
        DutyAction.SET_TERMS: _lp("duty", "Agree how it is made good"),
        DutyAction.SETTLE: _lp("duty", "Made good"),
        DutyAction.LIFT: _lp("duty", "Lift the duty"),
    },
)
DUTY_KINDS = {
    DutyKind.REPAIR: _l("Repair at the borrower’s own cost"),
    DutyKind.REPLACE: _l("An item of the same kind"),
    DutyKind.PAY: _l("The price at the time of borrowing"),
}
CHASE_WAYS = {
    ChaseWay.LETTER: _lp("chase", "Letter"),
    ChaseWay.PHONE: _lp("chase", "Telephone"),
    ChaseWay.IN_PERSON: _lp("chase", "In person"),
    ChaseWay.OTHER: _lp("chase", "Another way"),
}
