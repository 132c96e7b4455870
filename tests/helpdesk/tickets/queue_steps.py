"""What several test files of this room do and look at."""

from __future__ import annotations

from helpdesk.tickets.models import Ticket
from kernel.db import db


def again(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)
