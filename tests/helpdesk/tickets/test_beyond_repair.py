"""What is beyond repair is proposed for disposal in the same unit of work (clause 219)."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from assets.disposals.models import Disposal, DisposalLine
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome, State
from kernel.db import db
from kernel.work import work
from tests.cast import make_cast
from tests.factories.assets import make_asset
from tests.factories.office import viewer_for
from tests.factories.tickets import make_ticket


def test_two_tickets_beyond_repair_gather_in_one_case(app: Flask) -> None:
    thep = viewer_for(make_cast().thep)
    numbers = []
    for _one in range(2):
        ticket = make_ticket(make_asset(), state=State.IN_PROGRESS, technician=thep)
        numbers.append(ticket.number)
        with work():
            row = db.session.get_one(Ticket, ticket.id)
            result = rules.Result(Outcome.BEYOND_REPAIR, Cause.HARDWARE, "เมนบอร์ดไหม้")
            rules.resolve(row, result, by=thep)
    case = db.session.scalars(select(Disposal)).one()
    assert (case.origin, case.reference) == ("ticket", ", ".join(numbers))
    lines = db.session.scalars(select(DisposalLine).order_by(DisposalLine.id)).all()
    assert [line.reference for line in lines] == numbers
    assert set(db.session.scalars(select(Asset.lifecycle))) == {Lifecycle.PENDING_DISPOSAL}
