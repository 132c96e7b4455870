"""Joining a report that is open already, hearing of it, saying more, and leaving it again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower, new_token
from helpdesk.tickets.rules import intake, notices
from helpdesk.tickets.rules.intake import KeptPhoto, Report
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.bookkeeping import audit


def join(
    ticket: Ticket,
    fields: Report,
    *,
    by: Viewer,
    photos: Sequence[KeptPhoto] = (),
    me_too: bool = False,
) -> TicketFollower:
    """Add a further report to a ticket that is open already; nobody gets a second ticket.

    The one who joins hears of it from now on, where a contact or a sign-in allows it, and has a
    private page. Somebody signed in who joined before, or reported it, is not put down twice.

    Args:
        me_too: the tap on “I have this too” says enough; no words are asked.

    Refuses a ticket that was finished meanwhile, and a report that says nothing.
    """
    if not ticket.is_open:
        raise Refusal(
            _("The fault that was open has been finished meanwhile. Please report it as a new one.")
        )
    if not me_too:
        intake.check(fields, photos)
    follower = _following(ticket, by) or _new_follower(ticket, fields, by)
    said = " · ".join(symptom.text_th for symptom in fields.symptoms)
    body = "\n".join(part for part in (said, fields.detail) if part)
    entry = _word(follower, "joined", body, by, photos)
    audit.record("joined", ticket, by=by, after={"entry": entry.id})
    notices.tell_assignee(ticket, entry.body, by=by)
    return follower


def say(
    follower: TicketFollower, body: str, *, by: Viewer, photos: Sequence[KeptPhoto] = ()
) -> TicketEntry:
    """Take a word of one who joined; the office reads it, the first reporter does not.

    Refuses an empty one without a photo, and one on a report that is finished.
    """
    if not follower.ticket.is_open:
        raise Refusal(_("This report is finished. If it is still broken, please report it anew."))
    if not body.strip() and not photos:
        raise Refusal(_("Please write a few words or add a photo."), field="body")
    entry = _word(follower, "joined", body, by, photos)
    audit.record("joined", follower.ticket, by=by, after={"entry": entry.id})
    notices.tell_assignee(follower.ticket, body, by=by)
    return entry


def leave(follower: TicketFollower, *, by: Viewer) -> None:
    """Hear of a report no more; what was said stays with it. Twice is as once."""
    if follower.left_at is None:
        follower.left_at = clock.now()
        audit.record("left", follower.ticket, by=by, after={"follower": follower.id})


def return_to(follower: TicketFollower, *, by: Viewer) -> None:
    """Hear of a report again after leaving it."""
    if follower.left_at is not None:
        follower.left_at = None
        audit.record("rejoined", follower.ticket, by=by, after={"follower": follower.id})


def _following(ticket: Ticket, by: Viewer) -> TicketFollower | None:
    """Return the place of a signed-in person who joined before."""
    if by.id is None:
        return None
    found = db.session.scalar(
        select(TicketFollower)
        .where(TicketFollower.ticket_id == ticket.id, TicketFollower.person_id == by.id)
        .order_by(TicketFollower.id)
        .limit(1)
    )
    if found is not None:
        found.left_at = None
        found.token = found.token or new_token()
    return found


def _new_follower(ticket: Ticket, fields: Report, by: Viewer) -> TicketFollower:
    follower = TicketFollower(
        ticket_id=ticket.id,
        person_id=by.id,
        name=(by.name if by.id else fields.reporter_name)[:120],
        contact=fields.reporter_contact,
        language=by.language if by.id else language(),
        at=clock.now(),
        token=fields.token or new_token(),
    )
    follower.ticket = ticket
    db.session.add(follower)
    db.session.flush()  # the entry names the one who joined
    return follower


def _word(
    follower: TicketFollower, act: str, body: str, by: Viewer, photos: Sequence[KeptPhoto]
) -> TicketEntry:
    entry = TicketEntry(
        ticket_id=follower.ticket_id,
        at=clock.now(),
        act=act,
        actor_id=follower.person_id,
        actor_name=(by.name if by.id else follower.name)[:200],
        actor_role="reporter",
        body=body,
        # The first reporter's private page shows no words of a stranger.
        public=False,
        detail={"follower": follower.id},
    )
    db.session.add(entry)
    db.session.flush()  # the photos point at the entry's id
    intake.keep_photos(follower.ticket, photos, entry=entry)
    return entry
