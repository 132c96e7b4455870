"""Who may change places, and the viewer a signed-in person becomes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.bookkeeping.models import OutgoingMessage
from office.people.access import EVERYONE, Role
from office.people.models import Person, RoleGrant
from office.places.models import Building, Room, Unit

SEE = permission("office:place:see", roles=EVERYONE)
EDIT = permission("office:place:edit", roles=(Role.ADMIN,))


@cache
def _with_reach() -> Select[*tuple[Any, ...]]:
    """Return the one query behind every signed-in page, made once."""
    granted, under = aliased(Unit), aliased(Unit)
    covered = or_(under.id == granted.id, under.path.startswith(granted.path))
    # Counted once, not for every unit: it hangs on no table of the query.
    unread = (
        select(func.count())
        .where(
            OutgoingMessage.person_id == bindparam("person_id"), OutgoingMessage.read_at.is_(None)
        )
        .scalar_subquery()
    )
    return (
        select(
            Person.id,
            Person.name_th,
            Person.name_en,
            Person.language,
            Person.left_on,
            Person.session_epoch,
            Person.unit_id,
            Unit.name_th.label("unit_th"),
            Unit.name_en.label("unit_en"),
            RoleGrant.role,
            RoleGrant.unit_id.label("granted_unit_id"),
            under.id.label("covered_id"),
            unread.label("unread"),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(granted, granted.id == RoleGrant.unit_id)
        .outerjoin(under, covered)
        .where(Person.id == bindparam("person_id"))
    )


def viewer_of(person_id: int, session_epoch: int | None = None) -> Viewer | None:
    """Return the viewer for a person, with each role's reach worked out.

    Args:
        person_id: the person.
        session_epoch: of the session that asks; where it is given it must be the present one.

    Returns:
        None where there is no such person, the person has left, or the session has ended.
    """
    rows = db.session.execute(_with_reach(), {"person_id": person_id}).all()
    if not rows or rows[0].left_on is not None:
        return None
    person = rows[0]
    if session_epoch is not None and person.session_epoch != session_epoch:
        return None
    spoken = person.language if session_epoch is not None else language()
    english = spoken == "en"
    return Viewer(
        id=person.id,
        name=person.name_en if english and person.name_en else person.name_th,
        unit_id=person.unit_id,
        unit_name=person.unit_en if english and person.unit_en else person.unit_th,
        language=person.language,
        grants=_reach(rows),
        unread=person.unread,
    )


def _reach(rows: Sequence[Any]) -> dict[str, frozenset[int] | None]:
    reach: dict[str, frozenset[int] | None] = {Role.REQUESTER.value: None}
    for row in rows:
        if row.role is None:
            continue
        if row.granted_unit_id is None:
            reach[row.role] = None
        elif reach.get(row.role, frozenset()) is not None:
            reach[row.role] = (reach.get(row.role) or frozenset()) | {row.covered_id}
    return reach


def unit_seen(unit_id: int) -> Unit:
    """Return a unit; everybody who is signed in may see all of them.

    Raises:
        NotFound: there is no such unit.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(_("There is no such unit."))
    return unit


def unit_edited(viewer: Viewer, unit_id: int) -> Unit:
    """Return a unit whose data, buildings and rooms the viewer may change.

    Raises:
        NotFound: there is no such unit.
        NotAllowed: it lies outside the viewer's units.
    """
    unit = unit_seen(unit_id)
    viewer.demand(EDIT, unit.id)
    return unit


def room_edited(viewer: Viewer, room_id: int) -> Room:
    """Return a room that the viewer may change.

    Raises:
        NotFound: there is no such room.
        NotAllowed: its unit lies outside the viewer's units.
    """
    room = db.session.get(Room, room_id)
    if room is None:
        raise NotFound(_("There is no such room."))
    viewer.demand(EDIT, room.unit_id)
    return room


def building_edited(viewer: Viewer, building_id: int) -> Building:
    """Return a building that the viewer may change.

    Raises:
        NotFound: there is no such building.
        NotAllowed: its unit lies outside the viewer's units.
    """
    building = db.session.get(Building, building_id)
    if building is None:
        raise NotFound(_("There is no such building."))
    viewer.demand(EDIT, building.unit_id)
    return building
