"""Reading units, buildings and rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from kernel import thai
from kernel.access import Scope
from kernel.db import db, thai_order
from office.people.models import Person
from office.places.models import Building, Room, Unit

ROOMS_SHOWN = 300


@dataclass(frozen=True)
class UnitLine:
    """One unit of the tree: how deep it lies, and how much belongs to it itself."""

    unit: Unit
    depth: int
    rooms: int
    people: int


def tree(query: str = "", *, closed: bool = False) -> list[UnitLine]:
    """Return the units as a tree read from top to bottom, in Thai order among siblings.

    Args:
        query: words of the name or the code; blank for all.
        closed: with the closed units.
    """
    units = db.session.scalars(select(Unit).order_by(Unit.kind, thai_order(Unit.name_th))).all()
    rooms = _counts(Room.unit_id, Room.closed_on.is_(None))
    people = _counts(Person.unit_id, Person.left_on.is_(None))
    wanted = thai.search_key(query).split()
    lines = []
    for unit in _from_the_root(units):
        text = thai.search_key(f"{unit.code} {unit.name_th} {unit.name_en}")
        if (closed or unit.closed_on is None) and all(word in text for word in wanted):
            depth = unit.path.count("/") - 2
            lines.append(UnitLine(unit, depth, rooms[unit.id], people[unit.id]))
    return lines


def _from_the_root(units: Sequence[Unit]) -> list[Unit]:
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    ordered: list[Unit] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += below.get(unit.id, [])[::-1]
    return ordered


def _counts(unit_id: InstrumentedAttribute[int], counted: ColumnElement[bool]) -> dict[int, int]:
    rows = db.session.execute(select(unit_id, func.count()).where(counted).group_by(unit_id))
    return defaultdict(int, {row[0]: row[1] for row in rows})


def choices(scope: Scope | None = None) -> list[tuple[str, str]]:
    """Return the open units as (id, name) for a select, indented as the tree is.

    Args:
        scope: only units inside it; all of them when left out.
    """
    units = db.session.scalars(
        select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.kind, thai_order(Unit.name_th))
    ).all()
    return [
        (str(unit.id), "\u2003" * (unit.path.count("/") - 2) + unit.name)
        for unit in _from_the_root(units)
        if scope is None or scope.covers(unit.id)
    ]


def below(unit: Unit) -> Sequence[Unit]:
    """Return the open units right under a unit, in Thai order."""
    return db.session.scalars(
        select(Unit)
        .where(Unit.parent_id == unit.id, Unit.closed_on.is_(None))
        .order_by(Unit.kind, thai_order(Unit.name_th))
    ).all()


def above(unit: Unit) -> Sequence[Unit]:
    """Return the units above a unit, the office first."""
    ids = [int(part) for part in unit.path.split("/") if part and int(part) != unit.id]
    return db.session.scalars(
        select(Unit).where(Unit.id.in_(ids)).order_by(func.length(Unit.path))
    ).all()


def rooms_of(unit_id: int, query: str = "", *, closed: bool = False) -> Sequence[Room]:
    """Return the rooms of a unit by building and name, with their building."""
    found = (
        select(Room)
        .outerjoin(Building, Building.id == Room.building_id)
        .options(joinedload(Room.building))
        .where(Room.unit_id == unit_id)
        .order_by(Building.id.is_(None), thai_order(Building.name), thai_order(Room.name), Room.id)
    )
    if not closed:
        found = found.where(Room.closed_on.is_(None))
    for word in thai.search_key(query).split():
        found = found.where(Room.name_key.contains(word, autoescape=True))
    rooms = db.session.scalars(found.limit(ROOMS_SHOWN)).all()
    return sorted(rooms, key=_room_order)


def _room_order(room: Room) -> tuple[bool, str, str]:
    """Numbers inside names count by their value on both engines: room 9 before room 10."""
    building = thai.sort_key(room.building.name) if room.building else ""
    return room.building is None, building, thai.sort_key(room.name)


def buildings_of(unit_id: int) -> Sequence[Building]:
    """Return the buildings of a unit in Thai order."""
    return db.session.scalars(
        select(Building).where(Building.unit_id == unit_id).order_by(thai_order(Building.name))
    ).all()


def people_count(unit_id: int) -> int:
    """Count who works in a unit itself."""
    query = select(func.count()).where(Person.unit_id == unit_id, Person.left_on.is_(None))
    return db.session.scalars(query).one()
