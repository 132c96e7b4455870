"""The states of a purchase and of an order, and the words of what is bought, how and from what."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far a purchase has come; "checked" is told by the signatures of its approval."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    ORDERED = "ordered"
    RECEIVED = "received"
    REGISTERED = "registered"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to a purchase; CHANGE makes the approval void and begins anew."""

    SEND = "send"
    ANSWER = "answer"
    RECALL = "recall"
    APPROVE = "approve"
    REJECT = "reject"
    CHANGE = "change"
    ORDER = "order"
    REOPEN = "reopen"
    RECEIVE = "receive"
    RETURN = "return"
    REGISTER = "register"
    CANCEL = "cancel"


class Kind(StrEnum):
    """What is asked for (form F01)."""

    GOODS = "goods"
    HIRE = "hire"
    INTERNET = "internet"
    WEB_SPACE = "web_space"


class Into(StrEnum):
    """Where a line goes when it has come."""

    REGISTER = "register"
    STOCK = "stock"
    NOTHING = "nothing"


class Vat(StrEnum):
    """How the prices of the lines stand to the value added tax."""

    INCLUDED = "included"
    ADDED = "added"
    NONE = "none"


class Method(StrEnum):
    """How it is bought; SMALL is section 56 (2) (ข), up to 500,000 baht."""

    SMALL = "specific_small"
    SPECIFIC = "specific"
    SELECTION = "selection"
    E_BIDDING = "e_bidding"
    E_MARKET = "e_market"


class Act(StrEnum):
    """What happened beside the approval, as the story of a purchase keeps it."""

    DRAFTED = "drafted"
    ORDERED = "ordered"
    ORDER_CANCELLED = "order_ended"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REGISTERED = "registered"
    CANCELLED = "cancelled"
    PAID = "paid"
    PAY_MENDED = "pay_mended"
    PAY_DROPPED = "pay_dropped"


PURCHASES = StateTable(
    {
        (State.DRAFT, Action.SEND): State.WAITING,
        (State.DRAFT, Action.CANCEL): State.CANCELLED,
        (State.WAITING, Action.ANSWER): State.WAITING,
        (State.WAITING, Action.RECALL): State.DRAFT,
        (State.WAITING, Action.APPROVE): State.APPROVED,
        (State.WAITING, Action.REJECT): State.REJECTED,
        (State.WAITING, Action.CANCEL): State.CANCELLED,
        (State.APPROVED, Action.CHANGE): State.DRAFT,
        (State.APPROVED, Action.ORDER): State.ORDERED,
        (State.APPROVED, Action.CANCEL): State.CANCELLED,
        (State.ORDERED, Action.ORDER): State.ORDERED,
        (State.ORDERED, Action.REOPEN): State.APPROVED,
        (State.ORDERED, Action.RECEIVE): State.RECEIVED,
        (State.RECEIVED, Action.RETURN): State.ORDERED,
        (State.RECEIVED, Action.REGISTER): State.REGISTERED,
    },
    faces={
        State.DRAFT: Face(_p("purchase", "Draft"), "neutral", "pencil"),
        State.WAITING: Face(_p("purchase", "Waiting for approval"), "progress", "hourglass-split"),
        State.APPROVED: Face(_p("purchase", "Approved, to be ordered"), "info", "check-circle"),
        State.ORDERED: Face(_p("purchase", "Ordered"), "progress", "truck"),
        State.RECEIVED: Face(_p("purchase", "Accepted"), "info", "box-seam"),
        State.REGISTERED: Face(_p("purchase", "Entered in the books"), "ok", "check2-all"),
        State.REJECTED: Face(_p("purchase", "Not approved"), "danger", "x-circle"),
        State.CANCELLED: Face(_p("purchase", "Cancelled"), "muted", "dash-circle"),
    },
    acts={
        Action.SEND: _p("purchase", "Send for approval"),
        Action.ANSWER: _p("purchase", "Answer and send again"),
        Action.RECALL: _p("purchase", "Take back to change it"),
        Action.APPROVE: _p("purchase", "Approve"),
        Action.REJECT: _p("purchase", "Do not approve"),
        Action.CHANGE: _p("purchase", "Change what was approved"),
        Action.ORDER: _p("purchase", "Order"),
        Action.REOPEN: _p("purchase", "Cancel the order"),
        Action.RECEIVE: _p("purchase", "Accept a delivery"),
        Action.RETURN: _p("purchase", "Send back to the vendor"),
        Action.REGISTER: _p("purchase", "Everything stands in the books"),
        Action.CANCEL: _p("purchase", "Cancel the purchase"),
    },
)
SENT_BACK_FACE = Face(_p("purchase", "Sent back with a question"), "warn", "reply")
CHECKED_FACE = Face(_p("purchase", "Being checked"), "progress", "check-square")
TO_PAY_FACE = Face(_p("purchase", "Accepted, not paid"), "warn", "cash-coin")
OPEN = (State.DRAFT, State.WAITING, State.APPROVED, State.ORDERED, State.RECEIVED)
# What a budget has promised: approved, and not all of it come yet.
RESERVING = (State.APPROVED, State.ORDERED)
MOMENTS = {
    Act.DRAFTED: Face(_p("purchase act", "Began a draft"), "neutral", "pencil"),
    Act.ORDERED: Face(_p("purchase act", "Ordered"), "progress", "truck"),
    Act.ORDER_CANCELLED: Face(_p("purchase act", "Cancelled an order"), "warn", "dash-circle"),
    Act.ACCEPTED: Face(_p("purchase act", "Accepted a delivery"), "ok", "box-seam"),
    Act.RETURNED: Face(_p("purchase act", "Sent goods back"), "warn", "reply"),
    Act.REGISTERED: Face(_p("purchase act", "Entered everything in the books"), "ok", "check2-all"),
    Act.CANCELLED: Face(_p("purchase act", "Cancelled"), "muted", "dash-circle"),
    Act.PAID: Face(_p("purchase act", "Wrote down a payment"), "ok", "cash-coin"),
    Act.PAY_MENDED: Face(_p("purchase act", "Corrected a payment"), "warn", "pencil"),
    Act.PAY_DROPPED: Face(_p("purchase act", "Took a payment out"), "warn", "dash-circle"),
}
# What became of a payment; the story keeps these so that each reader's language can tell them.
PAYMENTS = (Act.PAID, Act.PAY_MENDED, Act.PAY_DROPPED)
KINDS = {
    Kind.GOODS: _l("Buy equipment or materials"),
    Kind.HIRE: _l("Hire somebody for work"),
    Kind.INTERNET: _l("Internet service"),
    Kind.WEB_SPACE: _l("Space for a website"),
}
# The words of the paper for each kind: its title, and what the memo asks for.
PAPER_TITLES = {
    Kind.GOODS: ("รายงานขอซื้อ", "ขอซื้อวัสดุอุปกรณ์"),
    Kind.HIRE: ("รายงานขอจ้าง", "ขอจ้างดำเนินงาน"),
    Kind.INTERNET: ("รายงานขอจ้าง", "ขอใช้ระบบอินเตอร์เน็ต"),
    Kind.WEB_SPACE: ("รายงานขอจ้าง", "ขอใช้พื้นที่จัดทำเว็บไซต์"),
}
INTO = {
    Into.REGISTER: _l("Equipment: into the register"),
    Into.STOCK: _l("Material: into a store"),
    Into.NOTHING: _l("Work or service"),
}
VATS = {
    Vat.INCLUDED: _l("The prices contain VAT"),
    Vat.ADDED: _l("VAT of 7% comes on top"),
    Vat.NONE: _l("No VAT"),
}
METHODS = {
    Method.SMALL: _l("Specific method, section 56 (2) (b), up to 500,000 baht"),
    Method.SPECIFIC: _l("Specific method, another reason of section 56 (2)"),
    Method.SELECTION: _l("Selection"),
    Method.E_BIDDING: _l("Open bidding (e-bidding)"),
    Method.E_MARKET: _l("Electronic market (e-market)"),
}
# What the card of the register calls the method.
ACQUIRED = {
    Method.SMALL: "specific",
    Method.SPECIFIC: "specific",
    Method.SELECTION: "selection",
    Method.E_BIDDING: "e_bidding",
    Method.E_MARKET: "e_market",
}
SMALL_AT_MOST = Decimal(500_000)
# Up to here one person may inspect what comes; above it a committee of three or more.
ONE_INSPECTOR_AT_MOST = Decimal(100_000)
COMMITTEE = 3
# What form F01 asks of a service beside the eight points; (key, label).
SERVICE_FIELDS = {
    Kind.INTERNET: (
        ("place", _l("Place of use")),
        ("users", _l("How many use it")),
        ("bandwidth", _l("Bandwidth")),
        ("period", _l("From when until when")),
        ("responsible", _l("Responsible person")),
    ),
    Kind.WEB_SPACE: (
        ("content", _l("What the website is for")),
        ("subdomain", _l("Wanted address (sub-domain)")),
        ("quota", _l("Space needed")),
        ("period", _l("From when until when")),
        ("responsible", _l("Responsible person")),
    ),
}


class OrderState(StrEnum):
    """How far an order has come."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


ORDER_FACES = {
    OrderState.OPEN: Face(_p("order", "Waiting for goods"), "progress", "truck"),
    OrderState.DONE: Face(_p("order", "All has come"), "ok", "check-circle"),
    OrderState.CANCELLED: Face(_p("order", "Cancelled"), "muted", "dash-circle"),
}
