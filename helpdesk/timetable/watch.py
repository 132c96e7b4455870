"""What is wrong with the timetable: jobs that are late, and jobs whose last run failed.

A job is late where the slot before the last quarter of an hour has not begun. A job that is paused
is not late, but its pause is told too, so that nobody forgets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from helpdesk.timetable import table
from helpdesk.timetable.table import Job
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face
from office.bookkeeping import runs
from office.bookkeeping.models import JobRun, PausedJob

PATIENCE = timedelta(minutes=15)
# So many runs one after another may break off before a job counts as failing.
FORGOTTEN_AFTER = timedelta(days=7)


class Kind(StrEnum):
    """What is wrong with a job."""

    FAILING = "failing"
    LATE = "late"
    FORGOTTEN = "forgotten"


FACES = {
    Kind.FAILING: Face(_lp("job", "Failing"), "danger", "x-circle"),
    Kind.LATE: Face(_lp("job", "Late"), "danger", "exclamation-triangle"),
    Kind.FORGOTTEN: Face(_lp("job", "Paused for a week"), "warn", "pause-circle"),
}


@dataclass(frozen=True)
class Trouble:
    """One job with what is wrong with it."""

    job: Job
    kind: Kind

    @property
    def face(self) -> Face:
        """How it is shown."""
        return FACES[self.kind]


def troubles() -> list[Trouble]:
    """Return what is wrong with the jobs, in the order of the table; three queries."""
    latest = runs.latest([job.name for job in table.jobs()])
    paused = runs.paused()
    began = runs.oldest()
    found = []
    for job in table.jobs():
        kind = _trouble_of(job, latest.get(job.name), paused.get(job.name), began)
        if kind is not None:
            found.append(Trouble(job, kind))
    return found


def _trouble_of(
    job: Job, run: JobRun | None, paused: PausedJob | None, began: datetime | None
) -> Kind | None:
    now = clock.now()
    if paused is not None:
        return Kind.FORGOTTEN if paused.since < now - FORGOTTEN_AFTER else None
    if run is not None and run.outcome in (runs.FAILED, runs.BROKEN):
        return Kind.FAILING
    slot = job.rhythm.last(now - PATIENCE)
    if run is None:
        # A service that was started after the slot, or a job that is new, has missed nothing.
        return Kind.LATE if began is not None and began < slot - timedelta(days=1) else None
    return Kind.LATE if run.started_at < slot else None


def sentence(found: list[Trouble]) -> Any:  # noqa: ANN401 - a text
    """Return one sentence that names the jobs."""
    names = ", ".join(f"{one.job.name} ({one.face.label})" for one in found)
    return _("The timetable needs a look: %(names)s", names=names)
