"""The tables of states, walked wholly; and one case walked from end to end."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask

from assets.disposals.models import Disposal
from assets.disposals.states import (
    CASES,
    LINES,
    UNTIL_CARRIED_OUT,
    Action,
    LineAction,
    LineState,
    State,
)
from kernel.db import db
from kernel.errors import Refusal
from kernel.states import StateTable
from tests.cast import make_cast
from tests.factories.disposals import WAY, make_disposal, make_team, nobody_pays

TABLES = [
    (CASES, State, Action, set(State) - {State.CANCELLED}),
    (LINES, LineState, LineAction, {LineState.LISTED, LineState.STRUCK_OFF}),
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
    assert {state for state, _action in table.transitions} == living


@pytest.mark.parametrize(("table", "states", "actions", "living"), TABLES)
def test_every_state_is_reached_from_the_first(
    table: StateTable, states: type, actions: type, living: set[str]
) -> None:
    assert actions
    assert living
    reached, before = {next(iter(states))}, None
    while reached != before:
        before = set(reached)
        reached |= {
            target for (state, _act), target in table.transitions.items() if state in before
        }
    assert reached == set(states)


def test_until_it_is_carried_out_a_case_can_be_given_up() -> None:
    may = {state for state in State if CASES.allows(state, Action.CANCEL)}
    assert may == set(UNTIL_CARRIED_OUT)


@pytest.mark.parametrize("state", [State.INVESTIGATING, *WAY])
def test_the_rules_lead_a_case_to_every_state(app: Flask, state: State) -> None:
    make_cast()
    case = make_disposal(state=state, team=make_team())
    assert db.session.get_one(Disposal, case.id).state == state


@pytest.mark.parametrize("state", WAY)
def test_a_case_with_fact_finding_goes_the_same_way(app: Flask, state: State) -> None:
    make_cast()
    findings = nobody_pays() if state != State.PROPOSED else None
    case = make_disposal(state=state, findings=findings)
    assert db.session.get_one(Disposal, case.id).state == state
