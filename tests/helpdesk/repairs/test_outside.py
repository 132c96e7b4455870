"""Repairs by a vendor: the table of states, the waiting that follows, the approval, the end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.availability import obstacle_of
from assets.register.states import Obstacle
from helpdesk.repairs.models import Cost, OutsideRepair
from helpdesk.repairs.rules import approving, outside
from helpdesk.repairs.states import OUTSIDE, Action, Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.people.access import Role
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import RESULT, make_ticket
from tests.factories.work import make_vendor, send_out

O, A = Outside, Action  # noqa: E741 - beside A for the acts
POSSIBLE = {
    O.SENT: {A.QUOTE, A.TAKE_BACK},
    O.QUOTED: {A.QUOTE, A.AGREE, A.SUBMIT, A.TAKE_BACK},
    O.SUBMITTED: {A.APPROVE, A.REFUSE, A.RETURN},
    O.AGREED: {A.TAKE_BACK},
    O.REFUSED: {A.QUOTE, A.TAKE_BACK},
    O.BACK: set(),
}
LARGE = 9000


def sent(cast: Cast, thep: Viewer, state: Outside = O.SENT, amount: int = 900) -> OutsideRepair:
    _ticket, made = send_out(make_asset(cast.school), thep, state=state, amount=amount)
    return made


def again(made: OutsideRepair) -> OutsideRepair:
    return db.session.get_one(OutsideRepair, made.id)


def state_of(made: OutsideRepair) -> str:
    db.session.rollback()
    return again(made).ticket.state


def test_a_state_allows_exactly_its_acts() -> None:
    assert {state: set(OUTSIDE.actions(state)) for state in Outside} == POSSIBLE


def test_the_rules_move_it_as_the_table_says(cast: Cast, thep: Viewer) -> None:
    verbs = {
        A.QUOTE: lambda one: outside.quote(one, Decimal(100), "", "", by=thep),
        A.AGREE: lambda one: outside.agree(one, by=thep),
        A.TAKE_BACK: lambda one: outside.take_back(one, outside.Return(works=True), by=thep),
    }
    wrong = []
    for state in (O.SENT, O.QUOTED, O.AGREED, O.BACK):
        for action, verb in verbs.items():
            made = sent(cast, thep, state)
            try:
                with work():
                    verb(again(made))
                moved = True
            except Refusal:
                moved = False
            if moved != (action in POSSIBLE[state]):
                wrong.append((state, action, moved))
    assert wrong == []


def test_r_r3_sending_out_needs_a_vendor_a_day_and_the_condition(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    vendor = make_vendor()
    yesterday = clock.today() - timedelta(days=1)
    wrong = [
        outside.Sending(vendor, yesterday, "มีรอย"),
        outside.Sending(vendor, clock.today(), "  "),
    ]
    for sending in wrong:
        with pytest.raises(Refusal), work():
            outside.send(db.session.get_one(Ticket, ticket.id), sending, by=thep)
    with work():
        made = outside.send(
            db.session.get_one(Ticket, ticket.id),
            outside.Sending(vendor, clock.today(), "มีรอย"),
            by=thep,
        )
    assert (made.sent_on, made.vendor_id) == (clock.today(), vendor.id)


def test_the_ticket_waits_for_the_vendor_and_goes_on_when_it_is_back(
    cast: Cast, thep: Viewer
) -> None:
    made = sent(cast, thep)
    assert state_of(made) == State.WAITING_OUTSIDE
    with work():
        asset = again(made).ticket.asset
        assert asset is not None
        assert obstacle_of(asset) == Obstacle.IN_REPAIR
        back = outside.Return(works=True, paid=Decimal(900), receipt_no="ร.5")
        outside.take_back(again(made), back, by=thep)
    assert state_of(made) == State.IN_PROGRESS
    assert db.session.scalars(select(Cost.amount)).all() == [Decimal(900)]
    assert again(made).ticket.repair_cost == 900


def test_an_item_is_with_one_vendor_at_a_time(cast: Cast, thep: Viewer) -> None:
    made = sent(cast, thep)
    sending = outside.Sending(make_vendor(), clock.today(), "มีรอย")
    with pytest.raises(Refusal), work():
        outside.send(again(made).ticket, sending, by=thep)


def test_a_ticket_does_not_end_while_its_item_is_away(cast: Cast, thep: Viewer) -> None:
    made = sent(cast, thep)
    with pytest.raises(Refusal, match=r"สซ\."), work():
        rules.resolve(again(made).ticket, RESULT, by=thep)
    with pytest.raises(Refusal, match=r"สซ\."), work():
        rules.cancel(again(made).ticket, "แจ้งซ้ำ", by=thep)
    assert state_of(made) == State.WAITING_OUTSIDE


def test_above_the_limit_nothing_is_agreed_without_approval(cast: Cast, thep: Viewer) -> None:
    made = sent(cast, thep, O.QUOTED, LARGE)
    with pytest.raises(Refusal, match=r"5,000\.00"), work():
        outside.agree(again(made), by=thep)
    back = outside.Return(works=True, paid=Decimal(LARGE))
    with pytest.raises(Refusal), work():
        outside.take_back(again(made), back, by=thep)


def test_below_the_limit_nothing_is_asked(cast: Cast, thep: Viewer) -> None:
    made = sent(cast, thep, O.QUOTED, 5000)
    with pytest.raises(Refusal), work():
        approving.submit(again(made), by=thep)
    with work():
        outside.agree(again(made), by=thep)
    assert again(made).state == O.AGREED


def decide(made: OutsideRepair, head: Viewer, *, approve: bool) -> None:
    with work():
        approval = db.session.get_one(Approval, again(made).approval_id)
        if approve:
            signing.approve(approval, by=head)
        else:
            signing.reject(approval, "แพงเกินไป", by=head)


@pytest.mark.parametrize(("approve", "after"), [(True, O.AGREED), (False, O.REFUSED)])
def test_the_decision_moves_the_repair_and_the_ticket(
    cast: Cast, thep: Viewer, approve: bool, after: Outside
) -> None:
    head = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    made = sent(cast, thep, O.SUBMITTED, LARGE)
    assert state_of(made) == State.WAITING_APPROVAL
    decide(made, viewer_for(head), approve=approve)
    assert state_of(made) == State.WAITING_OUTSIDE
    assert again(made).state == after


def test_a_repair_that_was_approved_costs_no_more_than_that(cast: Cast, thep: Viewer) -> None:
    head = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    made = sent(cast, thep, O.SUBMITTED, LARGE)
    decide(made, viewer_for(head), approve=True)
    back = outside.Return(works=True, paid=Decimal(LARGE) + 1)
    with pytest.raises(Refusal), work():
        outside.take_back(again(made), back, by=thep)
    with work():
        outside.take_back(again(made), outside.Return(works=True, paid=Decimal(LARGE)), by=thep)
    assert again(made).ticket.repair_cost == LARGE


def test_what_is_late_stands_in_the_list(
    cast: Cast, thep: Viewer, client: FlaskClient, clock: Clock
) -> None:
    made = sent(cast, thep)
    sign_in(client, cast.thep)
    assert made.number not in client.get("/outside-repairs?state=overdue").text
    clock.forward(days=8)
    assert made.number in client.get("/outside-repairs?state=overdue").text


def test_the_list_shows_nothing_of_another_school(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    made = sent(cast, thep)
    sign_in(client, make_person(Role.TECHNICIAN, unit=cast.other_school, over=cast.other_school))
    assert made.number not in client.get("/outside-repairs").text
    assert client.get(f"/outside-repairs/{made.id}").status_code == 404
    assert client.get(f"/tickets/{made.ticket_id}/work").status_code == 404


def test_r_r3_an_item_is_not_sent_out_by_a_word_alone(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    assert 'value="send_out"' not in client.get(f"/tickets/{ticket.id}").text
    typed = {
        "action": "send_out",
        "reason": "ร้าน",
        "look_again": "1/12/2569",
        "version": str(ticket.version),
        "key": "wait-key-0123456789",
    }
    assert client.post(f"/tickets/{ticket.id}/wait", data=typed).status_code == 422
