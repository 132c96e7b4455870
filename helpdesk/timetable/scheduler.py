"""The clockwork: keeps the lease and calls the rounds. The only user of APScheduler.

It runs as a background thread of every web process, or alone as ``flask timetable run``. Each
process tries to hold the lease; the one that does looks every few seconds for due slots. What is
due is computed from the clock and kept in our own tables; APScheduler only calls two functions.
"""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import socket
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from helpdesk.timetable import runner, table
from kernel import clock
from kernel.errors import Busy
from kernel.work import work
from office.access_log import jobs as access_log
from office.bookkeeping import lease

log = logging.getLogger(__name__)
LEASE = "timetable"
PACE = "timetable_pace"
ALREADY_RUNNING = "timetable_clockwork"


@dataclass(frozen=True)
class Pace:
    """Seconds: how long the lease holds, how often it is renewed, how often slots are looked for.

    ``gather`` is how often each host gives its own lines to the access log.

    A holder that is killed is replaced after ``lease`` + ``renew`` seconds at the latest.
    """

    lease: float = 30
    renew: float = 10
    look: float = 5
    gather: float = 60


class Clockwork:
    """The timetable of one process."""

    def __init__(self, app: Flask, pace: Pace) -> None:
        self._app = app
        self._pace = pace
        self._until = datetime.min.replace(tzinfo=UTC)
        self._stopping = False
        self.holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._scheduler: Any = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin, in threads of this process."""
        # A round that takes longer than the pace is normal; APScheduler would warn each time.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        rounds = (
            (self.keep, self._pace.renew),
            (self.look, self._pace.look),
            (self.gather, self._pace.gather),
        )
        for function, seconds in rounds:
            self._scheduler.add_job(
                function, "interval", seconds=seconds, next_run_time=clock.now()
            )
        self._scheduler.start()

    def stop(self) -> None:
        """End before the next job, wait for the one that runs, and give the lease back."""
        self._stopping = True
        self._scheduler.shutdown(wait=True)
        with self._app.app_context(), work():
            lease.release(LEASE, self.holder)

    def holds(self) -> bool:
        """Tell whether this process may start a job now."""
        return not self._stopping and clock.now() < self._until

    def keep(self) -> None:
        """Renew the lease, or take it where it has run out."""
        with self._app.app_context():
            try:
                self._keep()
            except (Busy, SQLAlchemyError) as error:
                log.warning("timetable: the lease could not be renewed: %s", error)

    def _keep(self) -> None:
        asked_at = clock.now()
        standing = lease.held(LEASE)
        if standing and standing.holder != self.holder and standing.until > asked_at:
            return
        with work():
            taken = lease.take(LEASE, self.holder, seconds=self._pace.lease)
        if taken and not self.holds():
            log.info("timetable: %s runs the jobs from now on", self.holder)
        # Counted from before the asking, so that this process never believes longer than the row.
        self._until = asked_at + timedelta(seconds=self._pace.lease if taken else 0)

    def look(self) -> None:
        """Run what is due, where this process holds the lease."""
        if not self.holds():
            return
        with self._app.app_context():
            try:
                runner.run_due(table.jobs(), holder=self.holder, may_go_on=self.holds)
            except (Busy, SQLAlchemyError):
                log.exception("timetable: a round was broken off")

    def gather(self) -> None:
        """Give the lines of this host to the access log; whoever holds the lease does it as a job.

        Lines lie on the host that saw the request, so no other host can take them in.
        """
        if self.holds() or self._stopping:
            return
        with self._app.app_context():
            try:
                access_log.seal_access_log()
            except (Busy, SQLAlchemyError, OSError) as error:
                log.warning("timetable: the access log could not be taken in: %s", error)


def start_beside(app: Flask) -> None:
    """Start the timetable in a web process, after the fork, where the settings want it."""
    settings: Settings = app.extensions["settings"]
    if settings.timetable and ALREADY_RUNNING not in app.extensions:
        clockwork = Clockwork(app, app.extensions.get(PACE, Pace()))
        app.extensions[ALREADY_RUNNING] = clockwork
        clockwork.start()


def stop_beside(app: Flask) -> None:
    """Stop the timetable of a web process that ends."""
    clockwork = app.extensions.pop(ALREADY_RUNNING, None)
    if clockwork is not None:
        clockwork.stop()


def run_alone(app: Flask) -> None:
    """Run the timetable in this process until SIGTERM or SIGINT."""
    ended = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _sign, _frame: ended.set())
    # Models, templates and addresses stay for good: the collector need not look through them.
    gc.collect()
    gc.freeze()
    clockwork = Clockwork(app, app.extensions.get(PACE, Pace()))
    clockwork.start()
    ended.wait()
    clockwork.stop()
