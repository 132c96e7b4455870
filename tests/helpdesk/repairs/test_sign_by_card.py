"""The person served shows the own card instead of signing: it closes the ticket (R-R5)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.repairs.models import Signature
from helpdesk.repairs.states import Way
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel.db import db
from kernel.work import work
from office.cards.rules import issuing
from office.people.access import Role
from office.people.models import Person
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import make_ticket
from tests.office.cards.conftest import Cards, cards

__all__ = ["cards"]


@pytest.fixture
def mani(client: FlaskClient) -> Person:
    return sign_in(client, make_person(Role.TECHNICIAN, name_th="มานี ตัวอย่าง"))


def ended(mani: Person, state: State = State.RESOLVED) -> Ticket:
    return make_ticket(state=state, technician=viewer_for(mani))


def shown(client: FlaskClient, ticket: Ticket, code: str) -> int:
    typed = {"code": code, "key": "card-key-0123456789"}
    return client.post(f"/tickets/{ticket.id}/sign-by-card", data=typed).status_code


def state_of(ticket: Ticket) -> str:
    db.session.rollback()
    return db.session.get_one(Ticket, ticket.id).state


def test_a_scanned_card_signs_and_closes_the_ticket(
    client: FlaskClient, cards: Cards, mani: Person
) -> None:
    card, ticket = cards.valid(cards.malee), ended(mani)
    assert shown(client, ticket, f"HTTP://LOCALHOST/Q/{card.code}") == 302
    assert state_of(ticket) == State.CLOSED
    signature = db.session.scalars(select(Signature)).one()
    assert (signature.way, signature.person_id) == (Way.CARD, cards.malee.id)
    assert signature.by_id == mani.id
    assert cards.malee.name_th in client.get(f"/tickets/{ticket.id}/work").text


def test_no_card_a_lost_card_and_the_card_of_who_repaired_sign_nothing(
    client: FlaskClient, cards: Cards, mani: Person
) -> None:
    card, ticket = cards.valid(cards.malee), ended(mani)
    code = card.code
    wrong = [how for how in ("", "NOSUCHCARD") if shown(client, ticket, how) != 422]
    with work():
        db.session.get_one(Ticket, ticket.id).assignee_id = cards.malee.id
    if shown(client, ticket, code) != 422:
        wrong.append("own")
    with work():
        db.session.get_one(Ticket, ticket.id).assignee_id = mani.id
    cards.act(issuing.report_lost, card)
    if shown(client, ticket, code) != 422:
        wrong.append("lost")
    assert wrong == []
    assert state_of(ticket) == State.RESOLVED
    assert db.session.scalars(select(Signature)).all() == []


def test_a_card_signs_nothing_that_is_not_resolved(
    client: FlaskClient, cards: Cards, mani: Person
) -> None:
    card, ticket = cards.valid(cards.malee), ended(mani, State.IN_PROGRESS)
    assert shown(client, ticket, card.code) == 422
    assert state_of(ticket) == State.IN_PROGRESS
