"""The service with a hasty timetable, for measurements that kill its processes.

`bench.hasty:make_app()` is the whole service with every job; only the pace is quicker, so that
another process takes over within seconds, and what is measured does not wait for its hour.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from flask import Flask

from config import Settings
from helpdesk.app import create_app
from helpdesk.timetable import scheduler, table
from helpdesk.timetable.rhythm import Daily, Every, Rhythm

PACE = scheduler.Pace(lease=3, renew=1, look=0.5)
RHYTHMS: dict[str, Rhythm] = {"flag_loans": Daily(time(0, 0)), "deliver_messages": Every(2)}


def make_app() -> Flask:
    """Build the service for a web process or for ``flask timetable run``."""
    app = create_app(Settings.from_environment())
    app.extensions[table.EXTENSION] = tuple(
        replace(job, rhythm=RHYTHMS.get(job.name, job.rhythm)) for job in table.JOBS
    )
    app.extensions[scheduler.PACE] = PACE
    return app
