"""The doctor finds each fault that is planted in the work on tickets, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from assets.loans.models import Loan
from helpdesk.repairs.rules import links, replacing, times
from helpdesk.repairs.states import Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import merging
from helpdesk.tickets.states import State
from kernel.db import db
from kernel.work import work
from tests.cast import make_cast
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import viewer_for
from tests.factories.tickets import make_ticket
from tests.factories.work import send_out
from tests.helpdesk.doctor.planting import found, found_by, plant, take_back

NAMES = ("ticket_costs", "ended_timers", "things_away", "ticket_families", "stand_ins")


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    cast = make_cast()
    thep = viewer_for(cast.thep)
    send_out(make_asset(), thep, state=Outside.BACK)
    send_out(make_asset(), thep)
    standing = make_ticket(make_asset(), state=State.IN_PROGRESS, technician=thep)
    loan = make_loan(borrower=cast.malee, officer=cast.sri)
    whole, target, ticket = (
        make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep) for _n in range(3)
    )
    with work():
        found_whole = db.session.get_one(Ticket, whole.id)
        times.start(found_whole, by=thep)
        links.make_part(found_whole, "เดินสาย", waits=True, by=thep)
        there = db.session.get_one(Ticket, target.id)
        merging.merge(db.session.get_one(Ticket, ticket.id), there, by=thep)
        repaired = db.session.get_one(Ticket, standing.id)
        replacing.plan(repaired, by=thep)
        replacing.replace(repaired, db.session.get_one(Loan, loan.id), by=thep)
    yield
    take_back()


def test_sound_work_gives_no_finding() -> None:
    assert found_by(*NAMES) == {}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("ticket_costs", "UPDATE ticket SET repair_cost = NULL WHERE repair_cost IS NOT NULL"),
        (
            "ended_timers",
            """UPDATE ticket SET state = 'closed', next_due_at = NULL
            WHERE id IN (SELECT ticket_id FROM repair_spell)""",
        ),
        (
            "things_away",
            """UPDATE ticket SET state = 'closed', next_due_at = NULL
            WHERE id IN (SELECT ticket_id FROM outside_repair WHERE state = 'sent')""",
        ),
        ("things_away", "UPDATE outside_repair SET state = 'submitted' WHERE state = 'sent'"),
        (
            "ticket_families",
            """UPDATE ticket SET parent_id =
            (SELECT MAX(id) FROM ticket AS part WHERE part.parent_id IS NOT NULL)
            WHERE id = (SELECT MIN(id) FROM ticket)""",
        ),
        (
            "stand_ins",
            """UPDATE ticket SET state = 'cancelled', next_due_at = NULL
            WHERE id IN (SELECT ticket_id FROM repair_replacement_plan)""",
        ),
        (
            "stand_ins",
            """UPDATE repair_replacement SET ticket_id =
            (SELECT MIN(id) FROM ticket WHERE asset_id IS NULL)""",
        ),
    ],
)
def test_each_fault_is_found(name: str, fault: str) -> None:
    plant(fault)
    assert len(found(name)) == 1
