"""What tickets, mails and cards hold of a person besides columns that point at them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image
from sqlalchemy import ColumnElement, delete, or_, select, update

from helpdesk.mail_in.models import IncomingMail, MailFile
from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower, TicketPhoto
from kernel import clock
from kernel.db import db
from kernel.files import store
from kernel.thai import search_key
from office.cards.models import UserCard
from office.notifications.models import BadAddress
from office.privacy import slots
from office.privacy.slots import Part, Subject

REPORTER = "reporter"


def fill() -> None:
    """Say it in the slots of the office; call it when the application is built."""
    slots.fill("tickets", copies=copies, erases=erases)


def _theirs(subject: Subject) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = []
    if subject.contacts:
        terms.append(Ticket.reporter_contact.in_(subject.contacts) & Ticket.reporter_id.is_(None))
    if subject.person_id is not None:
        terms.append(Ticket.reporter_id == subject.person_id)
    return or_(*terms) if terms else Ticket.id.is_(None)


def copies(subject: Subject) -> Iterator[Part]:
    """Yield a guest's tickets, what was said on the tickets of the subject, and its photos."""
    tickets = db.session.scalars(select(Ticket).where(_theirs(subject)).order_by(Ticket.id)).all()
    if subject.person_id is None:
        yield Part("ticket", [_ticket(one) for one in tickets])
    ids = [one.id for one in tickets]
    entries = db.session.scalars(
        select(TicketEntry)
        .where(TicketEntry.ticket_id.in_(ids), TicketEntry.public)
        .order_by(TicketEntry.id)
    )
    yield Part("ticket_entry", [_entry(one) for one in entries])
    photos = db.session.scalars(
        select(TicketPhoto).where(
            TicketPhoto.ticket_id.in_(ids), TicketPhoto.public, TicketPhoto.entry_id.is_(None)
        )
    ).all()
    files = [(f"ticket-{one.ticket_id}-{one.id}.jpg", one.key) for one in photos]
    yield Part("ticket_photo", [{"id": one.id, "ticket": one.ticket_id} for one in photos], files)
    if subject.person_id is not None:
        cards = db.session.scalars(select(UserCard).where(UserCard.person_id == subject.person_id))
        kept = [(f"card-{one.id}.jpg", one.photo_key) for one in cards if one.photo_key]
        yield Part("card_photo", [{"file": name} for name, _key in kept], kept)
    elif subject.contacts:
        joined = db.session.scalars(
            select(TicketFollower).where(TicketFollower.contact.in_(subject.contacts))
        )
        yield Part(
            "ticket_follower", [{"name": one.name, "contact": one.contact} for one in joined]
        )


def _ticket(one: Ticket) -> dict[str, Any]:
    return {
        "number": one.number,
        "subject": one.subject,
        "detail": one.detail,
        "reporter_name": one.reporter_name,
        "reporter_contact": one.reporter_contact,
        "state": one.state,
        "opened_at": clock.local(one.opened_at).isoformat(timespec="seconds"),
    }


def _entry(one: TicketEntry) -> dict[str, Any]:
    at = clock.local(one.at).isoformat(timespec="seconds")
    return {"at": at, "act": one.act, "by": one.actor_role, "body": one.body}


def erases(subject: Subject) -> int:
    """Take guests' names and contacts, photos sent with reports, mails and card photos away.

    The bytes of the files go with the nightly tidying, when no row names them any more.
    """
    tickets = list(db.session.scalars(select(Ticket.id).where(_theirs(subject))))
    count = _forget_files(subject, tickets)
    if subject.contacts:
        count += forget_contacts(tickets, TicketFollower.contact.in_(subject.contacts))
    return count


def _forget_files(subject: Subject, tickets: list[int]) -> int:
    gone = db.session.execute(
        delete(TicketPhoto).where(
            TicketPhoto.ticket_id.in_(tickets), TicketPhoto.public, TicketPhoto.entry_id.is_(None)
        )
    )
    if subject.person_id is not None:
        blank = store().put(_blank_photo(), "jpg")
        db.session.execute(
            update(UserCard)
            .where(UserCard.person_id == subject.person_id)
            .values(photo_key=blank, thumbnail_key=blank)
        )
    mails = select(IncomingMail.id).where(
        or_(IncomingMail.sender.in_(subject.contacts), IncomingMail.ticket_id.in_(tickets))
    )
    ids = list(db.session.scalars(mails))
    db.session.execute(delete(MailFile).where(MailFile.mail_id.in_(ids)))
    db.session.execute(
        update(IncomingMail)
        .where(IncomingMail.id.in_(ids))
        .values(sender="", sender_name="", subject="", raw_key="", note="")
    )
    db.session.execute(delete(BadAddress).where(BadAddress.address.in_(subject.contacts)))
    return int(gone.rowcount) + len(ids)  # type: ignore[attr-defined]


def _blank_photo() -> bytes:
    """Return a grey picture: a card has to have one."""
    buffer = io.BytesIO()
    Image.new("RGB", (480, 640), (200, 200, 200)).save(buffer, "JPEG")
    return buffer.getvalue()


def forget_contacts(tickets: list[int], followers: ColumnElement[bool]) -> int:
    """Blank names and contacts of guests on tickets, and of guests who follow any.

    Args:
        tickets: ids of tickets that guests reported.
        followers: which followers besides.
    """
    changed = 0
    for ticket in db.session.scalars(select(Ticket).where(Ticket.id.in_(tickets))):
        if ticket.reporter_id is None:
            old = (ticket.reporter_name, ticket.reporter_contact)
            ticket.reporter_name = ticket.reporter_contact = ""
            for word in filter(None, map(search_key, old)):
                ticket.search_key = ticket.search_key.replace(word, " ")
            changed += 1
    gone = db.session.execute(
        update(TicketEntry)
        .where(
            TicketEntry.ticket_id.in_(tickets),
            TicketEntry.actor_id.is_(None),
            TicketEntry.actor_role == REPORTER,
            TicketEntry.actor_name != "",
        )
        .values(actor_name="")
    )
    left = db.session.execute(
        update(TicketFollower)
        .where(followers, TicketFollower.person_id.is_(None))
        .values(name="", contact="", token=None)
    )
    return changed + int(gone.rowcount) + int(left.rowcount)  # type: ignore[attr-defined]
