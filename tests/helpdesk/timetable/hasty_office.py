"""The service with a hasty timetable, for tests that start real processes of it.

`flask --app tests.helpdesk.timetable.hasty_office:make_app timetable run` is the real command; only
the jobs and the pace are of the test. Each job writes a line of its own into the diary, in one
write, so that what two processes do can be counted.
"""

from __future__ import annotations

import os
import time
from datetime import time as wall_clock
from pathlib import Path

from flask import Flask, current_app

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
