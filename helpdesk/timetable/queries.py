"""What the timetable's page and command show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpdesk.timetable import table, watch
from helpdesk.timetable.table import Job
from kernel import clock
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.pages import Page, paged
from kernel.states import Face
from office.bookkeeping import lease, runs
from office.bookkeeping.models import JobRun, PausedJob

FACES = {
    runs.RUNNING: Face(_lp("run", "Running"), "progress", "hourglass-split"),
    runs.OK: Face(_lp("run", "Done"), "ok", "check-circle"),
    runs.FAILED: Face(_lp("run", "Failed"), "danger", "x-circle"),
    runs.BROKEN: Face(_lp("run", "Broken off"), "warn", "exclamation-triangle"),
}
NEVER = Face(_l("Not run yet"), "muted", "dash-circle")
RUNS_A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One job with its last run and its next slot."""

    job: Job
    run: JobRun | None
    next_run: datetime
    paused: PausedJob | None
    trouble: watch.Trouble | None

    @property
    def face(self) -> Face:
        """How the last run is shown."""
        return FACES[self.run.outcome] if self.run else NEVER


def lines() -> list[Line]:
    """Return every job, in the order of the table."""
    last = runs.latest([job.name for job in table.jobs()])
    now, paused = clock.now(), runs.paused()
    troubles = {one.job.name: one for one in watch.troubles()}
    return [
        Line(
            job,
            last.get(job.name),
            job.rhythm.following(now),
            paused.get(job.name),
            troubles.get(job.name),
        )
        for job in table.jobs()
    ]


def runs_of(job: Job, number: int) -> Page[JobRun]:
    """Return a page of the runs of one job, the newest first."""
    offset = (number - 1) * RUNS_A_PAGE
    found: Sequence[JobRun] = runs.of_job(job.name, offset=offset, limit=RUNS_A_PAGE + 1)
    return paged(found, number, RUNS_A_PAGE)


def seconds_of(run: JobRun) -> float | None:
    """Return how long a run took, None while it runs."""
    return (run.finished_at - run.started_at).total_seconds() if run.finished_at else None


def holder_now(name: str) -> str | None:
    """Return the process that holds a lease at this moment, None where nobody does."""
    standing = lease.held(name)
    return standing.holder if standing and standing.until > clock.now() else None
