"""Roles, and who may see and change people."""

from __future__ import annotations

from enum import StrEnum

from kernel.access import permission
from kernel.i18n import lazy_gettext as _l


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
