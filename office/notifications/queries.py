"""Reading messages: a person's inbox, and all that went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, select, true

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.pages import Page, paged
from office.bookkeeping.models import OutgoingMessage
from office.notifications.access import SEE
from office.notifications.states import TROUBLED, State
from office.people.models import Person

A_PAGE = 30


@dataclass(frozen=True)
class Recipient:
    """Where a message goes: an e-mail address ("" where there is none) and what calls them."""

    address: str
    name: str


def inbox_of(viewer: Viewer, number: int, *, unread_only: bool = False) -> Page[OutgoingMessage]:
    """Return a page of the messages to the viewer, the newest first."""
    unread: ColumnElement[bool] = OutgoingMessage.read_at.is_(None) if unread_only else true()
    found = db.session.scalars(
        select(OutgoingMessage)
        .where(OutgoingMessage.person_id == viewer.id, unread)
        .order_by(OutgoingMessage.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    return paged(found, number, A_PAGE)


def unread_count(viewer: Viewer) -> int:
    """Return how many messages to the viewer have not been read."""
    return int(db.session.scalar(_unread(), {"person_id": viewer.id}) or 0)


@cache
def _unread() -> Select[int]:
    """Return what every page asks, made once."""
    return select(func.count()).where(
        OutgoingMessage.person_id == bindparam("person_id"), OutgoingMessage.read_at.is_(None)
    )


def outgoing(
    viewer: Viewer, number: int, state: State | None
) -> Page[tuple[OutgoingMessage, Person | None]]:
    """Return a page of all messages with their recipients, the newest first."""
    viewer.demand(SEE)
    found = db.session.execute(
        select(OutgoingMessage, Person)
        .outerjoin(Person, Person.id == OutgoingMessage.person_id)
        .where(OutgoingMessage.state == state if state else true())
        .order_by(OutgoingMessage.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    )
    return paged([(message, person) for message, person in found], number, A_PAGE)


def troubled_count() -> int:
    """Return how many messages a person should look at."""
    return int(
        db.session.scalar(
            select(func.count()).where(OutgoingMessage.state.in_([s.value for s in TROUBLED]))
        )
        or 0
    )


def recipient_of(message: OutgoingMessage) -> Recipient:
    """Return where a message goes; people who have left get no e-mail any more."""
    person = db.session.get(Person, message.person_id) if message.person_id else None
    if person is None:
        return Recipient(message.address, "")
    name = person.name_en if message.language == "en" and person.name_en else person.name_th
    return Recipient("" if person.left_on else message.address or person.email, name)


def recipient_of_id(message_id: int) -> Recipient:
    """Return where the message of this id goes."""
    return recipient_of(db.session.get_one(OutgoingMessage, message_id))


def due_ids(limit: int) -> Sequence[int]:
    """Return the messages to send now, the longest waiting first."""
    return db.session.scalars(
        select(OutgoingMessage.id)
        .where(OutgoingMessage.state == State.WAITING, OutgoingMessage.next_try_at <= clock.now())
        .order_by(OutgoingMessage.next_try_at, OutgoingMessage.id)
        .limit(limit)
    ).all()


def lost_ids() -> Sequence[int]:
    """Return the messages that a dead process was sending."""
    return db.session.scalars(
        select(OutgoingMessage.id).where(
            OutgoingMessage.state == State.SENDING, OutgoingMessage.next_try_at <= clock.now()
        )
    ).all()


def tried_at(message: OutgoingMessage) -> datetime | None:
    """Return when a waiting message is tried next, None where that is at once or never."""
    later = message.state == State.WAITING and message.next_try_at > clock.now()
    return message.next_try_at if later else None
