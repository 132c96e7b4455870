"""Finding requests, and whom they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from helpdesk.privacy_requests import access
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import OPEN, REMINDED_DAYS
from helpdesk.tickets.models import Ticket, TicketFollower
from kernel.access import Viewer
from kernel.db import db
from office.people.models import Person
from office.privacy.slots import Subject

PAGE = 50
MOST = 200
TOKEN = re.compile(r"/[tj]/([A-Za-z0-9_-]{20,43})")


def requests(viewer: Viewer, number: int) -> Sequence[PrivacyRequest]:
    """Return up to a page and one of the requests: open ones first, the next due first.

    Raises:
        NotAllowed: the viewer may not see them.
    """
    viewer.demand(access.SEE)
    query = (
        select(PrivacyRequest)
        .options(joinedload(PrivacyRequest.person))
        .order_by(PrivacyRequest.state.not_in(OPEN), PrivacyRequest.due_on, PrivacyRequest.id)
    )
    return db.session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)).all()


def mine(viewer: Viewer) -> Sequence[PrivacyRequest]:
    """Return what the viewer asked for, the newest first."""
    return db.session.scalars(
        select(PrivacyRequest)
        .where(PrivacyRequest.person_id == viewer.id)
        .order_by(PrivacyRequest.id.desc())
        .limit(MOST)
    ).all()


def contact_of_link(typed: str) -> str:
    """Return the contact that stands behind a tracking link or the number of a ticket.

    What is neither is returned as it was typed: a telephone number or an e-mail address.
    """
    found = TOKEN.search(typed)
    if found:
        token = found.group(1)
        ticket = db.session.scalar(select(Ticket.reporter_contact).where(Ticket.token == token))
        follower = select(TicketFollower.contact).where(TicketFollower.token == token)
        return ticket or db.session.scalar(follower) or ""
    number = select(Ticket.reporter_contact).where(Ticket.number == typed.strip())
    return db.session.scalar(number) or typed.strip()


def is_known(contact: str) -> bool:
    """Tell whether a guest has left this contact on a ticket."""
    ticket = select(Ticket.id).where(Ticket.reporter_contact == contact).limit(1)
    follower = select(TicketFollower.id).where(TicketFollower.contact == contact).limit(1)
    return (db.session.scalar(ticket) or db.session.scalar(follower)) is not None


def subject_of(request: PrivacyRequest) -> Subject:
    """Return whose data a request is about."""
    if request.person is not None:
        return subject_of_person(request.person)
    return subject_of_contact(request.contact)


def subject_of_person(person: Person) -> Subject:
    """Return a person as the subject of a request."""
    names = tuple(filter(None, (person.name_th, person.name_en)))
    contacts = tuple(filter(None, (person.phone, person.email)))
    logins = tuple(filter(None, (person.username, person.card_code)))
    return Subject(person.id, names, contacts, logins)


def subject_of_contact(contact: str) -> Subject:
    """Return a guest as the subject: every name left with this contact."""
    if not contact:
        return Subject(None, (), ())
    tickets = select(Ticket.reporter_name).where(Ticket.reporter_contact == contact)
    followers = select(TicketFollower.name).where(TicketFollower.contact == contact)
    found = [*db.session.scalars(tickets), *db.session.scalars(followers)]
    return Subject(None, tuple(dict.fromkeys(name for name in found if name)), (contact,))


def namesakes(subject: Subject) -> Sequence[str]:
    """Return those names of the subject that somebody else bears too."""
    if not subject.names:
        return ()
    people = select(Person.name_th, Person.name_en).where(
        or_(Person.name_th.in_(subject.names), Person.name_en.in_(subject.names)),
        Person.id != (subject.person_id or 0),
    )
    borne = {name for row in db.session.execute(people) for name in row}
    guests = select(Ticket.reporter_name).where(
        Ticket.reporter_name.in_(subject.names),
        Ticket.reporter_id.is_(None),
        Ticket.reporter_contact.not_in(subject.contacts or ("",)),
    )
    borne |= set(db.session.scalars(guests))
    return [name for name in subject.names if name in borne]


def near_their_day(today: date) -> Sequence[int]:
    """Return the ids of open requests that are due within the first step of the reminders."""
    return db.session.scalars(
        select(PrivacyRequest.id)
        .where(
            PrivacyRequest.state.in_(OPEN),
            PrivacyRequest.due_on <= today + timedelta(days=max(REMINDED_DAYS)),
        )
        .order_by(PrivacyRequest.due_on)
    ).all()


def outdated_copies(today: date) -> Sequence[int]:
    """Return the ids of requests whose prepared copy has lain long enough."""
    return db.session.scalars(
        select(PrivacyRequest.id).where(
            PrivacyRequest.file_key != "", PrivacyRequest.file_until < today
        )
    ).all()
