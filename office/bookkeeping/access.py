"""Who may read the audit trail, look at the runs of the timetable, and run a job by hand.

Roles stand here as plain words: people, who hold them, live one room above. Neither the trail nor
the jobs can be parted by units, so a role for one school opens none of it.
"""

from __future__ import annotations

from kernel.access import permission

AUDIT = permission("office:audit:see", roles=("auditor", "admin"), office_wide=True)
TIMETABLE = permission("office:timetable:see", roles=("auditor", "admin"), office_wide=True)
RUN_JOB = permission("office:timetable:run", roles=("admin",), office_wide=True)
