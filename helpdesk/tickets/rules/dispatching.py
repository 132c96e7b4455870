"""The next job: the most urgent ticket that nobody has goes to the technician who asks for one."""

from __future__ import annotations

from sqlalchemy import select

from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work
from helpdesk.tickets.states import RUNNING
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def take_next(*, by: Viewer) -> Ticket:
    """Give a technician the free ticket of their units that is due first.

    Two who ask at once never get the same: on PostgreSQL a ticket that another one is just taking
    is passed over, on SQLite one waits for the other. A waiting ticket is taken when the day to
    look at it again has come.

    Refuses where nothing is free.
    """
    reach = by.scope(access.TAKE)
    free = (
        select(Ticket)
        .where(
            Ticket.next_due_at.is_not(None),
            Ticket.assignee_id.is_(None),
            Ticket.state.in_(RUNNING) | (Ticket.next_due_at <= clock.now()),
            reach.clause(Ticket.unit_id),
        )
        .order_by(Ticket.next_due_at, Ticket.id)
        .limit(fixed(1))
        .with_for_update(skip_locked=True, of=Ticket)
    )
    ticket = db.session.scalar(free)
    if ticket is None:
        raise Refusal(_("There is no free ticket in your units right now."))
    work.take(ticket, by=by)
    return ticket
