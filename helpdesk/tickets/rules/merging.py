"""Two tickets of one fault become one, and one ticket of two faults becomes two.

The number, the page and the private link of a merged ticket stay: they lead on to the other one.
"""

from __future__ import annotations

from sqlalchemy import select, update

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower, TicketPhoto
from helpdesk.tickets.rules import intake, talk, work
from helpdesk.tickets.states import OPEN
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

SAID = ("answered", "noted", "joined")
LONGEST_CHAIN = 50


def merge(ticket: Ticket, target: Ticket, *, by: Viewer) -> None:
    """Let a ticket end in another one: its words, photos and reporters go along.

    What strangers wrote stays internal there: the first reporter's private page does not show it.
    Tickets that were merged into this one earlier lead on to the same end.

    Refuses a ticket into itself, in a circle, across schools, into one that is finished, and a
    ticket that is finished itself.
    """
    target = end_of_chain(target)
    if target.id == ticket.id:
        raise Refusal(_("A ticket cannot be merged into itself."), field="into")
    if target.unit_id != ticket.unit_id:
        raise Refusal(_("That ticket belongs to another school or group."), field="into")
    if not target.is_open:
        raise Refusal(_("The ticket %(number)s is finished.", number=target.number), field="into")
    work.merge(ticket, target, by=by)
    _carry_words(ticket, target, by)
    _carry_reporters(ticket, target)
    _carry_links(ticket, target)
    audit.record("took_in", target, by=by, after={"number": ticket.number})


def end_of_chain(ticket: Ticket) -> Ticket:
    """Return the ticket that a chain of merged ones ends in.

    Refuses a chain that does not end.
    """
    for _step in range(LONGEST_CHAIN):
        if ticket.merged_into_id is None:
            return ticket
        ticket = db.session.get_one(Ticket, ticket.merged_into_id)
    raise Refusal(_("These tickets are merged in a circle."), field="into")


def split(ticket: Ticket, entry: TicketEntry, detail: str, *, by: Viewer) -> Ticket:
    """Make a new ticket out of a moment that tells of something else.

    Args:
        entry: what was said; its photos go along as copies.
        detail: what the new ticket says; the words of the moment where left empty.

    Refuses a moment of another ticket and one without words.
    """
    said = detail.strip() or entry.body.strip()
    if entry.ticket_id != ticket.id or not said:
        raise Refusal(_("Choose a message with words."), field="entry")
    made = intake.report(
        intake.Report(
            unit_id=ticket.unit_id,
            room=ticket.room,
            place_text=ticket.place_text,
            kind=ticket.kind,
            category=ticket.category,
            detail=said,
            reporter_name=ticket.reporter_name,
            reporter_contact=ticket.reporter_contact,
            priority=ticket.priority,
            source="form",
        ),
        by=by,
    )
    # It is the reporter's, not the technician's who took the two apart.
    made.reporter_id, made.reporter_name = ticket.reporter_id, ticket.reporter_name
    made.language = ticket.language
    db.session.flush()  # the entry and the photos name the new ticket
    _copy_photos(entry.id, made.id, None, public=entry.public)
    told = {"number": made.number, "ticket_id": made.id}
    talk.write(ticket, "split", by=by, role="technician", public=False, detail=told)
    audit.record("split", ticket, by=by, after={"number": made.number})
    return made


def _carry_words(ticket: Ticket, target: Ticket, by: Viewer) -> None:
    told = {"from": ticket.number, "from_id": ticket.id}
    heading = "\n".join(dict.fromkeys(part for part in (ticket.subject, ticket.detail) if part))
    taken = talk.write(
        target, "took_in", by=by, role="technician", public=False, body=heading, detail=told
    )
    db.session.flush()  # the photos name the entry
    _copy_photos(None, target.id, taken.id, public=False, of=ticket.id)
    said = select(TicketEntry).where(
        TicketEntry.ticket_id == ticket.id, TicketEntry.act.in_(SAID), TicketEntry.body != ""
    )
    for entry in db.session.scalars(said.order_by(TicketEntry.id)).all():
        copy = TicketEntry(
            ticket_id=target.id,
            at=entry.at,
            act=entry.act,
            actor_id=entry.actor_id,
            actor_name=entry.actor_name,
            actor_role=entry.actor_role,
            body=entry.body,
            public=False,
            detail={"from": ticket.number},
        )
        db.session.add(copy)
        db.session.flush()  # the photos name the entry
        _copy_photos(entry.id, target.id, copy.id, public=False)


def _copy_photos(
    entry_id: int | None, ticket_id: int, to_entry: int | None, *, public: bool, of: int = 0
) -> None:
    """Let photos stand under another ticket too; the files are the same."""
    query = select(TicketPhoto).where(TicketPhoto.entry_id == entry_id)
    if entry_id is None:
        query = query.where(TicketPhoto.ticket_id == of)
    for photo in db.session.scalars(query).all():
        db.session.add(
            TicketPhoto(
                ticket_id=ticket_id,
                entry_id=to_entry,
                public=public,
                key=photo.key,
                thumbnail_key=photo.thumbnail_key,
                at=photo.at,
            )
        )


def _carry_reporters(ticket: Ticket, target: Ticket) -> None:
    known = {(one.person_id, one.contact) for one in queries.followers_of(target.id)}
    known.add((target.reporter_id, target.reporter_contact))
    for one in queries.followers_of(ticket.id):
        one.ticket_id = target.id
    if (ticket.reporter_id, ticket.reporter_contact) in known:
        return
    if ticket.reporter_id is None and not ticket.reporter_contact:
        return
    db.session.add(
        TicketFollower(
            ticket_id=target.id,
            person_id=ticket.reporter_id,
            name=ticket.reporter_name,
            contact=ticket.reporter_contact,
            language=ticket.language,
            at=clock.now(),
        )
    )


def _carry_links(ticket: Ticket, target: Ticket) -> None:
    """Let earlier merged tickets and parts of this one belong to the other."""
    db.session.execute(
        update(Ticket)
        .where(Ticket.merged_into_id == ticket.id, Ticket.state.not_in(OPEN))
        .values(merged_into_id=target.id)
        .execution_options(synchronize_session="fetch")
    )
    if target.parent_id == ticket.id:
        target.parent_id = None
    # Parts have no parts of their own: those of a part belong to its whole.
    db.session.execute(
        update(Ticket)
        .where(Ticket.parent_id == ticket.id, Ticket.id != target.id)
        .values(parent_id=target.parent_id or target.id)
        .execution_options(synchronize_session="fetch")
    )
