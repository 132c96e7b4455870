"""What a repair leaves behind: a line for every change (R-R2), cause and action apart (R-R4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Action, Cause, Outcome, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in
from tests.factories.tickets import RESULT, make_ticket


def here(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def test_r_r2_every_change_of_state_leaves_a_line_with_who_when_and_from_where(
    cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(make_asset(cast.school))
    steps: tuple[Callable[[Ticket], None], ...] = (
        lambda one: rules.accept(one, by=thep),
        lambda one: rules.start(one, by=thep),
        lambda one: rules.wait(one, Action.AWAIT_PARTS, "รอจอ", by=thep),
        lambda one: rules.resume(one, by=thep),
        lambda one: rules.resolve(one, RESULT, by=thep),
        lambda one: rules.reopen(one, "ยังไม่หาย", by=thep),
        lambda one: rules.resolve(one, RESULT, by=thep),
        lambda one: rules.close(one, by=thep),
    )
    wrong = []
    for number, step in enumerate(steps):
        before = here(ticket).state
        last = max((one.id for one in entries(ticket)), default=0)
        with work():
            step(here(ticket))
        after = here(ticket).state
        lines = [one for one in entries(ticket) if one.id > last and one.state_to]
        told = [(one.state_from, one.state_to, one.actor_id, one.at is None) for one in lines]
        if told != [(before, after, thep.id, False)]:
            wrong.append((number, told))
    assert wrong == []


def entries(ticket: Ticket) -> list[TicketEntry]:
    query = select(TicketEntry).where(TicketEntry.ticket_id == ticket.id)
    return list(db.session.scalars(query.order_by(TicketEntry.id)))


@pytest.mark.parametrize(("cause", "done"), [("", "เปลี่ยนจอ"), (Cause.HARDWARE, "  ")])
def test_r_r4_nothing_is_resolved_without_cause_and_action(
    cast: Cast, thep: Viewer, client: FlaskClient, cause: str, done: str
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    with pytest.raises(Refusal), work():
        rules.resolve(here(ticket), rules.Result(Outcome.FIXED, cause, done), by=thep)  # type: ignore[arg-type]
    sign_in(client, cast.thep)
    typed = {"outcome": "fixed", "cause": str(cause), "action_taken": done, "version": "1"}
    assert client.post(f"/tickets/{ticket.id}/resolve", data=typed).status_code in (409, 422)
    db.session.rollback()
    assert here(ticket).state == State.IN_PROGRESS


def test_r_r4_cause_and_action_are_kept_apart(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    result = rules.Result(Outcome.FIXED, Cause.HARDWARE, "เปลี่ยนแหล่งจ่ายไฟ")
    with work():
        rules.resolve(here(ticket), result, by=thep)
    assert (here(ticket).cause, here(ticket).action_taken) == (Cause.HARDWARE, "เปลี่ยนแหล่งจ่ายไฟ")
