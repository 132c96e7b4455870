"""The nightly run at a large office: how long each daily job takes, and how much memory.

`python -m bench.nightly [--engine sqlite|postgresql|both] [--fresh]`

The office has 200,000 items, 50,000 loans of 4,000 people (10,000 are out, some of them late at
every step of the ladder), 20,000 plan items and 20,000 tickets. Two nights are run, in a process of
their own each: the *first*, in which nobody was told of anything and every plan item comes in, and
the *next* one, a day later, which is what an office has every night. The aim: a night under 60 s
and 300 MB. The exit code is 1 where it is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event

from bench import night_seed, seed
from bench.ground import ground
from bench.server import ROOT
from config import Settings
from helpdesk.app import create_app
from helpdesk.timetable import table
from helpdesk.timetable.rhythm import Daily
from kernel import clock
from kernel.db import db
from office.calendar import queries as calendar

OFFICE = seed.Size("night", 20_000, 200_000)
LENT = night_seed.Lent(loans=50_000, out=10_000, borrowers=4_000)
NIGHTS = ("first", "next")
AIM_SECONDS, AIM_MB = 60, 300
SHOWN = 8
# These look every few minutes, and have much to do when a day has begun.
AT_MIDNIGHT = ("keep_worths",)


def main() -> int:
    """Run two nights on each engine that was asked for."""
    parser = argparse.ArgumentParser(prog="bench.nightly")
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--inside", nargs=2, metavar=("NIGHT", "ADDRESS"))
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(_night(*chosen.inside)))
        return 0
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    missed = False
    for engine in engines:
        with ground(engine) as databases:
            databases.seeded(OFFICE, fresh=chosen.fresh)
            address = databases.copied(OFFICE)
            _prepare(address)
            for night in NIGHTS:
                missed = _tell(engine, night, _apart(night, address)) or missed
    return 1 if missed else 0


def _prepare(address: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(_settings(address, folder))
        with app.app_context():
            night_seed.lend(LENT)
            night_seed.plan()
            db.session.remove()
            db.engine.dispose()


def _settings(address: str, folder: str) -> Settings:
    return Settings.from_environment(
        {
            "HELPDESK_DATABASE_URL": address,
            "HELPDESK_VAR_DIR": folder,
            "HELPDESK_TIMETABLE": "off",
            "HELPDESK_LOG_LEVEL": "WARNING",
        }
    )


def _apart(night: str, address: str) -> dict[str, object]:
    """Run a night in a process of its own, so that its memory is the night's."""
    command = [sys.executable, "-m", "bench.nightly", "--inside", night, address]
    said = subprocess.run(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, check=True)
    found: dict[str, object] = json.loads(said.stdout.splitlines()[-1])
    return found


def _night(night: str, address: str) -> dict[str, object]:
    """Run every daily job once, in the order of their times; return what each has cost."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(_settings(address, folder))
        daily = [(job.rhythm.at, job) for job in table.JOBS if isinstance(job.rhythm, Daily)]
        daily += [(time_of_day(), job) for job in table.JOBS if job.name in AT_MIDNIGHT]
        # As every process of the service does when it begins.
        gc.collect()
        gc.freeze()
        with app.app_context(), Memory() as memory:
            asked = _statements()
            day = calendar.next_open_day(clock.today())
            if night == "next":
                day = calendar.next_open_day(day + timedelta(days=1))
            costs = []
            with clock.frozen(clock.now() + (day - clock.today())):
                for _at, job in sorted(daily, key=lambda one: one[0]):
                    wall, cpu, before = time.perf_counter(), time.process_time(), len(asked)
                    rows = job.function()
                    spent = (time.perf_counter() - wall, time.process_time() - cpu)
                    costs.append((job.name, *spent, rows, len(asked) - before))
                    db.session.remove()
            db.engine.dispose()
    return {"jobs": costs, "mb": memory.peak}


class Memory:
    """Looks ten times a second how much memory this process has for itself.

    What SQLite maps of its file is left out: the system takes that back whenever it needs it.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            status = Path("/proc/self/status").read_text().splitlines()
            (own,) = (line for line in status if line.startswith("RssAnon:"))
            self.peak = max(self.peak, int(own.split()[1]) / 1024)


def _statements() -> list[None]:
    """Return a list that grows with every statement."""
    seen: list[None] = []
    event.listen(db.engine, "before_cursor_execute", lambda *_all: seen.append(None))
    return seen


def _tell(engine: str, night: str, found: dict[str, object]) -> bool:
    """Print what a night has cost; tell whether it missed the aim."""
    jobs: list[tuple[str, float, float, int, int]] = found["jobs"]  # type: ignore[assignment]
    wall, cpu = sum(job[1] for job in jobs), sum(job[2] for job in jobs)
    peak = float(str(found["mb"]))
    print(f"{engine}, {night} night: {wall:.1f} s ({cpu:.1f} s of CPU), {peak:.0f} MB", flush=True)
    for name, spent, worked, rows, asked in sorted(jobs, key=lambda job: -job[1])[:SHOWN]:
        print(
            f"    {name:20} {spent:6.2f} s ({worked:6.2f})  {rows:7,} rows  {asked:7,} statements"
        )
    return wall > AIM_SECONDS or peak > AIM_MB


if __name__ == "__main__":
    sys.exit(main())
