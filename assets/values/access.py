"""Who may read values."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import Role

READERS = (
    Role.STOREKEEPER,
    Role.APPROVER,
    Role.COORDINATOR,
    Role.INSPECTOR,
    Role.AUDITOR,
    Role.ADMIN,
)
SEE = permission("assets:value:see", roles=READERS)
# The back of a card tells what was repaired and paid for it, and nothing of what the item is worth.
PRINT_REPAIRS = permission("assets:repair_history:print", roles=(*READERS, Role.TECHNICIAN))
