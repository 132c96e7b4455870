"""What the timetable tells: of timers that were forgotten and of vendors who keep things long."""

from __future__ import annotations

from sqlalchemy import select

from helpdesk.repairs import jobs
from helpdesk.repairs.rules import times
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.tickets import make_ticket
from tests.factories.work import send_out


def told(kind: str) -> list[OutgoingMessage]:
    db.session.rollback()
    query = select(OutgoingMessage).where(OutgoingMessage.kind == kind)
    return list(db.session.scalars(query.order_by(OutgoingMessage.id)))


def test_a_forgotten_timer_is_asked_about_once(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    with work():
        times.start(db.session.get_one(Ticket, ticket.id), by=thep)
    clock.forward(hours=1)
    jobs.remind()
    assert told("ticket_timer_forgotten") == []
    clock.forward(hours=24)
    jobs.remind()
    jobs.remind()
    [message] = told("ticket_timer_forgotten")
    assert message.person_id == thep.id
    assert ticket.number in message.subject


def test_what_a_vendor_keeps_too_long_is_told_once_a_week(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    _ticket, made = send_out(make_asset(cast.school), thep)
    late = made.expected_on
    number = made.number
    counts = []
    for days in ((late - clock.now.date()).days, 1, 0, 7):
        clock.forward(days=days)
        jobs.remind()
        counts.append(len(told("ticket_outside_late")))
    assert counts == [0, 1, 1, 2]
    messages = told("ticket_outside_late")
    assert {one.person_id for one in messages} == {thep.id}
    assert all(number in one.subject for one in messages)
