"""Who may see what is coming; every line asks for the right of its own room besides."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import Role

SEE = permission(
    "helpdesk:coming:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
