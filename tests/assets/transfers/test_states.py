"""The tables of states, walked wholly by the rules themselves."""

from __future__ import annotations

import itertools

import pytest

from assets.transfers.states import (
    HANDOVERS,
    LINES,
    REMARKS,
    TRANSFERS,
    HandoverAction,
    HandoverState,
    LineAction,
    LineState,
    RemarkAction,
    RemarkState,
    TransferAction,
    TransferState,
)
from kernel.errors import Refusal
from kernel.states import StateTable

TABLES = [
    (HANDOVERS, HandoverState, HandoverAction, {"proposed"}),
    (
        TRANSFERS,
        TransferState,
        TransferAction,
        {"prepared", "asked", "approved", "sent", "accepted", "declined"},
    ),
    (LINES, LineState, LineAction, {"listed", "on_way", "not_arrived", "sent_back"}),
    (REMARKS, RemarkState, RemarkAction, {"open"}),
]


@pytest.mark.parametrize(("table", "states", "actions", "living"), TABLES)
def test_every_pair_is_allowed_or_refused(
    table: StateTable, states: type, actions: type, living: set[str]
) -> None:
    for state, action in itertools.product(states, actions):
        if table.allows(state, action):
            assert table.target(state, action) in states
        else:
            with pytest.raises(Refusal):
                table.target(state, action)
    assert {str(state) for state, _action in table.transitions} == living


@pytest.mark.parametrize(("table", "states", "actions", "living"), TABLES)
def test_every_state_is_reached_from_the_first(
    table: StateTable, states: type, actions: type, living: set[str]
) -> None:
    assert living
    assert actions
    reached, first = {next(iter(states))}, None
    while reached != first:
        first = set(reached)
        reached |= {target for (state, _act), target in table.transitions.items() if state in first}
    assert reached == set(states)


def test_an_item_on_its_way_can_only_be_answered() -> None:
    assert set(LINES.actions(LineState.ON_WAY)) == {
        LineAction.ARRIVE,
        LineAction.MISS,
        LineAction.REFUSE,
    }


def test_what_was_sent_cannot_be_cancelled() -> None:
    assert not TRANSFERS.allows(TransferState.SENT, TransferAction.CANCEL)
