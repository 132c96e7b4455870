"""Words on a ticket: answers that everybody reads, notes for the office only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import deadlines, intake, notices
from helpdesk.tickets.states import TICKET, Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def comment(
    ticket: Ticket,
    body: str,
    *,
    public: bool,
    by: Viewer,
    photos: Sequence[intake.KeptPhoto] = (),
) -> TicketEntry:
    """Write an answer to the reporter (public), or a note for the office.

    Refuses an empty one without a photo, and one on a ticket that goes on as another one.
    """
    if ticket.merged_into_id is not None:
        going_on = db.session.get_one(Ticket, ticket.merged_into_id)
        raise Refusal(
            _("This ticket goes on as %(number)s. Please write there.", number=going_on.number)
        )
    _check_words(body, photos)
    act = "answered" if public else "noted"
    entry = write(ticket, act, by=by, role="technician", body=body, public=public)
    db.session.flush()  # the photos point at the entry's id
    intake.keep_photos(ticket, photos, entry=entry)
    if public:
        deadlines.respond(ticket)
    audit.record(act, ticket, by=by)
    if public:
        notices.tell_of_answer(ticket, body, by=by)
    return entry


def check_read(ticket: Ticket, seen: int, *, by: Viewer) -> None:
    """Refuse a reply that was begun before somebody else wrote on the ticket.

    Args:
        seen: the last entry that the writer's page showed; below 0 where it said none.

    Raises:
        Stale: something came in between; the words stay in the form, a second tap sends them.
    """
    # One reply after the other: the second one sees the first.
    db.session.execute(select(Ticket.id).where(Ticket.id == ticket.id).with_for_update())
    if seen >= 0 and queries.written_since(ticket.id, seen, by.id):
        raise Stale(
            _(
                "Somebody else wrote here while you were writing. Your words are kept and not sent "
                "yet: read what came in between, then send them as they are or change them."
            )
        )


def answer(
    ticket: Ticket, body: str, *, by: Viewer, photos: Sequence[intake.KeptPhoto] = ()
) -> TicketEntry:
    """Take an answer of the reporter; a ticket that waited for it goes on.

    Refuses an empty one without a photo, and one on a closed ticket.
    """
    if ticket.state in (State.CLOSED, State.CANCELLED):
        raise Refusal(
            _("This report is finished. If it is still broken, please ask for it to be reopened.")
        )
    _check_words(body, photos)
    before = ticket.state
    entry = write(ticket, "answered", by=by, role="reporter", body=body)
    if before == State.WAITING_REQUESTER:
        deadlines.enter(ticket, TICKET.target(before, Action.RESUME))
        ticket.waiting_reason = ""
        entry.state_from, entry.state_to = before, ticket.state
    db.session.flush()  # the photos point at the entry's id
    intake.keep_photos(ticket, photos, entry=entry)
    audit.record("answered", ticket, by=by)
    notices.tell_assignee(ticket, body, by=by)
    return entry


def write(
    ticket: Ticket,
    act: str,
    *,
    by: Viewer,
    role: str,
    body: str = "",
    public: bool = True,
    moved: tuple[str, str] = ("", ""),
    detail: dict[str, Any] | None = None,
) -> TicketEntry:
    """Add a moment to the story of a ticket (R-R2).

    Args:
        act: past tense, as in the audit trail.
        role: reporter, technician, office or system: what a guest reads instead of a name.
        moved: the states before and after, where they changed.
        detail: further facts as plain values.
    """
    entry = TicketEntry(
        ticket_id=ticket.id,
        at=clock.now(),
        act=act,
        actor_id=by.id,
        actor_name=by.name[:200],
        actor_role=role,
        body=body,
        public=public,
        state_from=moved[0],
        state_to=moved[1],
        detail=detail or {},
    )
    db.session.add(entry)
    return entry


def _check_words(body: str, photos: Sequence[intake.KeptPhoto]) -> None:
    if not body.strip() and not photos:
        raise Refusal(_("Please write a few words or add a photo."), field="body")
