"""Every slot of every job runs once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

import pytest
from sqlalchemy import select

from helpdesk.timetable import runner
from helpdesk.timetable.rhythm import Daily, Every
from helpdesk.timetable.table import Job
from kernel import clock as kernel_clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping import jobs as bookkeeping_jobs
from office.bookkeeping import runs
from office.bookkeeping.models import AuditEntry, JobRun
from tests.conftest import Clock

pytestmark = pytest.mark.usefixtures("app")
DAILY = Daily(time(6, 30))
ADMIN = Viewer(name="Admin Example")


class Diary:
    """Jobs that write down that they ran."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def job(self, name: str, rhythm: Daily | Every = DAILY, *, fails: bool = False) -> Job:
        def function() -> int:
            self.entries.append(name)
            if fails:
                raise ValueError(f"{name} met a bad row")
            return 3

        return Job(name, function, rhythm, name)


@pytest.fixture
def diary(clock: Clock) -> Diary:
    return Diary()


def always() -> bool:
    return True


def one_round(
    *jobs: Job, holder: str = "this process", may_go_on: Callable[[], bool] = always
) -> int:
    return runner.run_due(jobs, holder=holder, may_go_on=may_go_on)


def all_runs() -> list[JobRun]:
    return list(db.session.scalars(select(JobRun).order_by(JobRun.id)))


def left_running(job: Job, *, holder: str = "a dead process") -> None:
    """Leave behind what a process leaves that is killed during a run."""
    with work():
        runs.claim(job.name, job.rhythm.last(clock_now()), holder=holder)


def clock_now() -> datetime:
    return kernel_clock.now()


def test_a_due_job_runs_and_its_end_is_written_down(diary: Diary) -> None:
    assert one_round(diary.job("tidy")) == 1
    (run,) = all_runs()
    assert (run.outcome, run.rows, run.error, run.attempts) == (runs.OK, 3, "", 1)
    assert run.finished_at is not None


def test_a_slot_runs_once_however_often_it_is_looked_for(diary: Diary) -> None:
    tidy = diary.job("tidy")
    one_round(tidy)
    one_round(tidy, holder="another process")
    assert diary.entries == ["tidy"]


def test_the_next_slot_runs_again(diary: Diary, clock: Clock) -> None:
    tidy = diary.job("tidy")
    one_round(tidy)
    clock.forward(days=1)
    one_round(tidy)
    assert len(all_runs()) == len(diary.entries) == 2


def test_days_that_were_missed_are_made_good_by_one_run(diary: Diary, clock: Clock) -> None:
    tidy = diary.job("tidy")
    one_round(tidy)
    clock.forward(days=4)
    one_round(tidy)
    one_round(tidy)
    assert diary.entries == ["tidy", "tidy"]


def test_a_job_that_fails_keeps_its_traceback_and_does_not_stop_the_others(diary: Diary) -> None:
    one_round(diary.job("bad", Daily(time(5, 0)), fails=True), diary.job("good"))
    bad, good = all_runs()
    assert bad.outcome == runs.FAILED
    assert "ValueError: bad met a bad row" in bad.error
    assert good.outcome == runs.OK


def test_a_job_that_failed_waits_for_its_next_slot(diary: Diary) -> None:
    bad = diary.job("bad", fails=True)
    one_round(bad)
    one_round(bad)
    assert diary.entries == ["bad"]


def test_a_run_whose_process_died_starts_again(diary: Diary) -> None:
    tidy = diary.job("tidy")
    left_running(tidy)
    one_round(tidy)
    (run,) = all_runs()
    assert (run.outcome, run.attempts, run.holder) == (runs.OK, 2, "this process")
    assert diary.entries == ["tidy"]


def die(job: str, attempt: int) -> None:
    """Let one process after another die while it runs the same slot."""
    with work():
        runs.break_off(f"process {attempt}")
        assert runs.claim(job, DAILY.last(clock_now()), holder=f"process {attempt}") is not None


def test_a_job_that_kills_its_process_each_time_leaves_room_for_others(
    diary: Diary, clock: Clock
) -> None:
    deadly = diary.job("deadly")
    for attempt in range(runs.QUICK_ATTEMPTS):
        die("deadly", attempt)
    one_round(deadly)
    (run,) = all_runs()
    assert (run.outcome, run.attempts) == (runs.BROKEN, runs.QUICK_ATTEMPTS)
    assert diary.entries == []
    clock.forward(seconds=59)
    one_round(deadly)
    assert diary.entries == []
    clock.forward(seconds=1)
    one_round(deadly)
    assert diary.entries == ["deadly"]


def test_the_pauses_of_a_broken_run_grow_up_to_an_hour() -> None:
    minutes = [runs.pause_after(attempts).total_seconds() / 60 for attempts in range(1, 12)]
    assert minutes == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_end_of_a_run_that_another_process_took_over_is_not_written_down(diary: Diary) -> None:
    tidy = diary.job("tidy")
    left_running(tidy)
    (lost,) = all_runs()
    with work():
        runs.break_off("this process")
        runs.claim("tidy", lost.due_at, holder="this process")
    with work():
        runs.finish(lost.id, holder="a dead process", error="came back too late")
    (run,) = all_runs()
    assert (run.outcome, run.holder, run.error) == (runs.RUNNING, "this process", "")


def test_a_process_that_lost_its_lease_stops_before_the_next_job(diary: Diary) -> None:
    first, second = diary.job("first", Daily(time(5, 0))), diary.job("second")
    one_round(first, second, may_go_on=lambda: not diary.entries)
    assert diary.entries == ["first"]


def test_a_job_run_by_hand_is_a_run_of_its_own(diary: Diary) -> None:
    tidy = diary.job("tidy")
    one_round(tidy)
    run = runner.run_by_hand(tidy, by=ADMIN)
    assert (run.outcome, run.holder) == (runs.OK, f"{runs.BY_HAND}Admin Example")
    assert db.session.scalars(select(AuditEntry.act)).all() == ["ran"]


def test_a_run_by_hand_does_not_take_the_place_of_the_slot(diary: Diary) -> None:
    tidy = diary.job("tidy")
    runner.run_by_hand(tidy, by=ADMIN)
    one_round(tidy)
    assert len(diary.entries) == 2


def test_a_job_that_runs_already_is_not_run_by_hand_as_well(diary: Diary) -> None:
    tidy = diary.job("tidy")
    left_running(tidy)
    with pytest.raises(Refusal):
        runner.run_by_hand(tidy, by=ADMIN)
    assert diary.entries == []


def test_the_timetable_waits_for_a_run_by_hand(diary: Diary, clock: Clock) -> None:
    tidy = diary.job("tidy")
    left_running(tidy, holder=f"{runs.BY_HAND}Admin Example")
    clock.forward(days=1, seconds=-1)
    with work():
        db.session.execute(JobRun.__table__.update().values(started_at=clock.now))  # type: ignore[attr-defined]
    clock.forward(seconds=2)
    assert one_round(tidy) == 0
    clock.forward(minutes=16)
    assert one_round(tidy) == 1


def test_quiet_runs_are_removed_after_a_week_but_never_the_last_one(
    diary: Diary, clock: Clock
) -> None:
    quiet = Job("quiet", lambda: 0, DAILY, "quiet")
    for _day in range(9):
        one_round(quiet)
        clock.forward(days=1)
    assert bookkeeping_jobs.tidy() == 2
    clock.forward(days=300)
    bookkeeping_jobs.tidy()
    assert len(all_runs()) == 1


def test_runs_that_did_something_are_kept(diary: Diary, clock: Clock) -> None:
    busy = diary.job("busy")
    one_round(busy)
    clock.forward(days=1)
    one_round(busy)
    clock.forward(days=300)
    assert bookkeeping_jobs.tidy() == 0
