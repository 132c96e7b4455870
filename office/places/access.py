"""Who may change places, and the viewer a signed-in person becomes."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from office.people.access import EVERYONE, Role
from office.people.models import Person, RoleGrant
from office.places.models import Building, Room, Unit

SEE = permission("office:place:see", roles=EVERYONE)
EDIT = permission("office:place:edit", roles=(Role.ADMIN,))


def viewer_of(person_id: int, session_epoch: int | None = None) -> Viewer | None:
    """Return the viewer for a person, with each role's reach worked out.

    Args:
        person_id: the person.
        session_epoch: of the session that asks; where it is given it must be the present one.

    Returns:
        None where there is no such person, the person has left, or the session has ended.
    """
    row = db.session.execute(
        select(Person, Unit).join(Unit, Unit.id == Person.unit_id).where(Person.id == person_id)
    ).first()
    if row is None or row.Person.left_on is not None:
        return None
    person, unit = row
    if session_epoch is not None and person.session_epoch != session_epoch:
        return None
    with speaking(person.language if session_epoch is not None else language()):
        return Viewer(
            id=person.id,
            name=person.name,
            unit_id=unit.id,
            unit_name=unit.name,
            language=person.language,
            grants=_reach(person.id),
        )


def _reach(person_id: int) -> dict[str, frozenset[int] | None]:
    under = aliased(Unit)
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.unit_id, under.id)
        .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
        .outerjoin(under, or_(under.id == Unit.id, under.path.startswith(Unit.path)))
        .where(RoleGrant.person_id == person_id)
    ).all()
    reach: dict[str, frozenset[int] | None] = {Role.REQUESTER.value: None}
    for role, unit_id, covered in rows:
        if unit_id is None:
            reach[role] = None
        elif reach.get(role, frozenset()) is not None:
            reach[role] = (reach.get(role) or frozenset()) | {covered}
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
