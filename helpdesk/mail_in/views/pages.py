"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from helpdesk.mail_in.models import MailFile
from helpdesk.mail_in.views import mails, on_ticket
from helpdesk.mail_in.views.blueprint import blueprint
from helpdesk.tickets import slots

PAGES = (mails,)

slots.fill("mail_in", parts=on_ticket.parts, hanging=MailFile.ticket_id)

__all__ = ["PAGES", "blueprint"]
