"""What mails brought to a ticket, drawn on its page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from helpdesk.mail_in import queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.slots import Part
from kernel.access import Viewer


def parts(ticket: Ticket, _viewer: Viewer) -> Sequence[Part]:
    """Return the documents that came by e-mail."""
    found = queries.files_of_ticket(ticket.id)
    html = render_template("helpdesk/mail_in/_on_ticket.html", files=found)
    return (Part("main", html),)
