"""The doctor finds what is wrong with answers, with those who joined and with mails."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from helpdesk.doctor import taking_in
from helpdesk.mail_in import rounds
from helpdesk.tickets.categories import answers, queries
from helpdesk.tickets.models import Ticket, TicketFollower
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.tickets import make_ticket
from tests.helpdesk.mail_in.letters import letter


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    given = {"account_system": "0", "account_name": "somsri"}
    said = answers.read(queries.questions_of("account"), given)
    return make_ticket(unit=cast.school, category="account", answers=said)


def test_a_ticket_that_is_not_found_by_its_answers_is_named(ticket: Ticket) -> None:
    assert list(taking_in.answers_found()) == []
    with work():
        db.session.execute(update(Ticket).values(search_key="somsri"))
    assert len(list(taking_in.answers_found())) == 1


def test_a_person_who_joined_twice_is_named(cast: Cast, ticket: Ticket) -> None:
    for count in (1, 2):
        with work():
            db.session.add(
                TicketFollower(
                    ticket_id=ticket.id,
                    person_id=cast.malee.id,
                    language="th",
                    at=kernel_clock.now(),
                )
            )
        wanted = [f"ticket {ticket.id}"] if count == 2 else []
        assert list(taking_in.joined_once()) == wanted


def test_a_mail_that_nobody_reads_is_named(cast: Cast, clock: Clock) -> None:
    rounds.keep_raw(letter(), size=1, whole=True)
    assert list(taking_in.mails_read()) == []
    clock.forward(hours=2)
    assert len(list(taking_in.mails_read())) == 1
    rounds.read_kept()
    assert list(taking_in.mails_read()) == []
