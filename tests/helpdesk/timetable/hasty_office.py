"""The service with a hasty timetable, for tests that start real processes of it.

What runs is the real command, `flask timetable run`; only the jobs and the pace are of the test.
Each job writes a line of its own into the diary, in one write, so that what two processes do can
be counted.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import time as wall_clock
from pathlib import Path

from flask import Flask, current_app
from flask.cli import FlaskGroup

from config import Settings
from helpdesk.app import create_app
from helpdesk.timetable import scheduler, table
from helpdesk.timetable.rhythm import Daily, Every
from helpdesk.timetable.table import Job

PACE = scheduler.Pace(lease=3, renew=1, look=0.1)
ENDLESS = "endless"


def note(name: str) -> None:
    folder: Path = current_app.extensions["settings"].var_dir
    line = f"{name} {os.getpid()}\n".encode()
    file = os.open(folder / "diary", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, line)
    os.close(file)


def beat() -> int:
    note("beat")
    return 1


def daily() -> int:
    note("daily")
    return 1


def hang() -> int:
    """Run until this process is killed; in the process that takes over, end at once."""
    note("hang")
    folder: Path = current_app.extensions["settings"].var_dir
    while not (folder / "let go").exists():
        time.sleep(0.05)
    return 1


def make_app() -> Flask:
    app = create_app(Settings.from_environment())
    jobs = [
        Job("beat", beat, Every(1), "beat"),
        Job("daily", daily, Daily(wall_clock(0, 0)), "daily"),
    ]
    folder: Path = app.extensions["settings"].var_dir
    if (folder / ENDLESS).exists():
        jobs = [Job("hang", hang, Daily(wall_clock(0, 0)), "hang")]
    app.extensions[table.EXTENSION] = tuple(jobs)
    app.extensions[scheduler.PACE] = PACE
    return app


def keep_time(environment: dict[str, str], log: Path) -> None:
    """Run the timetable in this process, as the command does, until it is told to end."""
    os.environ.update(environment)
    with log.open("wb") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    FlaskGroup(create_app=make_app).main(["timetable", "run"], prog_name="flask")
