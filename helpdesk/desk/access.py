"""Who may open the pages of the desk."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import EVERYONE, Role

HOME = permission("helpdesk:home:see", roles=EVERYONE)
# The year over all floors is for those who answer for it, and those who check it.
YEAR = permission("helpdesk:year:see", roles=(Role.APPROVER, Role.AUDITOR, Role.ADMIN))
