"""Who sees what all papers look like."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import Role

SEE = permission(
    "office:paper:see", roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.APPROVER, Role.ADMIN)
)
