"""What the timetable watches, on the administrator's home: red where something is wrong."""

from __future__ import annotations

from flask import current_app

from helpdesk.backups import queries as backups
from helpdesk.desk.alarms import Alarm
from helpdesk.desk.queries import Target
from helpdesk.timetable import watch
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.pages import show_moment
from office.bookkeeping import access


def of_jobs(viewer: Viewer) -> Alarm | None:
    """Return what is wrong with the jobs, to those who may see the timetable."""
    if not viewer.may(access.TIMETABLE):
        return None
    found = watch.troubles()
    return Alarm(str(watch.sentence(found)), Target("timetable.overview")) if found else None


def of_backups(viewer: Viewer) -> Alarm | None:
    """Return since when a backup has been due, to those who may see the timetable."""
    if not viewer.may(access.TIMETABLE):
        return None
    since = backups.due_since(current_app.extensions["settings"].backup_days)
    if since is None:
        return None
    sentence = _("A backup has been due since %(when)s", when=show_moment(since))
    return Alarm(sentence, Target("backups.overview"))
