"""What goes when its time is over: contacts of guests on ended tickets, old messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from helpdesk.privacy_requests import at_tickets
from helpdesk.tickets.models import Ticket, TicketFollower
from helpdesk.tickets.states import OPEN
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit
from office.bookkeeping.models import OutgoingMessage
from office.notifications.models import Delivery

AT_ONCE = 200


def forget_guests(before: datetime, *, by: Viewer) -> Sequence[int]:
    """Blank the names and contacts of guests on a round of tickets that ended before a moment.

    The ticket stays with what was wrong and what was done; its trail says that the contact went.

    Returns:
        the ids of the tickets.
    """
    follows = (
        select(TicketFollower.id)
        .where(
            TicketFollower.ticket_id == Ticket.id,
            TicketFollower.person_id.is_(None),
            or_(TicketFollower.contact != "", TicketFollower.name != ""),
        )
        .exists()
    )
    left = Ticket.reporter_id.is_(None) & (
        (Ticket.reporter_contact != "") | (Ticket.reporter_name != "")
    )
    query = (
        select(Ticket)
        .where(Ticket.state.not_in(OPEN), Ticket.state_since < before, or_(left, follows))
        .order_by(Ticket.id)
        .limit(AT_ONCE)
    )
    found = list(db.session.scalars(query))
    ids = [one.id for one in found]
    at_tickets.forget_contacts(ids, TicketFollower.ticket_id.in_(ids))
    for one in found:
        audit.record("erased", one, by=by)
    return ids


def forget_messages(before: datetime) -> Sequence[int]:
    """Remove a round of messages that were left before a moment, with their deliveries."""
    query = select(OutgoingMessage.id).where(OutgoingMessage.created_at < before)
    # Numbers grow with time, so the oldest stand first and the walk is short.
    ids = list(db.session.scalars(query.order_by(OutgoingMessage.id).limit(AT_ONCE)))
    db.session.execute(delete(Delivery).where(Delivery.message_id.in_(ids)))
    db.session.execute(delete(OutgoingMessage).where(OutgoingMessage.id.in_(ids)))
    return ids
