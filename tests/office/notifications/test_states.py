"""Every state of a delivery with every act."""

from __future__ import annotations

from itertools import product

import pytest

from kernel.errors import Refusal
from office.notifications.states import DELIVERIES, Action, State

POSSIBLE = {
    (State.COLLECTED, Action.COLLECT): State.STORED,
    (State.WAITING, Action.CLAIM): State.SENDING,
    (State.WAITING, Action.STORE): State.STORED,
    (State.WAITING, Action.POSTPONE): State.WAITING,
    (State.WAITING, Action.PARK): State.PARKED,
    (State.SENDING, Action.CONFIRM): State.SENT,
    (State.SENDING, Action.POSTPONE): State.WAITING,
    (State.SENDING, Action.PARK): State.PARKED,
    (State.SENDING, Action.REJECT): State.FAILED,
    (State.SENDING, Action.LOSE): State.UNSURE,
    (State.STORED, Action.RESEND): State.WAITING,
    (State.UNSURE, Action.RESEND): State.WAITING,
    (State.PARKED, Action.RESEND): State.WAITING,
    (State.FAILED, Action.RESEND): State.WAITING,
}


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_an_act_leads_where_the_table_says_or_is_refused(state: State, action: Action) -> None:
    if (state, action) in POSSIBLE:
        assert DELIVERIES.target(state, action) is POSSIBLE[state, action]
    else:
        with pytest.raises(Refusal):
            DELIVERIES.target(state, action)


def test_nothing_leads_out_of_sent() -> None:
    assert DELIVERIES.actions(State.SENT) == ()
