"""Where this room speaks in the rooms below it: on tickets, and in the figures of programmes."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from helpdesk.incidents import access, counting, queries
from helpdesk.tickets import slots
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.slots import Part
from kernel.access import Viewer


def fill() -> None:
    """Register both; call it when the application is built."""
    slots.fill("incidents", parts=on_ticket)
    counting.register()


def on_ticket(ticket: Ticket, viewer: Viewer) -> Sequence[Part]:
    """Return the incidents of a ticket and the way to report one, for those who see incidents."""
    if not viewer.may(access.SEE):
        return ()
    drawn = render_template(
        "helpdesk/incidents/_on_ticket.html", ticket=ticket, incidents=queries.of_ticket(ticket.id)
    )
    return (Part("side", drawn),)
