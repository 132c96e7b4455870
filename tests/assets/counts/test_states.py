"""The tables of states of rounds and proposals, walked wholly."""

from __future__ import annotations

import pytest

from assets.counts.states import (
    PROPOSALS,
    ROUNDS,
    ProposalAction,
    ProposalState,
    RoundAction,
    RoundState,
)


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("action", list(RoundAction))
def test_the_table_of_rounds_is_walked_wholly(state: RoundState, action: RoundAction) -> None:
    allowed = {
        RoundState.PLANNED: {RoundAction.EDIT, RoundAction.OPEN, RoundAction.CANCEL},
        RoundState.OPEN: {RoundAction.SCAN, RoundAction.REVIEW},
        RoundState.REVIEWING: {RoundAction.SCAN, RoundAction.DECIDE, RoundAction.CLOSE},
    }
    assert ROUNDS.allows(state, action) is (action in allowed.get(state, set()))


@pytest.mark.parametrize("state", list(ProposalState))
@pytest.mark.parametrize("action", list(ProposalAction))
def test_the_table_of_proposals_is_walked_wholly(
    state: ProposalState, action: ProposalAction
) -> None:
    act = ProposalAction
    allowed = {
        ProposalState.OPEN: {act.PUT_FORWARD, act.DISMISS, act.WITHDRAW},
        ProposalState.PUT_FORWARD: {act.APPROVE, act.REJECT, act.REOPEN, act.WITHDRAW},
        ProposalState.APPROVED: {act.APPLY},
    }
    assert PROPOSALS.allows(state, action) is (action in allowed.get(state, set()))
