"""Photos from before and after the work, in the story of the ticket."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.repairs.states import When
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import intake, talk
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def picture(
    ticket: Ticket, photos: Sequence[intake.KeptPhoto], when: When, note: str, *, by: Viewer
) -> TicketEntry:
    """Add photos of the work; they are for the office and for the service report.

    Refuses no photo, and a cancelled ticket.
    """
    if not photos:
        raise Refusal(_("Please add at least one photo."), field="photos")
    if ticket.state == State.CANCELLED:
        raise Refusal(_("This ticket was cancelled."))
    entry = talk.write(
        ticket,
        "pictured",
        by=by,
        role="technician",
        public=False,
        body=note.strip(),
        detail={"when": str(when)},
    )
    db.session.flush()  # the photos point at the entry's id
    intake.keep_photos(ticket, photos, entry=entry)
    audit.record("pictured", ticket, by=by, after={"count": len(photos), "kind": str(when)})
    return entry
