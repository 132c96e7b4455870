"""Who may read values."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import Role

SEE = permission(
    "assets:value:see",
    roles=(
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
