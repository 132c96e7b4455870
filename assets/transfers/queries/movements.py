"""Reading movements: the list of the storekeeper and auditor, and my own last ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true, tuple_
from sqlalchemy.orm import joinedload

from assets.register.models import Asset, Movement
from assets.register.states import Lifecycle, MoveCause
from assets.transfers import access
from kernel import clock
from kernel.access import Permission, Viewer
from kernel.db import db, thai_order
from kernel.search import contains
from office.places.models import Room, Unit

PAGE = 50
LATEST = 12
MOST = 300
AT_ONCE = 1000
GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; an empty field narrows nothing."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    unit_id: int | None = None
    cause: str = ""


def movements(viewer: Viewer, filters: Filters, *, page: int = 1) -> Sequence[Any]:
    """Return one page, newest first, and one row more: ``Movement``, ``name``, ``asset_no``."""
    return db.session.execute(
        select(Movement, Asset.name, Asset.asset_no)
        .join(Asset, Asset.id == Movement.asset_id)
        .where(access.movements_seen(viewer), *_narrowed(filters))
        .order_by(Movement.at.desc(), Movement.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def exported(viewer: Viewer, filters: Filters) -> Iterator[Any]:
    """Yield all that ``movements`` shows on its pages, a thousand rows at a time.

    Pages follow each other by moment and id, so that what moves meanwhile neither repeats nor
    hides a row.
    """
    wanted = (
        select(Movement, Asset.name, Asset.asset_no)
        .join(Asset, Asset.id == Movement.asset_id)
        .where(access.movements_seen(viewer), *_narrowed(filters))
        .order_by(Movement.at.desc(), Movement.id.desc())
        .limit(AT_ONCE)
    )
    last: Movement | None = None
    while True:
        further = tuple_(Movement.at, Movement.id) < (last.at, last.id) if last else true()
        rows = db.session.execute(wanted.where(further)).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].Movement
        db.session.expunge_all()


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if filters.words:
        terms.append(contains(Asset.search_key, filters.words))
    if filters.since:
        terms.append(Movement.at >= _midnight(filters.since))
    if filters.until:
        terms.append(Movement.at < _midnight(filters.until + timedelta(days=1)))
    if filters.unit_id:
        unit = filters.unit_id
        terms.append(or_(Movement.from_unit_id == unit, Movement.to_unit_id == unit))
    if filters.cause:
        terms.append(Movement.cause == filters.cause)
    return terms


def _midnight(day: date) -> datetime:
    return clock.at(day, time())


def units(viewer: Viewer) -> Sequence[Any]:
    """Return id and names of the units whose movements the viewer may see."""
    inside = viewer.scope(access.SEE_MOVEMENT).clause(Unit.id)
    return db.session.execute(
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(inside)
        .order_by(Unit.kind, thai_order(Unit.name_th))
    ).all()


def of_asset(asset_id: int, most: int) -> Sequence[Movement]:
    """Return the last movements of an item, newest first."""
    return db.session.scalars(
        select(Movement)
        .where(Movement.asset_id == asset_id)
        .order_by(Movement.id.desc())
        .limit(most)
    ).all()


def latest_of(viewer: Viewer, room: Room) -> Sequence[Any]:
    """Return what the viewer put into a room today: ``Movement``, ``name``, ``asset_no``."""
    return db.session.execute(
        select(Movement, Asset.name, Asset.asset_no)
        .join(Asset, Asset.id == Movement.asset_id)
        .where(
            Movement.by_id == viewer.id,
            Movement.to_room_id == room.id,
            Movement.cause == MoveCause.HAND,
            Movement.at >= _midnight(clock.today()),
            Asset.room_id == room.id,
        )
        .order_by(Movement.id.desc())
        .limit(LATEST)
    ).all()


def last_of(viewer: Viewer, movement_id: int) -> Movement | None:
    """Return a movement that the viewer made."""
    mine = (Movement.id == movement_id, Movement.by_id == viewer.id)
    return db.session.scalar(select(Movement).where(*mine))


def standing_in(viewer: Viewer, room_id: int, right: Permission) -> Sequence[Asset]:
    """Return the items that stand in a room, as far as a right of the viewer reaches them."""
    return db.session.scalars(
        select(Asset)
        .options(joinedload(Asset.room), joinedload(Asset.custodian))
        .where(
            Asset.room_id == room_id,
            access.reached(viewer, right),
            Asset.lifecycle.not_in(GONE),
        )
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(MOST)
    ).all()
