"""The verbs of places: found a unit, name a building or a room."""

from __future__ import annotations

from sqlalchemy import select

from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.models import Building, Room, Unit

KINDS = ("office", "group", "school")


def found_unit(
    code: str,
    kind: str,
    name_th: str,
    *,
    parent: Unit | None,
    by: Viewer,
    name_en: str = "",
    size: str = "",
) -> Unit:
    """Add a unit under another one.

    Refuses a code that is taken, a kind that is not known, and a second root.
    """
    if kind not in KINDS:
        raise Refusal(_("“%(kind)s” is not a kind of unit.", kind=kind), field="kind")
    if db.session.scalar(select(Unit.id).where(Unit.code == code)):
        raise Refusal(_("The code “%(code)s” is taken.", code=code), field="code")
    if parent is None and db.session.scalar(select(Unit.id).where(Unit.parent_id.is_(None))):
        raise Refusal(_("There is one office; choose the unit above this one."), field="parent")
    unit = Unit(
        code=code,
        kind=kind,
        name_th=name_th,
        name_en=name_en,
        size=size,
        parent_id=parent.id if parent else None,
    )
    db.session.add(unit)
    db.session.flush()  # the id is part of the path
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    audit.record("founded", unit, by=by, after={"code": code, "name_th": name_th})
    return unit


def room_named(unit_id: int, name: str, *, by: Viewer, building: str = "") -> Room:
    """Return the room of a unit with this name, made where there is none yet."""
    key = thai.search_key(name)
    room = db.session.scalar(select(Room).where(Room.unit_id == unit_id, Room.name_key == key))
    if room is None:
        room = Room(unit_id=unit_id, name=name, name_key=key)
        db.session.add(room)
        audit.record("named", room, by=by, after={"name": name, "unit_id": unit_id})
    if building and room.building_id is None:
        room.building = building_named(unit_id, building, by=by)
    return room


def building_named(unit_id: int, name: str, *, by: Viewer) -> Building:
    """Return the building of a unit with this name, made where there is none yet."""
    key = thai.search_key(name)
    found = db.session.scalar(
        select(Building).where(Building.unit_id == unit_id, Building.name_key == key)
    )
    if found is None:
        found = Building(unit_id=unit_id, name=name, name_key=key)
        db.session.add(found)
        audit.record("named", found, by=by, after={"name": name, "unit_id": unit_id})
    return found
