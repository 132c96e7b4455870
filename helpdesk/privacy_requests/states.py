"""What people ask for, and the steps of a request."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable

# Section 30: answered within thirty days. A prepared copy is kept for as long.
ANSWER_DAYS = 30
FILE_DAYS = 30
# Days before the last one at which the administrators are reminded; 0 is when it is over.
REMINDED_DAYS = (14, 7, 1, 0)


class Kind(StrEnum):
    """What is asked for."""

    COPY = "copy"
    ERASE = "erase"


KINDS = {
    Kind.COPY: _p("privacy request", "A copy of personal data"),
    Kind.ERASE: _p("privacy request", "Erasure of personal data"),
}


class State(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    PROPOSED = "proposed"
    DONE = "done"
    REFUSED = "refused"


class Action(StrEnum):
    """What is done with a request."""

    PREPARE = "prepare"
    PROPOSE = "propose"
    TAKE_BACK = "take_back"
    CARRY_OUT = "carry_out"
    REFUSE = "refuse"


_FACES = {
    State.ASKED: Face(_p("privacy request", "to be answered"), "warn", "hourglass-split"),
    State.PROPOSED: Face(_p("privacy request", "waits for a second person"), "info", "people"),
    State.DONE: Face(_p("privacy request", "done"), "ok", "check-circle"),
    State.REFUSED: Face(_p("privacy request", "refused"), "muted", "x-circle"),
}
_ACTS = {
    Action.PREPARE: _p("privacy request", "Prepare the copy"),
    Action.PROPOSE: _p("privacy request", "Propose to erase"),
    Action.TAKE_BACK: _p("privacy request", "Take the proposal back"),
    Action.CARRY_OUT: _p("privacy request", "Erase now"),
    Action.REFUSE: _p("privacy request", "Refuse"),
}
TABLES = {
    Kind.COPY: StateTable(
        {
            (State.ASKED, Action.PREPARE): State.DONE,
            (State.ASKED, Action.REFUSE): State.REFUSED,
        },
        faces=_FACES,
        acts=_ACTS,
    ),
    Kind.ERASE: StateTable(
        {
            (State.ASKED, Action.PROPOSE): State.PROPOSED,
            (State.PROPOSED, Action.TAKE_BACK): State.ASKED,
            (State.PROPOSED, Action.CARRY_OUT): State.DONE,
            (State.ASKED, Action.REFUSE): State.REFUSED,
            (State.PROPOSED, Action.REFUSE): State.REFUSED,
        },
        faces=_FACES,
        acts=_ACTS,
    ),
}
OPEN = (State.ASKED, State.PROPOSED)
