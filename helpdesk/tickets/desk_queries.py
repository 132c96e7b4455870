"""What somebody at the desk looks up while taking a report down: people, items, rooms' items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.labels import queries as labels
from assets.register import access as register
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket
from kernel import search
from kernel.access import Viewer
from kernel.db import db, fixed
from office.people.models import Person
from office.places.models import Room, Unit

MOST, MOST_ITEMS = 8, 200
USED = (Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL, Lifecycle.DRAFT)


def people(typed: str, viewer: Viewer) -> Sequence[Any]:
    """Return the people of the viewer's units whose name, phone or address holds the words."""
    if not typed.strip():
        return ()
    return db.session.execute(
        search.first(_people(viewer), Person.search_key, typed).limit(fixed(MOST))
    ).all()


def person(person_id: int | None, viewer: Viewer) -> Person | None:
    """Return somebody of the viewer's units who still works here."""
    if not person_id:
        return None
    return db.session.scalar(
        select(Person).where(
            Person.id == person_id,
            Person.left_on.is_(None),
            viewer.scope(access.REPORT_FOR).clause(Person.unit_id),
        )
    )


def items(typed: str, viewer: Viewer) -> Sequence[Asset]:
    """Return the items that a scan, a number or words mean, among those the viewer may see."""
    if not typed.strip():
        return ()
    found = labels.scanned(typed, viewer)
    if found:
        return found[:MOST]
    seen = select(Asset).where(register.visible(viewer), Asset.lifecycle.in_(USED))
    return db.session.scalars(search.first(seen, Asset.search_key, typed).limit(fixed(MOST))).all()


def units(viewer: Viewer) -> Sequence[Any]:
    """Return the open units that the viewer may report for, the office first."""
    return db.session.execute(
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(Unit.closed_on.is_(None), viewer.scope(access.REPORT_FOR).clause(Unit.id))
        .order_by(Unit.kind == "school", Unit.name_th)
    ).all()


def items_in(room: Room, viewer: Viewer, typed: str = "") -> Sequence[Asset]:
    """Return what stands in a room and may be reported: at most one more than 200."""
    query = select(Asset).where(
        Asset.room_id == room.id, Asset.lifecycle.in_(USED), register.visible(viewer)
    )
    if typed.strip():
        query = query.where(search.contains(Asset.search_key, typed))
    return db.session.scalars(
        query.options(joinedload(Asset.asset_class))
        .order_by(Asset.name_sort, Asset.asset_no_sort, Asset.id)
        .limit(fixed(MOST_ITEMS + 1))
    ).all()


def chosen_items(ids: Sequence[int], viewer: Viewer) -> Sequence[Asset]:
    """Return the chosen items among those the viewer may see, in the order of the list."""
    return db.session.scalars(
        select(Asset)
        .where(Asset.id.in_(ids[:1000]), register.visible(viewer))
        .options(joinedload(Asset.asset_class), joinedload(Asset.room))
        .order_by(Asset.name_sort, Asset.asset_no_sort, Asset.id)
    ).all()


def parts_of(ticket_id: int) -> Sequence[Ticket]:
    """Return the tickets that are parts of one, by their numbers."""
    return db.session.scalars(
        select(Ticket).where(Ticket.parent_id == ticket_id).order_by(Ticket.id)
    ).all()


def _people(viewer: Viewer) -> Any:  # noqa: ANN401 - a SELECT of several columns
    return (
        select(
            Person.id,
            Person.name_th,
            Person.name_en,
            Person.phone,
            Unit.name_th.label("unit_th"),
            Unit.name_en.label("unit_en"),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.left_on.is_(None),
            viewer.scope(access.REPORT_FOR).clause(Person.unit_id),
        )
    )
