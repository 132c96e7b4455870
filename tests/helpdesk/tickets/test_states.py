"""The table of states, walked wholly: state × act, and state × act × role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import merging
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import TICKET, WAITING, WAITS, Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.access import Role
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.office import viewer_for
from tests.factories.tickets import RESULT, make_ticket

S, A = State, Action
POSSIBLE = {
    S.NEW: {A.ACCEPT, A.START, A.CANCEL, A.MERGE},
    S.ACCEPTED: {A.START, *WAITS, A.RESOLVE, A.CANCEL, A.MERGE},
    S.IN_PROGRESS: {*WAITS, A.RESOLVE, A.CANCEL, A.MERGE},
    S.WAITING_REQUESTER: {A.RESUME, *WAITS, A.RESOLVE, A.CANCEL, A.MERGE} - {A.ASK_REQUESTER},
    S.WAITING_APPROVAL: {A.RESUME, *WAITS, A.RESOLVE, A.CANCEL, A.MERGE} - {A.AWAIT_APPROVAL},
    S.WAITING_PARTS: {A.RESUME, *WAITS, A.RESOLVE, A.CANCEL, A.MERGE} - {A.AWAIT_PARTS},
    S.WAITING_OUTSIDE: {A.RESUME, *WAITS, A.RESOLVE, A.CANCEL, A.MERGE} - {A.SEND_OUT},
    S.RESOLVED: {A.CLOSE, A.REOPEN},
    S.CLOSED: {A.REOPEN},
    S.CANCELLED: set(),
}
VERBS: dict[Action, Callable[[Ticket, Viewer], None]] = {
    A.ACCEPT: lambda t, by: rules.accept(t, by=by),
    A.START: lambda t, by: rules.start(t, by=by),
    A.RESUME: lambda t, by: rules.resume(t, by=by),
    A.RESOLVE: lambda t, by: rules.resolve(t, RESULT, by=by),
    A.CLOSE: lambda t, by: rules.close(t, by=by),
    A.REOPEN: lambda t, by: rules.reopen(t, "ยังไม่หาย", by=by),
    A.CANCEL: lambda t, by: rules.cancel(t, "แจ้งซ้ำ", by=by),
    A.MERGE: lambda t, by: merging.merge(t, another(t, by), by=by),
    **{
        wait: (lambda t, by, wait=wait: rules.wait(t, wait, "รอ", by=by, look_again=clock.today()))
        for wait in WAITS
    },
}


def another(ticket: Ticket, by: Viewer) -> Ticket:
    return make_ticket(unit=ticket.unit, state=S.ACCEPTED, technician=by)


@pytest.mark.parametrize("state", State)
def test_a_state_allows_exactly_its_acts(state: State) -> None:
    assert set(TICKET.actions(state)) == POSSIBLE[state]


def test_every_act_has_a_verb_and_every_state_a_face() -> None:
    assert set(VERBS) == set(Action)
    assert set(TICKET.faces) == set(State)


@pytest.mark.parametrize("state", State)
def test_the_rules_move_a_ticket_as_the_table_says(state: State, app: Flask, clock: Clock) -> None:
    cast = make_cast()
    thep = viewer_for(cast.thep)
    for action, verb in VERBS.items():
        ticket_id = make_ticket(unit=cast.school, state=state, technician=thep).id
        if action in POSSIBLE[state]:
            with work():
                verb(db.session.get_one(Ticket, ticket_id), thep)
            assert db.session.get_one(Ticket, ticket_id).state == TICKET.target(state, action)
        else:
            with pytest.raises(Refusal), work():
                verb(db.session.get_one(Ticket, ticket_id), thep)
            assert db.session.get_one(Ticket, ticket_id).state == state


@pytest.mark.parametrize("state", WAITING)
def test_a_waiting_ticket_is_looked_at_again_some_day(
    state: State, app: Flask, clock: Clock
) -> None:
    cast = make_cast()
    ticket = make_ticket(unit=cast.school, state=state, technician=viewer_for(cast.thep))
    assert ticket.next_due_at is not None
    assert ticket.waiting_reason


STAFF = {
    Role.TECHNICIAN: set(Action),
    Role.COORDINATOR: {A.CLOSE, A.REOPEN},
}


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_exactly_its_acts(role: Role) -> None:
    viewer = Viewer(id=1, grants={role: None})
    may = {action for action, right in access.STAFF_ACTS.items() if viewer.may(right)}
    assert may == STAFF.get(role, set())


def test_the_reporter_may_confirm_ask_again_and_withdraw() -> None:
    assert {A.CLOSE, A.REOPEN, A.CANCEL} == access.REPORTER_ACTS
