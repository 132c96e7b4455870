"""The states of specifications and comparisons, and the words of requirements and findings."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable


class State(StrEnum):
    """How far a specification or a comparison has come."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to either; REOPEN makes an approval void because something was wrong."""

    SEND = "send"
    ANSWER = "answer"
    RECALL = "recall"
    APPROVE = "approve"
    REJECT = "reject"
    REOPEN = "reopen"
    CANCEL = "cancel"


class Operator(StrEnum):
    """How what is offered must stand to what a requirement says."""

    PLAIN = "plain"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    OR_BETTER = "or_better"
    OR_EQUIVALENT = "or_equivalent"


class Method(StrEnum):
    """How the best offer is found among those that pass."""

    LOWEST = "lowest"
    PERFORMANCE = "performance"


class Result(StrEnum):
    """How an offer stands to one requirement."""

    COMPLY = "comply"
    BETTER = "better"
    NOT_COMPLY = "not_comply"
    NOT_STATED = "not_stated"


_MOVES = {
    (State.DRAFT, Action.SEND): State.WAITING,
    (State.DRAFT, Action.CANCEL): State.CANCELLED,
    (State.WAITING, Action.ANSWER): State.WAITING,
    (State.WAITING, Action.RECALL): State.DRAFT,
    (State.WAITING, Action.APPROVE): State.APPROVED,
    (State.WAITING, Action.REJECT): State.REJECTED,
    (State.WAITING, Action.CANCEL): State.CANCELLED,
}
_FACES = {
    State.DRAFT: Face(_p("specification", "Draft"), "neutral", "pencil"),
    State.WAITING: Face(_p("specification", "Waiting for approval"), "progress", "hourglass-split"),
    State.APPROVED: Face(_p("specification", "Approved"), "ok", "check-circle"),
    State.REJECTED: Face(_p("specification", "Not approved"), "danger", "x-circle"),
    State.CANCELLED: Face(_p("specification", "Cancelled"), "muted", "dash-circle"),
}
_ACTS = {
    Action.SEND: _p("specification", "Send for approval"),
    Action.ANSWER: _p("specification", "Answer and send again"),
    Action.RECALL: _p("specification", "Take back to change it"),
    Action.APPROVE: _p("specification", "Approve"),
    Action.REJECT: _p("specification", "Do not approve"),
    Action.REOPEN: _p("specification", "Make the approval void"),
    Action.CANCEL: _p("specification", "Cancel"),
}
# An approved specification stays as it is; who wants to change it writes a new version.
SPECIFICATIONS = StateTable(_MOVES, faces=_FACES, acts=_ACTS)
COMPARISONS = StateTable(
    {**_MOVES, (State.APPROVED, Action.REOPEN): State.DRAFT}, faces=_FACES, acts=_ACTS
)
SENT_BACK_FACE = Face(_p("specification", "Sent back with a question"), "warn", "reply")
OPERATORS = {
    Operator.PLAIN: _p("operator", "as written"),
    Operator.AT_LEAST: _p("operator", "at least"),
    Operator.AT_MOST: _p("operator", "at most"),
    Operator.OR_BETTER: _p("operator", "or better"),
    Operator.OR_EQUIVALENT: _p("operator", "or equivalent"),
}
METHODS = {
    Method.LOWEST: _l("The lowest price among the offers that pass"),
    Method.PERFORMANCE: _l("Price and performance, with weights"),
}
RESULTS = {
    Result.COMPLY: Face(_p("finding", "complies"), "ok", "check-lg"),
    Result.BETTER: Face(_p("finding", "better"), "ok", "check2-all"),
    Result.NOT_COMPLY: Face(_p("finding", "does not comply"), "danger", "x-lg"),
    Result.NOT_STATED: Face(_p("finding", "not stated"), "warn", "question-circle"),
}
# How the parts of a specification are called on the page, in the form and in the table; the paper
# has its own words.
PARTS = (
    ("background", _l("1. Background")),
    ("objective", _l("2. Objective")),
    ("characteristics", _l("3. General characteristics")),
    ("qualification", _l("4. What bidders must be")),
    ("delivery", _l("6. Delivery")),
    ("price_source", _l("8. Where the reference price comes from")),
    ("budget_source", _l("9. Source of the budget")),
    ("instalments", _l("10. Conditions of the payment")),
    ("penalty", _l("11. Penalty")),
)
