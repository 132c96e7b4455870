"""Roles, and who may see and change people."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.people.models import Person, RoleGrant


class Role(StrEnum):
    """The roles of the house; everybody who is signed in is a requester everywhere."""

    REQUESTER = "requester"
    TECHNICIAN = "technician"
    STOREKEEPER = "storekeeper"
    APPROVER = "approver"
    COORDINATOR = "coordinator"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.REQUESTER: _l("Staff member"),
    Role.TECHNICIAN: _l("Technician"),
    Role.STOREKEEPER: _l("Storekeeper"),
    Role.APPROVER: _l("Approver"),
    Role.COORDINATOR: _l("School coordinator"),
    Role.INSPECTOR: _l("Inspector"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMIN: _l("Administrator"),
}
EVERYONE = tuple(Role)

PROFILE = permission("office:profile:edit", roles=EVERYONE)
SEE = permission(
    "office:person:see",
    roles=(Role.ADMIN, Role.AUDITOR, Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR),
)
EDIT = permission("office:person:edit", roles=(Role.ADMIN,))
GRANT = permission("office:role:grant", roles=(Role.ADMIN,))


def person_seen(viewer: Viewer, person_id: int) -> Person:
    """Return a person whom the viewer may see.

    Raises:
        NotFound: there is no such person, or outside the viewer's units.
    """
    person = db.session.get(Person, person_id)
    if person is None or not (viewer.may(SEE, person.unit_id) or viewer.may(EDIT, person.unit_id)):
        raise NotFound(_("There is no such person."))
    return person


def person_edited(viewer: Viewer, person_id: int) -> Person:
    """Return a person whom the viewer may change.

    An administrator of one unit may not change somebody whose rights reach further: a new e-mail
    address or a password link would hand those rights over.

    Raises:
        NotFound: there is no such person, or outside the viewer's units.
        NotAllowed: the person's rights reach further than the viewer's.
    """
    person = person_seen(viewer, person_id)
    viewer.demand(EDIT, person.unit_id)
    scope = viewer.scope(EDIT)
    reaches = db.session.scalars(select(RoleGrant.unit_id).where(RoleGrant.person_id == person_id))
    if not all(scope.units is None or scope.covers(unit_id) for unit_id in reaches):
        raise NotAllowed(_("This person's rights reach further than yours."))
    return person


def demand_grant(viewer: Viewer, unit_id: int | None) -> None:
    """Refuse to hand out a role that reaches further than the viewer's own right to do so.

    Raises:
        NotAllowed: the unit (None: the whole office) lies outside.
    """
    scope = viewer.scope(GRANT)
    if scope.units is not None and (unit_id is None or unit_id not in scope.units):
        raise NotAllowed(_("You may give roles inside your own units only."))
