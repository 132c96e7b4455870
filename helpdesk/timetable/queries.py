"""What the timetable's page and command show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpdesk.timetable import table, watch
from helpdesk.timetable.table import Job
from kernel import clock
from kernel.i18n import gettext as _
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
TRACEBACK = "Traceback (most recent call last):"
COMMAND_LINE = "command line"


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


def gist_of(error: str) -> str:
    """Return the line of a traceback that says what went wrong, not how it came to it.

    Some errors say more after it: the statement that failed, an address with advice.
    """
    last = error.rpartition(TRACEBACK)[2].strip("\n").splitlines()
    return next((line for line in last if line.strip() and not line.startswith(" ")), "")


def starter_of(run: JobRun) -> str:
    """Return who or what has started a run, in words."""
    if not run.holder.startswith(runs.BY_HAND):
        return _("the timetable")
    name = run.holder.removeprefix(runs.BY_HAND)
    return _("the command line") if name == COMMAND_LINE else name
