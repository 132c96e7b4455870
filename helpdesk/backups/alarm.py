"""Backups on the administrator's home: red where the newest one has become too old."""

from __future__ import annotations

from flask import current_app

from helpdesk.backups import queries
from helpdesk.desk.alarms import Alarm
from helpdesk.desk.queries import Target
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.pages import show_moment
from office.bookkeeping import access


def of_backups(viewer: Viewer) -> Alarm | None:
    """Return since when a backup has been due, to those who may see the timetable."""
    if not viewer.may(access.TIMETABLE):
        return None
    since = queries.due_since(current_app.extensions["settings"].backup_days)
    if since is None:
        return None
    sentence = _("A backup has been due since %(when)s", when=show_moment(since))
    return Alarm(sentence, Target("backups.overview"))
