"""The runs of the timetable's jobs: each slot once, and what became of it.

A slot is one due moment of one job. The first to write its row runs it (UNIQUE job, due_at), and
one job never runs twice at the same time (a partial unique index). A run whose process died is
*broken* and starts again, because jobs are idempotent: ``QUICK_ATTEMPTS`` times at once, then with
growing pauses, so that a job that kills its process leaves room for the others and a job that was
merely unlucky is not left undone until tomorrow. A job that *failed* is kept with its traceback
and waits for its next slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, union_all, update
from sqlalchemy.orm import aliased

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit
from office.bookkeeping.models import JobRun, PausedJob
from office.bookkeeping.rules import insert_or_skip

RUNNING, OK, FAILED, BROKEN = "running", "ok", "failed", "broken"
QUICK_ATTEMPTS = 3
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
LONGEST_ERROR = 8000
# Who runs a job by hand holds no lease; such a run counts as broken after this time.
BY_HAND = "by hand: "
LONGEST_BY_HAND = timedelta(minutes=15)
UNEVENTFUL_KEPT = timedelta(days=7)
KEPT = timedelta(days=400)


def claim(job: str, due_at: datetime, *, holder: str) -> JobRun | None:
    """Claim a slot.

    Returns:
        the run to carry out; None where the slot has been run, or the job runs right now.
    """
    now = clock.now()
    fresh = insert_or_skip(
        JobRun,
        job=job,
        due_at=due_at,
        started_at=now,
        outcome=RUNNING,
        rows=0,
        error="",
        holder=holder,
        attempts=1,
    )
    if not fresh and not _restart(job, due_at, holder, now):
        return None
    return db.session.scalar(select(JobRun).where(JobRun.job == job, JobRun.due_at == due_at))


def _restart(job: str, due_at: datetime, holder: str, now: datetime) -> bool:
    """Take over a broken run of this slot; tell whether there was one to take."""
    broken = db.session.execute(
        select(JobRun.attempts, JobRun.finished_at).where(
            JobRun.job == job, JobRun.due_at == due_at, JobRun.outcome == BROKEN
        )
    ).first()
    if broken is None or (broken.finished_at or now) + pause_after(broken.attempts) > now:
        return False
    other = aliased(JobRun)
    restarted = db.session.execute(
        update(JobRun)
        .where(
            JobRun.job == job,
            JobRun.due_at == due_at,
            JobRun.outcome == BROKEN,
            JobRun.attempts == broken.attempts,
            ~select(other.id).where(other.job == job, other.outcome == RUNNING).exists(),
        )
        .values(
            outcome=RUNNING,
            started_at=now,
            finished_at=None,
            holder=holder,
            attempts=JobRun.attempts + 1,
        )
    )
    return bool(restarted.rowcount)  # type: ignore[attr-defined]


def pause_after(attempts: int) -> timedelta:
    """Return how long a run rests after so many attempts: 0, 0, then 1 minute, 2, 4 … an hour."""
    if attempts < QUICK_ATTEMPTS:
        return timedelta(0)
    doubled: int = 2 ** min(attempts - QUICK_ATTEMPTS, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def finish(run_id: int, *, holder: str, rows: int = 0, error: str = "") -> None:
    """Write down how a run ended; nothing happens where another process took it over meanwhile.

    Args:
        run_id: of the run.
        holder: who ran it.
        rows: how many rows it touched.
        error: the traceback, where it failed.
    """
    db.session.execute(
        update(JobRun)
        .where(JobRun.id == run_id, JobRun.holder == holder, JobRun.outcome == RUNNING)
        .values(
            outcome=FAILED if error else OK,
            finished_at=clock.now(),
            rows=rows,
            error=error[-LONGEST_ERROR:],
        )
    )


def break_off(holder: str) -> int:
    """Mark the runs of dead processes as broken; call it as the holder of the lease.

    Returns:
        how many there were.
    """
    now = clock.now()
    by_hand = JobRun.holder.startswith(BY_HAND)
    lost = db.session.execute(
        update(JobRun)
        .where(
            JobRun.outcome == RUNNING,
            JobRun.holder != holder,
            or_(~by_hand, JobRun.started_at < now - LONGEST_BY_HAND),
        )
        .values(outcome=BROKEN, finished_at=now)
    )
    return int(lost.rowcount)  # type: ignore[attr-defined]


def latest(jobs: Sequence[str]) -> dict[str, JobRun]:
    """Return the last run of each of the jobs that ever ran, in one query."""
    if not jobs:
        return {}
    newest = union_all(
        *(
            select(
                select(JobRun.id)
                .where(JobRun.job == job)
                .order_by(JobRun.started_at.desc(), JobRun.id.desc())
                .limit(1)
                .scalar_subquery()
            )
            for job in jobs
        )
    )
    rows = db.session.scalars(select(JobRun).where(JobRun.id.in_(newest)))
    return {row.job: row for row in rows}


def pause(job: str, reason: str, *, by: Viewer) -> None:
    """Stop a job until somebody resumes it; pausing it again changes the reason.

    What falls due meanwhile is not lost: a job catches up by date when it runs again.
    """
    paused = db.session.scalar(select(PausedJob).where(PausedJob.job == job))
    if paused is None:
        paused = PausedJob(job=job, since=clock.now(), by_name=by.name)
        db.session.add(paused)
    paused.reason = reason
    audit.record("paused", paused, by=by, after={"job": job, "reason": reason})


def resume(job: str, *, by: Viewer) -> None:
    """Let a paused job run again at its next slot."""
    paused = db.session.scalar(select(PausedJob).where(PausedJob.job == job))
    if paused is not None:
        audit.record("resumed", paused, by=by, before={"job": job, "reason": paused.reason})
        db.session.delete(paused)


def paused() -> dict[str, PausedJob]:
    """Return the jobs that somebody has stopped."""
    return {one.job: one for one in db.session.scalars(select(PausedJob))}


def oldest() -> datetime | None:
    """Return when the first run that is still kept began."""
    return db.session.scalar(select(func.min(JobRun.started_at)))


def of_job(job: str, *, offset: int, limit: int) -> Sequence[JobRun]:
    """Return runs of one job, the newest first."""
    return db.session.scalars(
        select(JobRun)
        .where(JobRun.job == job)
        .order_by(JobRun.started_at.desc(), JobRun.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def tidy() -> int:
    """Remove old runs, quiet ones sooner; the last run of a job stays. Return how many went."""
    now = clock.now()
    last = select(func.max(JobRun.id)).group_by(JobRun.job)
    gone = db.session.execute(
        delete(JobRun)
        .where(
            JobRun.id.not_in(last.scalar_subquery()),
            or_(
                JobRun.started_at < now - KEPT,
                (JobRun.outcome == OK)
                & (JobRun.rows == 0)
                & (JobRun.started_at < now - UNEVENTFUL_KEPT),
            ),
        )
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
