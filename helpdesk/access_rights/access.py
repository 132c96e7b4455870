"""Who may see and grant rights, own and keep systems; the loaders that refuse.

Everybody sees the own rights. Owners and keepers are facts of a system, not roles; administrators
of the whole office may do what they may.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.access_rights.models import (
    AccessRight,
    InformationSystem,
    ReviewRound,
    SystemPerson,
    SystemRequest,
)
from helpdesk.access_rights.states import Part
from helpdesk.requests.models import ServiceRequest
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role
from office.people.models import Person

MINE = permission("helpdesk:access_right:mine", roles=EVERYONE)
SEE = permission("helpdesk:access_right:see", roles=(Role.ADMIN, Role.AUDITOR, Role.COORDINATOR))
REGISTER = permission(
    "helpdesk:system:read",
    roles=(Role.ADMIN, Role.AUDITOR, Role.APPROVER, Role.TECHNICIAN),
    office_wide=True,
)
SYSTEMS = permission("helpdesk:system:edit", roles=(Role.ADMIN,), office_wide=True)


def has_part(viewer: Viewer, *parts: Part) -> ColumnElement[bool]:
    """Return the WHERE term, over ``InformationSystem``: the viewer is one of these to it."""
    return exists().where(
        SystemPerson.system_id == InformationSystem.id,
        SystemPerson.person_id == viewer.id,
        SystemPerson.part.in_(parts),
    )


def rights_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``AccessRight`` and its system and person, of what one may see.

    Rights in the systems one owns or keeps, and those of the people of one's units.
    """
    return or_(
        has_part(viewer, Part.OWNER, Part.KEEPER),
        viewer.scope(SEE).clause(Person.unit_id),
    )


def cares(viewer: Viewer) -> bool:
    """Tell whether the viewer owns or keeps a system."""
    asked = select(SystemPerson.system_id).where(SystemPerson.person_id == viewer.id).limit(1)
    return viewer.id is not None and db.session.scalar(asked) is not None


def system_seen(viewer: Viewer, system_id: int) -> InformationSystem:
    """Return a system whose page the viewer may see: its people, and who reads the register.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(InformationSystem)
        .options(joinedload(InformationSystem.unit))
        .where(InformationSystem.id == system_id)
    )
    if found is None or not (reads_register(viewer) or is_part(viewer, found, *Part)):
        raise NotFound(_("There is no such system."))
    return found


def reads_register(viewer: Viewer) -> bool:
    """Tell whether the viewer may read of every system."""
    return viewer.may(SYSTEMS) or viewer.may(SEE) or viewer.may(REGISTER)


def demand_own(viewer: Viewer, system: InformationSystem) -> None:
    """Refuse who does not own a system.

    Raises:
        NotAllowed: neither an owner nor an administrator.
    """
    if not may_own(viewer, system):
        raise NotAllowed(_("Only the owners of a system write its card."))


def is_part(viewer: Viewer, system: InformationSystem, *parts: Part) -> bool:
    """Tell whether the viewer is one of these to a system."""
    asked = select(SystemPerson.person_id).where(
        SystemPerson.system_id == system.id,
        SystemPerson.person_id == viewer.id,
        SystemPerson.part.in_(parts),
    )
    return viewer.id is not None and db.session.scalar(asked.limit(1)) is not None


def may_keep(viewer: Viewer, system: InformationSystem) -> bool:
    """Tell whether the viewer makes accounts in a system."""
    return viewer.may(SYSTEMS) or is_part(viewer, system, Part.KEEPER)


def may_own(viewer: Viewer, system: InformationSystem) -> bool:
    """Tell whether the viewer decides on the rights in a system."""
    return viewer.may(SYSTEMS) or is_part(viewer, system, Part.OWNER)


def request_to_grant(viewer: Viewer, request_id: int) -> SystemRequest:
    """Return a request for a system whose accounts the viewer makes.

    Raises:
        NotFound: there is none, or the viewer keeps another system.
    """
    found = db.session.scalar(
        select(SystemRequest)
        .options(
            joinedload(SystemRequest.system),
            joinedload(SystemRequest.request).joinedload(ServiceRequest.asker),
            joinedload(SystemRequest.request).joinedload(ServiceRequest.unit),
        )
        .where(SystemRequest.request_id == request_id)
    )
    if found is None or not may_keep(viewer, found.system):
        raise NotFound(_("There is no such request."))
    return found


def right_cared_for(viewer: Viewer, right_id: int) -> AccessRight:
    """Return a right that the viewer may revoke: as owner or keeper of its system.

    Raises:
        NotFound: there is none, or it lies in another system.
    """
    found = db.session.scalar(
        select(AccessRight)
        .options(joinedload(AccessRight.system), joinedload(AccessRight.person))
        .where(AccessRight.id == right_id)
    )
    if found is None or not (may_keep(viewer, found.system) or may_own(viewer, found.system)):
        raise NotFound(_("There is no such right."))
    return found


def person_seen(viewer: Viewer, person_id: int) -> Person:
    """Return a person whose rights the viewer may see: oneself, or of the own units.

    Raises:
        NotFound: there is none, or it is somebody of another unit.
    """
    found = db.session.get(Person, person_id)
    if found is None or not (found.id == viewer.id or viewer.may(SEE, found.unit_id)):
        raise NotFound(_("There is no such person."))
    return found


def demand_revoke_all(viewer: Viewer) -> None:
    """Refuse everybody but administrators of the whole office.

    Raises:
        NotAllowed: the viewer is none.
    """
    if not viewer.may(SYSTEMS):
        raise NotAllowed(_("This needs a right that you do not have."))


def round_reviewed(viewer: Viewer, round_id: int) -> ReviewRound:
    """Return a review of a system that the viewer owns.

    Raises:
        NotFound: there is none, or another system is reviewed.
    """
    found = db.session.scalar(
        select(ReviewRound)
        .options(joinedload(ReviewRound.system))
        .where(ReviewRound.id == round_id)
    )
    if found is None or not may_own(viewer, found.system):
        raise NotFound(_("There is no such review."))
    return found
