"""Who may see the mails that came in, and what became of them; the loader that refuses."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from helpdesk.mail_in.models import IncomingMail, MailFile
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

# A mailbox serves the whole office, and a mail may be from anybody.
SEE = permission("helpdesk:mail:see", roles=(Role.ADMIN,), office_wide=True)
HANDLE = permission("helpdesk:mail:handle", roles=(Role.ADMIN,), office_wide=True)


def mail_known(mail_id: int) -> IncomingMail:
    """Return a mail with its ticket.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(IncomingMail)
        .where(IncomingMail.id == mail_id)
        .options(joinedload(IncomingMail.ticket))
    )
    if found is None:
        raise NotFound(_("There is no such mail."))
    return found


def file_seen_by(viewer: Viewer, file_id: int) -> MailFile:
    """Return a document of a mail on a ticket that the viewer sees.

    Raises:
        NotFound: there is none, or the ticket lies outside the viewer's scope.
    """
    found = db.session.scalar(
        select(MailFile)
        .join(Ticket, Ticket.id == MailFile.ticket_id)
        .where(MailFile.id == file_id, MailFile.file_key != "", tickets.visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such file."))
    return found
