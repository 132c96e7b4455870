"""Who may read the audit trail, look at the runs of the timetable, and run a job by hand.

Roles stand here as plain words: people, who hold them, live one room above.
"""

from __future__ import annotations

from kernel.access import permission

AUDIT = permission("office:audit:see", roles=("auditor", "admin"))
TIMETABLE = permission("office:timetable:see", roles=("auditor", "admin"))
RUN_JOB = permission("office:timetable:run", roles=("admin",))
