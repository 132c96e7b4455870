"""Who may see figures."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import Role

SEE = permission(
    "helpdesk:figure:see",
    roles=(Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
# Figures of single technicians are for the group itself and those above it, not for schools.
SEE_PEOPLE = permission(
    "helpdesk:figure:people", roles=(Role.TECHNICIAN, Role.APPROVER, Role.AUDITOR, Role.ADMIN)
)
ADVISE = permission("helpdesk:advice:note", roles=(Role.TECHNICIAN,))
TOPICS = permission("helpdesk:advice:topics", roles=(Role.ADMIN,))
REMARK = permission("helpdesk:summary:remark", roles=(Role.TECHNICIAN, Role.APPROVER))
