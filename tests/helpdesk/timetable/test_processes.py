"""Two real processes on one database: one runs the jobs, the other takes over when it is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import BASE_DIR, Settings
from helpdesk.timetable import scheduler, table
from kernel.db import db
from office.bookkeeping import lease, runs
from office.bookkeeping.models import JobRun
from tests.helpdesk.timetable import hasty_office
from tests.office.notifications.mail_server import free_port

PATIENCE = 60
GRACE = 10
# What a process has to load is loaded once; each is born of the one that has.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload([hasty_office.__name__])


class Timekeeper:
    """A process that runs the timetable, with the words of ``subprocess.Popen``."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._process = NURSERY.Process(target=hasty_office.keep_time, args=(environment, log))
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("timetable run", seconds)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


class House:
    """Processes of the service on the database of the test, with a folder of their own."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.folder = folder
        self.processes: list[Timekeeper | subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "HELPDESK_ENVIRONMENT": "test",
            "HELPDESK_DATABASE_URL": settings.database_url,
            "HELPDESK_VAR_DIR": str(folder),
            "HELPDESK_SECRET_KEY": settings.secret_key,
        }

    def start(self) -> Timekeeper:
        log = self.folder / f"log{len(self.processes)}"
        process = Timekeeper(self._environment, log)
        self.processes.append(process)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        """Start the web server as an office does, with two processes and the real timetable."""
        environment = {
            **self._environment,
            "HELPDESK_TIMETABLE": "on",
            "HELPDESK_WEB_PROCESSES": "2",
            "PORT": str(free_port()),
        }
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "-c", "gunicorn.conf.py"]
        with (self.folder / "log-web").open("wb") as log:
            process = subprocess.Popen(gunicorn, cwd=BASE_DIR, env=environment, stderr=log)
        self.processes.append(process)
        return process

    def diary(self) -> list[tuple[str, int]]:
        path = self.folder / "diary"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(name, int(pid)) for name, pid in (line.split() for line in lines)]

    def process_of(self, pid: int) -> Timekeeper | subprocess.Popen[bytes]:
        return next(process for process in self.processes if process.pid == pid)

    def last_words(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("log*")))

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait(GRACE)


@pytest.fixture
def house(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[House]:
    house = House(settings, tmp_path)
    yield house
    house.end()


def wait_until(house: House, true: Callable[[], object]) -> None:
    """Look again and again; fail after a minute, or when no process is left that could do it."""
    began = time.monotonic()
    while not true():
        db.session.rollback()
        assert time.monotonic() - began < PATIENCE, "it did not happen within a minute"
        assert any(process.poll() is None for process in house.processes), house.last_words()
        time.sleep(0.02)


def beats(house: House) -> list[int]:
    return [pid for name, pid in house.diary() if name == "beat"]


def holder_of_the_lease() -> str:
    """Who runs the timetable; nobody once they were told to end, for they give it back at once."""
    db.session.rollback()
    standing = lease.held(scheduler.LEASE)
    assert standing is not None
    return standing.holder


def test_a_killed_holder_is_replaced_and_no_slot_runs_twice(house: House) -> None:
    house.start()
    house.start()
    wait_until(house, lambda: len(beats(house)) >= 3)
    (first,) = set(beats(house))

    house.process_of(first).send_signal(signal.SIGKILL)
    wait_until(house, lambda: len(set(beats(house))) == 2)
    seen = len(beats(house))
    wait_until(house, lambda: len(beats(house)) >= seen + 3)
    second = beats(house)[-1]
    house.process_of(second).send_signal(signal.SIGTERM)
    assert house.process_of(second).wait(PATIENCE) == 0
    assert holder_of_the_lease() == ""

    # Each run stands in the table, once for its slot, and each was carried out once: only the
    # run that was cut by the kill may have been begun twice.
    counted = select(JobRun.job, func.sum(JobRun.attempts)).group_by(JobRun.job)
    attempts = {job: int(number) for job, number in db.session.execute(counted)}
    carried_out = Counter(name for name, _pid in house.diary())
    assert carried_out["daily"] == attempts["daily"] == 1
    assert attempts["beat"] - 1 <= carried_out["beat"] <= attempts["beat"]
    # The kill may fall into a run; where a newer slot is due by then, the cut one stays broken.
    # Nothing else may: at most one, of the busy job, and held by the process that was killed.
    ended = db.session.execute(select(JobRun.job, JobRun.outcome, JobRun.holder)).all()
    cut = [run for run in ended if run.outcome != runs.OK]
    assert len(cut) <= 1
    assert all(run.outcome == runs.BROKEN and run.job == "beat" for run in cut)
    assert all(f":{first}:" in run.holder for run in cut)


def test_a_run_that_was_cut_by_a_kill_is_begun_again_by_the_other_process(house: House) -> None:
    (house.folder / hasty_office.ENDLESS).touch()
    house.start()
    house.start()
    wait_until(house, house.diary)
    ((_name, first),) = house.diary()
    house.process_of(first).send_signal(signal.SIGKILL)
    (house.folder / "let go").touch()

    wait_until(house, lambda: db.session.scalar(select(JobRun.outcome)) == runs.OK)
    run = db.session.scalars(select(JobRun)).one()
    assert run.attempts == 2
    assert f":{first}:" not in run.holder


def test_the_web_server_runs_every_job_in_one_of_its_processes(house: House) -> None:
    server = house.serve()
    jobs = {job.name for job in table.JOBS}
    wait_until(house, lambda: set(db.session.scalars(select(JobRun.job))) == jobs)
    wait_until(house, lambda: not db.session.scalar(select(JobRun.id).filter_by(outcome="running")))
    db.session.rollback()
    done = db.session.scalars(select(JobRun)).all()
    assert {run.outcome for run in done} == {runs.OK}
    assert len({run.holder for run in done}) == 1
    assert f":{server.pid}:" not in done[0].holder

    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    assert holder_of_the_lease() == ""


def test_with_the_real_pace_another_process_takes_over_within_a_minute() -> None:
    pace = scheduler.Pace()
    assert pace.lease + pace.renew + pace.look < 60
    assert pace.renew * 2 < pace.lease
