"""Reading tickets: a ticket's story, an item's faults, what a report needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    String,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from assets.catalogue.models import AssetClass, Symptom
from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.labels.queries import tag_with_item
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower, TicketPhoto
from helpdesk.tickets.rating_models import Rating
from helpdesk.tickets.states import Kind, State
from kernel import thai
from kernel.db import db, fixed, thai_order
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Room, Unit

MOST_CHIPS = 8
LONGEST_STORY = 300
KEPT_STATEMENTS = 256


def open_units() -> Sequence[Any]:
    """Return every unit a report may come from, the office first."""
    return db.session.execute(
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(Unit.closed_on.is_(None))
        .order_by(Unit.kind == "school", thai_order(Unit.name_th))
    ).all()


def reported_by(person_id: int, show: str, number: int, size: int) -> Sequence[Ticket]:
    """Return up to ``size + 1`` own reports of a person, newest first.

    Args:
        show: "open" as the figure of the first page counts them, "finished", or "" for all.
    """
    query = select(Ticket).where(Ticket.reporter_id == person_id)
    if show == "open":
        query = query.where(Ticket.next_due_at.is_not(None))
    elif show == "finished":
        query = query.where(Ticket.next_due_at.is_(None))
    query = query.order_by(Ticket.id.desc())
    return db.session.scalars(query.limit(size + 1).offset((number - 1) * size)).all()


def story(ticket_id: int, *, public_only: bool) -> Sequence[TicketEntry]:
    """Return what happened to a ticket, oldest first; of a very long story the newest part."""
    found = db.session.scalars(_story(public_only), {"ticket_id": ticket_id}).all()
    return list(reversed(found))


def written_since(ticket_id: int, entry_id: int, person_id: int | None) -> bool:
    """Tell whether somebody else wrote on a ticket after an entry."""
    others = or_(TicketEntry.actor_id.is_(None), TicketEntry.actor_id != person_id)
    newer = select(TicketEntry.id).where(
        TicketEntry.ticket_id == ticket_id, TicketEntry.id > entry_id, others
    )
    return db.session.scalar(newer.limit(fixed(1))) is not None


@cache
def _story(public_only: bool) -> Select[TicketEntry]:  # noqa: FBT001 - what it is built for
    query = select(TicketEntry).where(TicketEntry.ticket_id == bindparam("ticket_id"))
    if public_only:
        query = query.where(TicketEntry.public)
    return query.order_by(TicketEntry.id.desc()).limit(fixed(LONGEST_STORY))


def photos_of(ticket_id: int, *, public_only: bool) -> dict[int | None, list[TicketPhoto]]:
    """Return a ticket's photos by the entry they came with; None stands for the report."""
    found: dict[int | None, list[TicketPhoto]] = {}
    for photo in db.session.scalars(_photos(public_only), {"ticket_id": ticket_id}):
        found.setdefault(photo.entry_id, []).append(photo)
    return found


@cache
def _photos(public_only: bool) -> Select[TicketPhoto]:  # noqa: FBT001 - what it is built for
    query = select(TicketPhoto).where(TicketPhoto.ticket_id == bindparam("ticket_id"))
    if public_only:
        query = query.where(TicketPhoto.public)
    return query.order_by(TicketPhoto.id)


def followers_of(ticket_id: int) -> Sequence[TicketFollower]:
    """Return those who joined a report."""
    return db.session.scalars(
        select(TicketFollower).where(TicketFollower.ticket_id == ticket_id)
    ).all()


def words_of_follower(follower: TicketFollower) -> Sequence[TicketEntry]:
    """Return what one who joined has said, oldest first; of very much the newest part."""
    entries = db.session.scalars(
        select(TicketEntry)
        .where(TicketEntry.ticket_id == follower.ticket_id, TicketEntry.act == "joined")
        .order_by(TicketEntry.id.desc())
        .limit(fixed(LONGEST_STORY))
    ).all()
    return [one for one in reversed(entries) if one.detail.get("follower") == follower.id]


def open_tickets_on(asset_id: int, most: int = 3) -> Sequence[Ticket]:
    """Return the open tickets on an item, newest first; a part goes with its open whole."""
    return db.session.scalars(_open_on(most), {"asset_id": asset_id}).all()


@cache
def _open_on(most: int) -> Select[Ticket]:
    asset_id: Any = bindparam("asset_id")
    whole = aliased(Ticket)
    goes_along = exists().where(
        whole.id == Ticket.parent_id, whole.asset_id == asset_id, whole.next_due_at.is_not(None)
    )
    return (
        select(Ticket)
        .where(Ticket.asset_id == asset_id, Ticket.next_due_at.is_not(None), ~goes_along)
        .order_by(Ticket.id.desc())
        .limit(fixed(most))
    )


def open_ticket_on(asset_id: int) -> Ticket | None:
    """Return the newest open ticket on an item.

    A new one is only a stranger's word: a desk that lends the item should warn. From ``accepted``
    on a repair hold keeps the item from being lent.
    """
    return next(iter(open_tickets_on(asset_id, 1)), None)


def open_tickets_on_items(asset_ids: Sequence[int]) -> dict[int, Any]:
    """Return number, state and moment of the newest open ticket for each of these items."""
    rows = db.session.execute(
        select(Ticket.asset_id, Ticket.id, Ticket.number, Ticket.state, Ticket.opened_at)
        .where(Ticket.asset_id.in_(asset_ids), Ticket.next_due_at.is_not(None))
        .order_by(Ticket.id)
    )
    return {row.asset_id: row for row in rows if row.asset_id is not None}


def open_tickets_near(
    unit_id: int, room_id: int, *, without_asset: int = -1, most: int = 3
) -> Sequence[Ticket]:
    """Return the open tickets in a room, newest first; those on one item may be left out."""
    return db.session.scalars(
        select(Ticket)
        .where(
            Ticket.unit_id == unit_id,
            Ticket.room_id == room_id,
            Ticket.next_due_at.is_not(None),
            func.coalesce(Ticket.asset_id, 0) != without_asset,
        )
        .order_by(Ticket.id.desc())
        .limit(fixed(most))
    ).all()


def joinable(ticket_id: int, unit_id: int, room_id: int | None) -> Ticket | None:
    """Return an open ticket of a room, which somebody in that room may join."""
    if room_id is None:
        return None
    return db.session.scalar(
        select(Ticket).where(
            Ticket.id == ticket_id,
            Ticket.unit_id == unit_id,
            Ticket.room_id == room_id,
            Ticket.next_due_at.is_not(None),
        )
    )


def faults_of(asset_id: int, most: int = 3, *, beside: Ticket | None = None) -> Sequence[Ticket]:
    """Return the last faults of an item, newest first: its repair history (R-R1).

    A part of a ticket on the same item, and one merged into such a ticket, tell of no other fault.

    Args:
        beside: the ticket on whose page they are told; it and its whole are left out.
    """
    known = [beside.id, beside.parent_id or 0] if beside is not None else [0]
    return db.session.scalars(_faults(most), {"asset_id": asset_id, "known": known}).all()


@cache
def _faults(most: int) -> Select[Ticket]:
    asset_id: Any = bindparam("asset_id")
    other = aliased(Ticket)
    same = exists().where(
        other.id.in_((Ticket.parent_id, Ticket.merged_into_id)), other.asset_id == asset_id
    )
    return (
        select(Ticket)
        .where(
            Ticket.asset_id == asset_id,
            Ticket.id.not_in(bindparam("known", expanding=True)),
            ~same,
        )
        .order_by(Ticket.id.desc())
        .limit(fixed(most))
    )


def repairs_of(asset_ids: Sequence[int]) -> Sequence[Any]:
    """Return the finished repairs of items, the oldest first: columns of the tickets (R-R1)."""
    return db.session.execute(
        select(
            Ticket.asset_id,
            Ticket.number,
            Ticket.subject,
            Ticket.action_taken,
            Ticket.repair_cost,
            Ticket.outcome,
            Ticket.resolved_at,
        )
        .where(
            Ticket.asset_id.in_(asset_ids),
            Ticket.kind == Kind.REPAIR,
            Ticket.state.in_((State.RESOLVED, State.CLOSED)),
            Ticket.resolved_at.is_not(None),
        )
        .order_by(Ticket.id)
    ).all()


def symptoms_chosen(ids: Sequence[int]) -> Sequence[Symptom]:
    """Return the symptoms with these ids, in the order in which they are offered."""
    if not ids:
        return ()
    return db.session.scalars(
        select(Symptom).where(Symptom.id.in_(ids[:MOST_CHIPS])).order_by(Symptom.position)
    ).all()


def behind_label(code: str, symptom_ids: Sequence[int]) -> tuple[Asset | None, Sequence[Symptom]]:
    """Return the item behind a label and the chosen symptoms, in one query."""
    rows = db.session.execute(
        _label_with_symptoms(), {"code": read_code(code), "ids": list(symptom_ids[:MOST_CHIPS])}
    ).all()
    asset = rows[0].Tag.asset if rows else None
    return asset, [row.Symptom for row in rows if row.Symptom is not None]


@cache
def _label_with_symptoms() -> Select[Tag, Symptom]:
    chosen = Symptom.id.in_(bindparam("ids", expanding=True))
    return (
        tag_with_item().add_columns(Symptom).outerjoin(Symptom, chosen).order_by(Symptom.position)
    )


def room_called(unit_id: int, name: str) -> Room | None:
    """Return the room of a unit that has this name."""
    key = thai.search_key(name)
    if not key:
        return None
    return db.session.scalar(select(Room).where(Room.unit_id == unit_id, Room.name_key == key))


def chips_for(asset_class: AssetClass | None) -> Sequence[Symptom]:
    """Return the symptoms to offer: those of the class, of the wider class, then general ones."""
    fits = [Symptom.class_id.is_(None)]
    if asset_class is not None:
        fits.append(Symptom.class_id.in_([asset_class.id, asset_class.parent_id or 0]))
    near = case(
        (Symptom.class_id == (asset_class.id if asset_class else 0), 0),
        (Symptom.class_id.is_(None), 2),
        else_=1,
    )
    return db.session.scalars(
        select(Symptom)
        .where(or_(*fits), Symptom.retired.is_(False))
        .order_by(near, Symptom.position, Symptom.id)
        .limit(fixed(MOST_CHIPS))
    ).all()


def technicians() -> Sequence[Any]:
    """Return id and names of everybody who holds the role of a technician and has not left."""
    holds = select(RoleGrant.person_id).where(RoleGrant.role == Role.TECHNICIAN)
    return db.session.execute(
        select(Person.id, Person.name_th, Person.name_en)
        .where(Person.id.in_(holds), Person.left_on.is_(None))
        .order_by(thai_order(Person.name_th))
    ).all()


def rating_of(ticket_id: int) -> Rating | None:
    """Return what the person served thought of the work."""
    return db.session.scalar(_rating(), {"ticket_id": ticket_id})


@cache
def _rating() -> Select[Rating]:
    return select(Rating).where(Rating.ticket_id == bindparam("ticket_id"))


def not_rated_between(
    since: datetime, until: datetime, after: int, most: int = 500
) -> Sequence[int]:
    """Return ids of tickets closed in a stretch of time that nobody rated or was asked to rate.

    Args:
        after: only ids above it, so that a job goes through them piece by piece.
    """
    asked = exists().where(
        OutgoingMessage.dedupe_key == literal("ticket_rate:").concat(cast(Ticket.id, String))
    )
    rated = exists().where(Rating.ticket_id == Ticket.id)
    return db.session.scalars(
        select(Ticket.id)
        .where(
            Ticket.state == State.CLOSED,
            Ticket.closed_at > since,
            Ticket.closed_at <= until,
            Ticket.id > after,
            ~asked,
            ~rated,
        )
        .order_by(Ticket.id)
        .limit(fixed(most))
    ).all()


def resolved_before(moment: datetime, most: int = 1000) -> Sequence[int]:
    """Return ids of tickets that were resolved before the moment and nobody has closed."""
    return db.session.scalars(
        select(Ticket.id)
        .where(Ticket.state == State.RESOLVED, Ticket.resolved_at < moment)
        .order_by(Ticket.resolved_at)
        .limit(fixed(most))
    ).all()
