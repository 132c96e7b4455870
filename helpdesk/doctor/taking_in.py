"""Checks of what came in: answers are found, who joined is told once, mails are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from helpdesk.doctor.findings import Check, named, rows
from helpdesk.mail_in.models import IncomingMail
from helpdesk.mail_in.states import State
from helpdesk.tickets.categories.models import TicketAnswer
from helpdesk.tickets.models import Ticket, TicketFollower
from kernel import clock, thai
from kernel.i18n import lazy_gettext as _l

SLOW = timedelta(hours=1)
LONGEST_KEY = 8000


def answers_found() -> Iterator[str]:
    """Yield answers by whose words their ticket is not found."""
    columns = (TicketAnswer.id, TicketAnswer.value_th, Ticket.search_key)
    query = select(*columns).join(Ticket, Ticket.id == TicketAnswer.ticket_id)
    for row in rows(query.order_by(TicketAnswer.id)):
        cut = len(row.search_key) >= LONGEST_KEY - 400
        if not cut and thai.search_key(row.value_th) not in row.search_key:
            yield f"answer {row.id}"


def joined_once() -> Iterator[str]:
    """Yield tickets that one person joined twice."""
    twice = (
        select(TicketFollower.ticket_id)
        .where(TicketFollower.person_id.is_not(None))
        .group_by(TicketFollower.ticket_id, TicketFollower.person_id)
        .having(func.count() > 1)
    )
    return named("ticket", select(Ticket.id).where(Ticket.id.in_(twice)).order_by(Ticket.id))


def mails_read() -> Iterator[str]:
    """Yield mails that have been kept for more than an hour and are not read yet."""
    late = IncomingMail.received_at < clock.now() - SLOW
    query = select(IncomingMail.id).where(IncomingMail.state == State.STORED, late)
    return named("mail", query.order_by(IncomingMail.id))


CHECKS = (
    Check(
        "ticket_answers",
        _l("Tickets are found by what was answered to the questions of their category."),
        _l("Tell who keeps the program; until then these are found by their number."),
        answers_found,
    ),
    Check(
        "ticket_followers",
        _l("Nobody joined a report twice."),
        _l("Such a person gets each message twice; they can leave the report on their page."),
        joined_once,
    ),
    Check(
        "mails_read",
        _l("E-mails that came in are read within the hour."),
        _l("Look at the timetable: the job that fetches mail does not run or fails."),
        mails_read,
    ),
)
