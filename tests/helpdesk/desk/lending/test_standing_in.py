"""From a ticket to the counter and back: the loan that stands in is linked by itself."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.models import Loan
from helpdesk.repairs.models import Replacement, ReplacementPlan
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import State
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import RESULT, make_ticket
from tests.helpdesk.desk.lending.counter import TERMS, scan

NOTICE = "เครื่องทดแทนของงานซ่อม"


@pytest.fixture
def mani(client: FlaskClient) -> Person:
    """Who repairs and lends."""
    return sign_in(client, make_person(Role.TECHNICIAN, Role.STOREKEEPER, name_th="มานี ตัวอย่าง"))


def ticket_of(mani: Person, reporter: Person | None = None) -> Ticket:
    return make_ticket(
        make_asset(name="เครื่องเสีย"),
        state=State.IN_PROGRESS,
        technician=viewer_for(mani),
        reporter=reporter,
    )


def linked() -> list[tuple[int, int]]:
    db.session.rollback()
    rows = db.session.execute(select(Replacement.ticket_id, Replacement.loan_id)).all()
    return [(row.ticket_id, row.loan_id) for row in rows]


def test_one_tap_on_the_ticket_lends_for_it_and_the_end_asks_the_borrower_back(
    client: FlaskClient, mani: Person
) -> None:
    reporter = make_person(name_th="ครูสมมติ")
    ticket, spare = ticket_of(mani, reporter), make_asset(name="เครื่องสำรอง", asset_no="สำรอง-1")
    tap = f"/desk/for-ticket/{ticket.id}"
    assert tap in client.get(f"/tickets/{ticket.id}").text
    page = client.post(tap, follow_redirects=True).text
    assert NOTICE in page
    assert ticket.number in page
    assert "ครูสมมติ" in page
    assert "ใช้แทน เครื่องเสีย ระหว่างส่งซ่อม" in page
    scan(client, spare.asset_no)
    client.post("/desk/lend", data=TERMS)
    loan = db.session.scalars(select(Loan)).one()
    assert linked() == [(ticket.id, loan.id)]
    assert ticket.number in client.get(f"/desk/lent/{loan.id}").text
    assert "เครื่องสำรอง" in client.get(f"/tickets/{ticket.id}/work").text
    assert NOTICE not in client.get("/desk").text
    with work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), RESULT, by=viewer_for(mani))
    asked = select(OutgoingMessage).where(OutgoingMessage.kind == "loan_replacement_asked")
    message = db.session.scalars(asked).one()
    assert message.person_id == reporter.id
    assert "เครื่องสำรอง" in message.body
    assert loan.number in message.body


def test_a_hand_over_that_is_undone_is_for_the_same_ticket_again(
    client: FlaskClient, mani: Person
) -> None:
    ticket, spare = ticket_of(mani, make_person()), make_asset(asset_no="สำรอง-2")
    client.post(f"/desk/for-ticket/{ticket.id}")
    scan(client, spare.asset_no)
    client.post("/desk/lend", data=TERMS)
    ((_ticket, loan_id),) = linked()
    client.post(f"/desk/lent/{loan_id}/undo")
    assert linked() == []
    client.post("/desk/lend", data=TERMS)
    assert [found for found, _loan in linked()] == [ticket.id]


def test_the_next_loan_is_for_nothing_after_the_officer_says_so(
    client: FlaskClient, mani: Person
) -> None:
    ticket, spare = ticket_of(mani, make_person()), make_asset(asset_no="สำรอง-3")
    for way in ("/desk/for-no-ticket", "/desk/clear"):
        client.post(f"/desk/for-ticket/{ticket.id}")
        assert NOTICE not in client.post(way, follow_redirects=True).text
    make_person(name_th="ผู้ยืมอื่น", card_code="CARD-9")
    scan(client, "CARD-9", spare.asset_no)
    client.post("/desk/lend", data=TERMS)
    assert db.session.scalars(select(Loan)).one()
    assert linked() == []


def test_what_lies_on_the_counter_already_stays(client: FlaskClient, mani: Person) -> None:
    make_person(name_th="ผู้ยืมอื่น", card_code="CARD-9")
    scan(client, "CARD-9")
    page = client.post(
        f"/desk/for-ticket/{ticket_of(mani, make_person(name_th='ครูสมมติ')).id}",
        follow_redirects=True,
    ).text
    assert NOTICE in page
    assert "ผู้ยืมอื่น" in page
    assert "ครูสมมติ" not in page


def test_a_ticket_that_ended_or_has_no_item_is_not_lent_for(
    client: FlaskClient, mani: Person
) -> None:
    ended = make_ticket(make_asset(), state=State.RESOLVED, technician=viewer_for(mani))
    for ticket in (ended, make_ticket()):
        answer = client.post(f"/desk/for-ticket/{ticket.id}", headers={"Accept": "text/html"})
        assert answer.status_code == 422
    planned = ticket_of(mani, make_person())
    client.post(f"/desk/for-ticket/{planned.id}")
    with work():
        rules.resolve(db.session.get_one(Ticket, planned.id), RESULT, by=viewer_for(mani))
    assert NOTICE not in client.get("/desk").text
    db.session.rollback()
    assert db.session.scalars(select(ReplacementPlan)).all() == []


def test_who_repairs_but_does_not_lend_gets_no_button(client: FlaskClient) -> None:
    thep = sign_in(client, make_person(Role.TECHNICIAN))
    ticket = ticket_of(thep)
    assert "/desk/for-ticket/" not in client.get(f"/tickets/{ticket.id}").text
    assert client.post(f"/desk/for-ticket/{ticket.id}").status_code == 403
