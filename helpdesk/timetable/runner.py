"""Running jobs: one round over the due slots, and one job by hand.

Each slot is claimed in a unit of work of its own, then the job runs (with its own units of work),
then its end is written down. A job that fails is written down with its traceback and does not
stop the others. Before each job the caller is asked whether it may still go on.
"""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Callable
from datetime import datetime

from helpdesk.timetable.table import Job
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import audit, runs
from office.bookkeeping.models import JobRun

log = logging.getLogger(__name__)


def run_due(jobs: tuple[Job, ...], *, holder: str, may_go_on: Callable[[], bool]) -> int:
    """Run every job whose last due slot has not been run, the oldest slot first.

    Only the last slot of a job counts: after a break of three days a daily job runs once, and
    catches up by date itself.

    Args:
        jobs: the table.
        holder: the process that holds the lease.
        may_go_on: asked before each job; False ends the round.

    Returns:
        how many jobs ran.
    """
    with work():
        broken = runs.break_off(holder)
    if broken:
        log.warning("timetable: %s runs of other processes were broken off", broken)
    now = clock.now()
    ran, paused = 0, runs.paused()
    running = (job for job in jobs if job.name not in paused)
    for slot, job in sorted(((job.rhythm.last(now), job) for job in running), key=_slot_of):
        if not may_go_on():
            break
        ran += _run_slot(job, slot, holder) is not None
    return ran


def _slot_of(pair: tuple[datetime, Job]) -> datetime:
    return pair[0]


def run_by_hand(job: Job, *, by: Viewer) -> JobRun:
    """Run one job now, as a run of its own beside its slots, and return how it ended.

    Refuses while the job is running already.
    """
    holder = f"{runs.BY_HAND}{by.name or socket.gethostname()}"[:80]
    run = _run_slot(job, clock.now(), holder, by=by)
    if run is None:
        raise Refusal(_("This job is running right now. Please look again in a moment."))
    return run


def _run_slot(job: Job, slot: datetime, holder: str, *, by: Viewer | None = None) -> JobRun | None:
    with work():
        claimed = runs.claim(job.name, slot, holder=holder)
        run_id = claimed.id if claimed else None
        if claimed and by:
            audit.record("ran", claimed, by=by, after={"job": job.name})
    if run_id is None:
        return None
    rows, error = 0, ""
    try:
        rows = job.function()
    except Exception:
        error = traceback.format_exc()
        log.exception("timetable: %s failed", job.name)
    with work():
        runs.finish(run_id, holder=holder, rows=rows, error=error)
    run = db.session.get_one(JobRun, run_id)
    log.info("timetable: %s, due %s: %s, %s rows", job.name, slot, run.outcome, rows)
    return run
