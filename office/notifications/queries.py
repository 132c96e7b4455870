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
from office.notifications.kinds import DIGEST
from office.notifications.models import BadAddress, Delivery, Hook, PushDevice, Wording
from office.notifications.states import TROUBLED, State, Way
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
        .where(OutgoingMessage.person_id == viewer.id, OutgoingMessage.kind != DIGEST, unread)
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


@dataclass(frozen=True)
class Outgoing:
    """One message with its recipient and every way it went."""

    message: OutgoingMessage
    person: Person | None
    deliveries: Sequence[Delivery]


def outgoing(viewer: Viewer, number: int, state: State | None) -> Page[Outgoing]:
    """Return a page of all messages with their recipients and ways, the newest first."""
    viewer.demand(SEE)
    wanted = select(Delivery.message_id).where(Delivery.state == state) if state else None
    found = db.session.execute(
        select(OutgoingMessage, Person)
        .outerjoin(Person, Person.id == OutgoingMessage.person_id)
        .where(OutgoingMessage.id.in_(wanted) if wanted is not None else true())
        .order_by(OutgoingMessage.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    ways = deliveries_of([message.id for message, _person in found])
    rows = [Outgoing(message, person, ways.get(message.id, [])) for message, person in found]
    return paged(rows, number, A_PAGE)


def deliveries_of(message_ids: Sequence[int]) -> dict[int, list[Delivery]]:
    """Return the deliveries of messages, by message."""
    found: dict[int, list[Delivery]] = {}
    for one in db.session.scalars(
        select(Delivery).where(Delivery.message_id.in_(message_ids)).order_by(Delivery.id)
    ):
        found.setdefault(one.message_id, []).append(one)
    return found


def troubled_count() -> int:
    """Return how many messages a person should look at."""
    troubled = select(func.count()).where(Delivery.state.in_([s.value for s in TROUBLED]))
    return int(db.session.scalar(troubled) or 0)


def recipient_of(message: OutgoingMessage) -> Recipient:
    """Return where a message goes; people who have left get no e-mail any more."""
    person = db.session.get(Person, message.person_id) if message.person_id else None
    if person is None:
        return Recipient(message.address, "")
    name = person.name_en if message.language == "en" and person.name_en else person.name_th
    return Recipient("" if person.left_on else message.address or person.email, name)


def recipient_of_id(delivery_id: int) -> Recipient:
    """Return where the message of a delivery goes by e-mail."""
    return recipient_of(db.session.get_one(Delivery, delivery_id).message)


def recipient_named(viewer: Viewer) -> Recipient:
    """Return where e-mails to the viewer go."""
    person = db.session.get_one(Person, viewer.id)
    return Recipient(person.email, person.name)


def devices_of(viewer: Viewer) -> Sequence[PushDevice]:
    """Return the viewer's devices, the newest first."""
    return db.session.scalars(
        select(PushDevice)
        .where(PushDevice.person_id == viewer.id, PushDevice.gone_at.is_(None))
        .order_by(PushDevice.id.desc())
    ).all()


def hooks() -> Sequence[Hook]:
    """Return every hook by its name."""
    return db.session.scalars(select(Hook).order_by(Hook.name, Hook.id)).all()


def bad_addresses() -> Sequence[tuple[BadAddress, Person | None]]:
    """Return the addresses that mails come back from, with whose they are, the newest first."""
    found = db.session.execute(
        select(BadAddress, Person)
        .outerjoin(Person, func.lower(Person.email) == BadAddress.address)
        .order_by(BadAddress.since.desc())
        .limit(200)
    )
    return [(address, person) for address, person in found]


def wordings() -> dict[tuple[str, str], Wording]:
    """Return the office's own words by kind and language."""
    return {(one.kind, one.language): one for one in db.session.scalars(select(Wording))}


def sample(kind: str, wanted: str) -> OutgoingMessage | None:
    """Return the newest message of a kind in a language, to try words on."""
    return db.session.scalar(
        select(OutgoingMessage)
        .where(OutgoingMessage.kind == kind, OutgoingMessage.language == wanted)
        .order_by(OutgoingMessage.id.desc())
        .limit(1)
    )


def kinds_sent() -> Sequence[str]:
    """Return the kinds of messages that were ever written, and those that have own words."""
    sent = db.session.scalars(select(OutgoingMessage.kind).distinct())
    own = db.session.scalars(select(Wording.kind).distinct())
    return sorted({*sent, *own} - {DIGEST})


def new_ids(limit: int) -> Sequence[int]:
    """Return messages whose ways are not decided yet, the oldest first."""
    return db.session.scalars(
        select(OutgoingMessage.id)
        .where(OutgoingMessage.routed_at.is_(None))
        .order_by(OutgoingMessage.id)
        .limit(limit)
    ).all()


def due_ids(way: Way, limit: int) -> list[int]:
    """Return the deliveries to make now on one way, the longest waiting first."""
    found = db.session.scalars(
        select(Delivery.id)
        .where(
            Delivery.state == State.WAITING,
            Delivery.next_try_at <= clock.now(),
            Delivery.way == way,
        )
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(limit)
    )
    return list(found)


def lost_ids(way: Way) -> Sequence[int]:
    """Return the deliveries that a dead process was making."""
    return db.session.scalars(
        select(Delivery.id).where(
            Delivery.state == State.SENDING,
            Delivery.next_try_at <= clock.now(),
            Delivery.way == way,
        )
    ).all()


def tried_at(delivery: Delivery) -> datetime | None:
    """Return when a waiting delivery is tried next, None where that is at once or never."""
    later = delivery.state == State.WAITING and delivery.next_try_at > clock.now()
    return delivery.next_try_at if later else None
