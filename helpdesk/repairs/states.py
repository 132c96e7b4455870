"""The states of a repair outside the office, and the words of the room's choices."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class Outside(StrEnum):
    """Where an item is that was sent to a vendor."""

    SENT = "sent"
    QUOTED = "quoted"
    SUBMITTED = "submitted"
    AGREED = "agreed"
    REFUSED = "refused"
    BACK = "back"


class Action(StrEnum):
    """What changes the state of an outside repair."""

    QUOTE = "quote"
    AGREE = "agree"
    SUBMIT = "submit"
    APPROVE = "approve"
    REFUSE = "refuse"
    RETURN = "return"
    TAKE_BACK = "take_back"


class CostKind(StrEnum):
    """What money was paid for (DOMAIN 8.1)."""

    LABOUR = "labour"
    PART = "part"
    SERVICE = "service"
    OUTSIDE = "outside"
    OTHER = "other"


class When(StrEnum):
    """When a photo of the work was taken."""

    BEFORE = "before"
    AFTER = "after"


class Way(StrEnum):
    """How the person served said that the work was done."""

    DRAWN = "drawn"
    CARD = "card"


S, A = Outside, Action
AWAY = (S.SENT, S.QUOTED, S.SUBMITTED, S.AGREED, S.REFUSED)
OUTSIDE: StateTable[Outside, Action] = StateTable(
    {
        **{(state, A.QUOTE): S.QUOTED for state in (S.SENT, S.QUOTED, S.REFUSED)},
        (S.QUOTED, A.AGREE): S.AGREED,
        (S.QUOTED, A.SUBMIT): S.SUBMITTED,
        (S.SUBMITTED, A.APPROVE): S.AGREED,
        (S.SUBMITTED, A.REFUSE): S.REFUSED,
        (S.SUBMITTED, A.RETURN): S.QUOTED,
        **{(state, A.TAKE_BACK): S.BACK for state in AWAY if state != S.SUBMITTED},
    },
    faces={
        S.SENT: Face(_l("With the vendor"), "warn", "truck"),
        S.QUOTED: Face(_l("Quotation received"), "info", "receipt"),
        S.SUBMITTED: Face(_l("Waiting for approval"), "warn", "hourglass-split"),
        S.AGREED: Face(_l("Repair agreed"), "progress", "check-lg"),
        S.REFUSED: Face(_l("Not approved"), "danger", "x-circle"),
        S.BACK: Face(_lp("outside repair", "Back"), "ok", "check-circle"),
    },
    acts={
        A.QUOTE: _l("Write down the quotation"),
        A.AGREE: _l("Let it be repaired"),
        A.SUBMIT: _l("Ask for approval"),
        A.APPROVE: _lp("outside repair", "Approve"),
        A.REFUSE: _lp("outside repair", "Refuse"),
        A.RETURN: _lp("outside repair", "Hand back"),
        A.TAKE_BACK: _l("It is back"),
    },
)
COSTS = {
    CostKind.LABOUR: _l("Labour"),
    CostKind.PART: _l("Spare part"),
    CostKind.SERVICE: _lp("cost", "Service"),
    CostKind.OUTSIDE: _l("Repair outside"),
    CostKind.OTHER: _lp("cost", "Something else"),
}
WHENS = {When.BEFORE: _l("Before the work"), When.AFTER: _l("After the work")}
