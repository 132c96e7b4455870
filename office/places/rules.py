"""The verbs of places: found, edit and close a unit; name, edit and close buildings and rooms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Building, Room, Unit

KINDS = ("office", "group", "school")
CHANGEABLE = ("code", "kind", "name_th", "name_en", "size", "phone")


def found_unit(
    code: str,
    kind: str,
    name_th: str,
    *,
    parent: Unit | None,
    by: Viewer,
    name_en: str = "",
    size: str = "",
    phone: str = "",
) -> Unit:
    """Add a unit under another one.

    Refuses a code that is taken, a kind that is not known or belongs to the office alone, and a
    second root.
    """
    if wrong := wrong_kind(kind, is_root=parent is None):
        raise Refusal(wrong, field="kind")
    if db.session.scalar(select(Unit.id).where(Unit.code == code)):
        raise Refusal(_("The code “%(code)s” is taken.", code=code), field="code")
    if parent is None and db.session.scalar(select(Unit.id).where(Unit.parent_id.is_(None))):
        raise Refusal(_("There is one office; choose the unit above this one."), field="parent")
    take_turns()
    if parent is not None:
        db.session.refresh(parent)
    unit = Unit(
        code=code,
        kind=kind,
        name_th=name_th,
        name_en=name_en,
        size=size,
        phone=phone,
        parent_id=parent.id if parent else None,
    )
    taken = Refusal(_("The code “%(code)s” is taken.", code=code), field="code")
    _insert(unit, taken, "unit.code", "uq_unit_code")
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    audit.record("founded", unit, by=by, after={"code": code, "name_th": name_th})
    return unit


def edit_unit(unit: Unit, *, by: Viewer, parent: Unit | None, **fields: Any) -> bool:  # noqa: ANN401
    """Change a unit's data, or move it (with what lies under it) under another unit.

    Refuses a code that is taken, a kind that is not known or belongs to the office alone, an empty
    name, a second root, and a unit under itself or under one of its own.

    Args:
        unit: the unit.
        by: who does it.
        parent: the unit above it; None only for the office itself.
        fields: those of ``CHANGEABLE`` that change.

    Returns:
        whether anything changed.
    """
    kind = fields.get("kind", unit.kind)
    if kind != unit.kind and (wrong := wrong_kind(kind, is_root=unit.parent_id is None)):
        raise Refusal(wrong, field="kind")
    code = fields.get("code", unit.code)
    if code != unit.code and db.session.scalar(select(Unit.id).where(Unit.code == code)):
        raise Refusal(_("The code “%(code)s” is taken.", code=code), field="code")
    for name in ("code", "name_th"):
        if not fields.get(name, "-"):
            raise Refusal(_("Please fill this in."), field=name)
    if unknown := fields.keys() - set(CHANGEABLE):
        raise ValueError(f"no such field: {unknown}")
    if (parent is None) != (unit.parent_id is None):
        raise Refusal(_("There is one office; choose the unit above this one."), field="parent")
    if parent is not None and parent.id != unit.parent_id:
        take_turns()
        db.session.refresh(parent)
    if parent is not None and parent.path.startswith(unit.path):
        raise Refusal(_("A unit cannot lie under itself."), field="parent")
    changes = {**fields, "parent_id": parent.id if parent else None}
    changed = audit.record_changes("edited", unit, changes, by=by)
    _repath(unit, parent)
    return changed


def wrong_kind(kind: str, *, is_root: bool) -> str:
    """Return why a unit cannot be of this kind; nothing where it can."""
    if kind not in KINDS:
        return _("“%(kind)s” is not a kind of unit.", kind=kind)
    if is_root and kind != "office":
        return _("The unit above all others is the office itself; its kind stays.")
    if kind == "office" and not is_root:
        return _("There is one office; choose group or school.")
    return ""


def take_turns() -> None:
    """Wait until nobody else changes the tree of units or the calendar of the office.

    Two moves at once could put two units under each other; PostgreSQL would take both.
    """
    root = select(Unit.id).where(Unit.parent_id.is_(None))
    db.session.execute(root.with_for_update(key_share=True))


def _repath(unit: Unit, parent: Unit | None) -> None:
    old, new = unit.path, f"{parent.path if parent else '/'}{unit.id}/"
    if old == new:
        return
    for below in db.session.scalars(select(Unit).where(Unit.path.startswith(old))):
        below.path = new + below.path.removeprefix(old)


def close_unit(unit: Unit, *, by: Viewer) -> None:
    """Close a unit: it is offered nowhere any more, what happened there stays.

    Refuses for the office itself, for a unit that is closed, for one with open units under it, and
    while people work there.
    """
    if unit.parent_id is None:
        raise Refusal(_("The office itself cannot be closed."))
    if unit.closed_on is not None:
        raise Refusal(_("%(name)s is closed already.", name=unit.name))
    below = select(Unit.id).where(Unit.parent_id == unit.id, Unit.closed_on.is_(None))
    if db.session.scalar(below.limit(1)):
        raise Refusal(_("Units under this one are open; close or move them first."))
    working = select(Person.id).where(Person.unit_id == unit.id, Person.left_on.is_(None))
    if db.session.scalar(working.limit(1)):
        raise Refusal(_("People work here; move them to another unit first."))
    audit.record_changes("closed", unit, {"closed_on": clock.today()}, by=by)


def reopen_unit(unit: Unit, *, by: Viewer) -> None:
    """Open a closed unit again. Refuses for an open one."""
    if unit.closed_on is None:
        raise Refusal(_("%(name)s is open already.", name=unit.name))
    audit.record_changes("reopened", unit, {"closed_on": None}, by=by)


def add_room(
    unit: Unit, name: str, *, by: Viewer, building: Building | None = None, floor: str = ""
) -> Room:
    """Add a room. Refuses an empty name and one that a room of the unit has."""
    _check_room_name(unit.id, name, None)
    room = Room(
        unit_id=unit.id,
        name=name,
        name_key=thai.search_key(name),
        floor=floor,
        building_id=building.id if building else None,
    )
    taken = Refusal(_("There is a room of this name already: %(name)s.", name=name), field="name")
    _insert(room, taken, "room.name_key", "uq_room_unit_id")
    audit.record("named", room, by=by, after={"name": name, "unit_id": unit.id})
    return room


def edit_room(room: Room, *, by: Viewer, name: str, building: Building | None, floor: str) -> bool:
    """Rename a room or move it to another building of its unit; refuses as ``add_room`` does.

    Returns:
        whether anything changed.
    """
    _check_room_name(room.unit_id, name, room.id)
    if building is not None and building.unit_id != room.unit_id:
        raise Refusal(_("This building belongs to another unit."), field="building")
    room.name_key = thai.search_key(name)
    changes = {"name": name, "building_id": building.id if building else None, "floor": floor}
    return audit.record_changes("edited", room, changes, by=by)


def close_room(room: Room, *, by: Viewer) -> None:
    """Close a room: it is offered nowhere any more. Refuses for a closed one."""
    if room.closed_on is not None:
        raise Refusal(_("%(name)s is closed already.", name=room.name))
    audit.record_changes("closed", room, {"closed_on": clock.today()}, by=by)


def reopen_room(room: Room, *, by: Viewer) -> None:
    """Open a closed room again. Refuses for an open one."""
    if room.closed_on is None:
        raise Refusal(_("%(name)s is open already.", name=room.name))
    audit.record_changes("reopened", room, {"closed_on": None}, by=by)


def add_building(unit: Unit, name: str, *, by: Viewer) -> Building:
    """Add a building. Refuses an empty name and one that a building of the unit has."""
    _check_building_name(unit.id, name, None)
    return building_named(unit.id, name, by=by)


def rename_building(building: Building, name: str, *, by: Viewer) -> bool:
    """Rename a building; refuses as ``add_building`` does."""
    _check_building_name(building.unit_id, name, building.id)
    building.name_key = thai.search_key(name)
    return audit.record_changes("renamed", building, {"name": name}, by=by)


def _insert(row: Unit | Room, taken: Refusal, *constraints: str) -> None:
    """Insert a row now; of two that give one name at once the second is refused."""
    db.session.add(row)
    try:
        db.session.flush()  # gives the id, and lets the unique index decide
    except IntegrityError as error:
        if not violates(error, *constraints):
            raise
        raise taken from error


def _check_room_name(unit_id: int, name: str, own_id: int | None) -> None:
    if not name.strip():
        raise Refusal(_("Please fill this in."), field="name")
    found = db.session.scalar(
        select(Room).where(Room.unit_id == unit_id, Room.name_key == thai.search_key(name))
    )
    if found is not None and found.id != own_id:
        raise Refusal(
            _("There is a room of this name already: %(name)s.", name=found.name), field="name"
        )


def _check_building_name(unit_id: int, name: str, own_id: int | None) -> None:
    if not name.strip():
        raise Refusal(_("Please fill this in."), field="name")
    key = thai.search_key(name)
    found = db.session.scalar(
        select(Building).where(Building.unit_id == unit_id, Building.name_key == key)
    )
    if found is not None and found.id != own_id:
        raise Refusal(
            _("There is a building of this name already: %(name)s.", name=found.name),
            field="name",
        )


def room_named(unit_id: int, name: str, *, by: Viewer, building: str = "") -> Room:
    """Return the room of a unit with this name, made where there is none yet."""
    key = thai.search_key(name)
    room = db.session.scalar(select(Room).where(Room.unit_id == unit_id, Room.name_key == key))
    if room is None:
        # Two that name one room at once wait for each other: one of them makes it.
        made = bookkeeping.insert_or_skip(Room, unit_id=unit_id, name=name, name_key=key)
        room = db.session.scalars(
            select(Room).where(Room.unit_id == unit_id, Room.name_key == key)
        ).one()
        if made:
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
        made = bookkeeping.insert_or_skip(Building, unit_id=unit_id, name=name, name_key=key)
        found = db.session.scalars(
            select(Building).where(Building.unit_id == unit_id, Building.name_key == key)
        ).one()
        if made:
            audit.record("named", found, by=by, after={"name": name, "unit_id": unit_id})
    return found
