"""Reading mails: the list, what is not read yet, whom a sender is known as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, func, select

from helpdesk.mail_in.models import IncomingMail, MailboxMark, MailFile
from helpdesk.mail_in.states import WAITING, State
from helpdesk.tickets.models import Ticket, TicketFollower
from kernel.db import db, fixed
from office.people.models import Person
from office.places.models import Unit

PAGE = 50


@dataclass(frozen=True)
class Sender:
    """Who a mail is from: a person of the office, or a guest who reported before."""

    person: Person | None
    unit_id: int
    name: str


def mails(state: State | None, number: int) -> Sequence[IncomingMail]:
    """Return up to one more than a page of mails, the newest first."""
    query = select(IncomingMail).order_by(IncomingMail.id.desc())
    if state is not None:
        query = query.where(IncomingMail.state == state)
    return db.session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)).all()


def waiting_count() -> int:
    """Return how many mails wait for somebody to look at them."""
    query = select(func.count()).select_from(IncomingMail).where(IncomingMail.state.in_(WAITING))
    return int(db.session.scalar(query) or 0)


@dataclass(frozen=True)
class Unread:
    """A mail that is kept but not read yet, and where its bytes lie."""

    id: int
    raw_key: str
    whole: bool


def unread(most: int) -> list[Unread]:
    """Return the mails that are kept but not read yet, the oldest first."""
    rows = db.session.execute(
        select(IncomingMail.id, IncomingMail.raw_key, IncomingMail.whole)
        .where(IncomingMail.state == State.STORED)
        .order_by(IncomingMail.id)
        .limit(fixed(most))
    )
    return [Unread(*row) for row in rows]


def mark_of(mailbox: str) -> MailboxMark | None:
    """Return how far a mailbox was fetched."""
    return db.session.get(MailboxMark, mailbox)


def last_fetched() -> MailboxMark | None:
    """Return the mark of the mailbox that was fetched last."""
    return db.session.scalar(select(MailboxMark).order_by(MailboxMark.fetched_at.desc()).limit(1))


def files_of(mail_id: int) -> Sequence[MailFile]:
    """Return the documents that a mail brought."""
    return db.session.scalars(
        select(MailFile).where(MailFile.mail_id == mail_id).order_by(MailFile.id)
    ).all()


def files_of_ticket(ticket_id: int) -> Sequence[MailFile]:
    """Return the documents that mails brought to a ticket."""
    return db.session.scalars(_files_of_ticket(), {"ticket_id": ticket_id}).all()


@cache
def _files_of_ticket() -> Select[MailFile]:
    mine = MailFile.ticket_id == bindparam("ticket_id")
    return select(MailFile).where(mine).order_by(MailFile.id)


def sender_of(address: str) -> Sender | None:
    """Return whom an address belongs to; None where nobody ever wrote or reported from it."""
    if not address:
        return None
    person = db.session.scalar(
        select(Person).where(Person.email == address, Person.left_on.is_(None))
    )
    if person is not None:
        return Sender(person, person.unit_id, person.name_th)
    row = db.session.execute(
        select(Ticket.unit_id, Ticket.reporter_name)
        .join(Unit, Unit.id == Ticket.unit_id)
        .where(
            Ticket.reporter_contact == address,
            Ticket.reporter_contact != "",
            Unit.closed_on.is_(None),
        )
        .order_by(Ticket.id.desc())
        .limit(fixed(1))
    ).first()
    return Sender(None, row.unit_id, row.reporter_name) if row else None


def office_unit() -> int | None:
    """Return the office itself: where a report belongs whose sender belongs nowhere."""
    return db.session.scalar(select(Unit.id).where(Unit.parent_id.is_(None)).order_by(Unit.id))


def ticket_numbered(number: str, sender: Sender, address: str) -> Ticket | None:
    """Return the ticket of a number, where this sender reported it."""
    ticket = db.session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is None:
        return None
    if sender.person is not None:
        return ticket if ticket.reporter_id == sender.person.id else None
    guest = ticket.reporter_id is None
    return ticket if guest and ticket.reporter_contact.strip().lower() == address else None


def follower(follower_id: int) -> TicketFollower | None:
    """Return somebody who joined a report."""
    return db.session.get(TicketFollower, follower_id)
