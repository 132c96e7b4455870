"""Where this room speaks in the rooms below it: on tickets, and in the figures of programmes."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from helpdesk.incidents import access, counting, queries
from helpdesk.incidents.models import Incident, IncidentTicket
from helpdesk.tickets import slots
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.slots import Part
from kernel.access import Viewer


def fill() -> None:
    """Register both; call it when the application is built."""
    slots.fill(
        "incidents", parts=on_ticket, hanging=IncidentTicket.ticket_id, otherwise=way_to_report
    )
    counting.register()


def on_ticket(ticket: Ticket, viewer: Viewer) -> Sequence[Part]:
    """Return the incidents of a ticket, for those who see incidents."""
    return _drawn(ticket, queries.of_ticket(ticket.id)) if viewer.may(access.SEE) else ()


def way_to_report(ticket: Ticket, viewer: Viewer) -> Sequence[Part]:
    """Return the way to report an incident of a ticket, for those who see incidents."""
    return _drawn(ticket, ()) if viewer.may(access.SEE) else ()


def _drawn(ticket: Ticket, incidents: Sequence[Incident]) -> Sequence[Part]:
    drawn = render_template(
        "helpdesk/incidents/_on_ticket.html", ticket=ticket, incidents=incidents
    )
    return (Part("side", drawn),)
