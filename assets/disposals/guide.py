"""What comes next in a case and why: the sentence on its page with the clause that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assets.disposals.deadlines import Duty
from assets.disposals.states import State
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp


@dataclass(frozen=True)
class Advice:
    """The next step: what to do, more of it, and the clause of the regulation."""

    what: Any
    more: Any
    clause: str


NEXT = {
    State.PROPOSED: Advice(
        _l("Find out why the things are to go"),
        _l(
            "Plain wear, or loss by nature, goes on directly. Anything else needs a fact-finding "
            "committee, which also says who is liable."
        ),
        "214",
    ),
    State.INVESTIGATING: Advice(
        _l("The fact-finding committee reports"),
        _l("A member of the committee writes what happened and whether somebody is liable."),
        "214",
    ),
    State.PREPARING: Advice(
        _l("Choose the method and ask for approval"),
        _l(
            "Sale by auction comes first; other ways are open where the regulation allows them. "
            "What is lost is written off."
        ),
        "215, 217",
    ),
    State.SUBMITTED: Advice(
        _l("The head of the agency decides"),
        _l("Until then the request can be taken back by whoever submitted it."),
        "215",
    ),
    State.APPROVED: Advice(
        _l("Write down the order"),
        _l("Its day begins the 60 days within which the disposal is normally finished."),
        "215",
    ),
    State.ORDERED: Advice(
        _l("Carry the disposal out"),
        _l("Normally finished within 60 days from the day after the order."),
        "215",
    ),
    State.CARRIED_OUT: Advice(
        _l("Strike the things off the register"),
        _l("At once after the disposal. Their numbers are never given again."),
        "218",
    ),
    State.STRUCK_OFF: Advice(
        _l("Tell the State Audit Office and the parent agency"),
        _l("Within 30 days of the striking-off; then the case is closed."),
        "218",
    ),
}
# The way of a case as its page shows it: the word, and the states that stand at it.
WAY: tuple[tuple[Any, tuple[State, ...]], ...] = (
    (_lp("disposal", "Proposed"), (State.PROPOSED,)),
    (_lp("disposal", "Fact-finding"), (State.INVESTIGATING,)),
    (_l("Method"), (State.PREPARING,)),
    (_lp("disposal", "Approval"), (State.SUBMITTED, State.APPROVED)),
    (_lp("disposal", "Carry out"), (State.ORDERED,)),
    (_lp("disposal", "Strike off"), (State.CARRIED_OUT,)),
    (_lp("disposal", "Reports"), (State.STRUCK_OFF,)),
    (_lp("disposal", "Closed"), (State.CLOSED,)),
)
DUTIES = {
    Duty.FINDINGS: _l("Report of the committee"),
    Duty.CARRY_OUT: _l("Disposal finished"),
    Duty.STRIKE_OFF: _l("Struck off"),
    Duty.REPORT: _l("State Audit Office told"),
}


def place_of(state: State) -> int | None:
    """Return the number of the step a case stands at, from 1; None where it was given up."""
    if state == State.CLOSED:
        return len(WAY) + 1
    return next((n for n, (_word, states) in enumerate(WAY, 1) if state in states), None)
