"""The timetable on the administrator's home: red where a job is late or failing."""

from __future__ import annotations

from helpdesk.desk.alarms import Alarm
from helpdesk.desk.queries import Target
from helpdesk.timetable import watch
from kernel.access import Viewer
from office.bookkeeping import access


def of_jobs(viewer: Viewer) -> Alarm | None:
    """Return what is wrong with the jobs, to those who may see the timetable."""
    if not viewer.may(access.TIMETABLE):
        return None
    found = watch.troubles()
    return Alarm(str(watch.sentence(found)), Target("timetable.overview")) if found else None
