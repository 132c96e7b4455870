"""What a repair cost: typed when it is resolved, kept on the ticket, told to the office only."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in, viewer_for
from tests.factories.repairs import repaired


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.thep)
    return people


def reopened(cast: Cast, cost: Decimal | None) -> Ticket:
    ticket = repaired(make_asset(cast.school), cast.thep, "เปลี่ยนแบตเตอรี่", cost)
    with work():
        found = db.session.get_one(Ticket, ticket.id)
        rules.reopen(found, "ยังไม่หาย", by=viewer_for(cast.thep))
    return ticket


def resolve(client: FlaskClient, ticket: Ticket, cost: str) -> int:
    typed = {
        "outcome": Outcome.FIXED.value,
        "cause": next(iter(Cause)).value,
        "action_taken": "เปลี่ยนอีกครั้ง",
        "repair_cost": cost,
        "version": str(db.session.scalar(select(Ticket.version))),
        "key": "resolve-1",
    }
    return client.post(f"/tickets/{ticket.id}/resolve", data=typed).status_code


def kept() -> Decimal | None:
    db.session.rollback()
    return db.session.scalar(select(Ticket.repair_cost))


def test_a_cost_is_typed_in_thai_digits_and_added_to_what_was_paid_before(
    cast: Cast, client: FlaskClient
) -> None:
    ticket = reopened(cast, Decimal("1000.50"))
    assert resolve(client, ticket, "๑,๒๐๐ บาท") == 302
    assert kept() == Decimal("2200.50")


def test_no_cost_stays_unknown(cast: Cast, client: FlaskClient) -> None:
    ticket = reopened(cast, None)
    assert resolve(client, ticket, "") == 302
    assert kept() is None


def test_what_is_no_amount_is_refused(cast: Cast, client: FlaskClient) -> None:
    ticket = reopened(cast, None)
    assert resolve(client, ticket, "มาก") == 422
    assert kept() is None


def test_a_cost_below_zero_is_refused(cast: Cast) -> None:
    ticket = reopened(cast, None)
    result = rules.Result(Outcome.FIXED, next(iter(Cause)), "x", repair_cost=Decimal(-1))
    with pytest.raises(Refusal), work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), result, by=viewer_for(cast.thep))


def test_the_office_reads_the_cost_and_the_reporter_does_not(
    cast: Cast, client: FlaskClient
) -> None:
    ticket = repaired(make_asset(cast.school), cast.thep, "เปลี่ยนจอ", Decimal("6400.50"))
    assert "6,400.50" in client.get(f"/tickets/{ticket.id}").text
    assert "6,400.50" not in client.get(f"/t/{ticket.token}").text
