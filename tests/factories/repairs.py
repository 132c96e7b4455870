"""Finished repairs for tests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome, State
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping.rules import next_number
from office.people.models import Person
from tests.factories.office import viewer_for


def repaired(asset: Asset, technician: Person, action: str, cost: Decimal | None) -> Ticket:
    """Return a ticket about an item that a technician has resolved, with what it cost."""
    now = clock.now()
    with work():
        ticket = Ticket(
            number=next_number("ซ."),
            asset_id=asset.id,
            unit_id=asset.holding_unit_id,
            subject="ใช้งานไม่ได้",
            state=State.IN_PROGRESS,
            state_since=now,
            opened_at=now,
            next_due_at=now + timedelta(days=1),
            language="th",
            assignee_id=technician.id,
        )
        db.session.add(ticket)
        db.session.flush()  # the story needs the ticket's id
        result = rules.Result(Outcome.FIXED, next(iter(Cause)), action, repair_cost=cost)
        rules.resolve(ticket, result, by=viewer_for(technician))
    return ticket
