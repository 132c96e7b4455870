"""What happens to attachments because time passed."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from assets.attachments import queries, rules
from assets.attachments.models import Attachment
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work

STEP = 200
TIMETABLE = Viewer(name="timetable")


def forget_removed() -> int:
    """Let removed attachments name their files no more after the days of the settings.

    Returns:
        how many. The files themselves go with the next tidying of the store.
    """
    days = current_app.extensions["settings"].files_kept_days
    before, total = clock.now() - timedelta(days=days), 0
    while found := queries.removed_before(before, STEP):
        with work():
            for attachment_id in found:
                rules.forget(db.session.get_one(Attachment, attachment_id), by=TIMETABLE)
        total += len(found)
    return total
