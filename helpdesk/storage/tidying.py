"""Removes files that no row names any more."""

from __future__ import annotations

import logging
from datetime import timedelta

from flask import current_app

from helpdesk.storage import named
from kernel import clock
from kernel.db import db
from kernel.errors import NotFound
from kernel.files import store

log = logging.getLogger(__name__)


def tidy() -> int:
    """Remove the files that no row has named for the days of the settings; return how many.

    A file that somebody keeps again in the same moment is young by then and stays.
    """
    days = current_app.extensions["settings"].files_kept_days
    place, removed = store(), 0
    for one in named.orphans(place, days):
        try:
            since = place.look(one.key).since
        except NotFound:
            continue
        if since < clock.now() - timedelta(days=days):
            place.remove(one.key)
            removed += 1
    db.session.rollback()
    if removed:
        log.info("removed %s files that nothing names", removed)
    return removed
