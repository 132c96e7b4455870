"""Kill the server in the middle of a hundred reports and count what was lost.

`python -m bench.kill`: guests send reports at once; the whole server is killed with -9 after some
of them were acknowledged. Afterwards every acknowledged number must stand in the database, the
audit trail must hold, and the numbers must have no gap.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
import threading
from http.client import HTTPException

from sqlalchemy import func, select

from bench import measure, seed
from bench.__main__ import report_fields
from bench.server import free_port, gunicorn, wait_until_up
from config import Settings
from helpdesk.app import create_app
from helpdesk.tickets.models import Ticket
from kernel import schema
from kernel.db import db
from office.bookkeeping import audit
from office.bookkeeping.models import NumberSeries

REPORTS, KILL_AFTER = 100, 30
OFFICE = seed.Size("tiny", 0, 400)


def main() -> int:
    """Run once on SQLite; return 1 when an acknowledged report is missing, or too few were made."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            "HELPDESK_VAR_DIR": folder,
            "HELPDESK_TIMETABLE": "off",
            "HELPDESK_REPORTS_PER_ADDRESS": "100000",
            "HELPDESK_LOG_LEVEL": "WARNING",
            "PORT": str(port),
        }
        app = create_app(Settings.from_environment(environment))
        with app.app_context():
            schema.move("head")
            seed.fill(OFFICE)
        acknowledged = _kill_during_reports(environment, port)
        with app.app_context():
            kept = set(db.session.scalars(select(Ticket.number)))
            verdict = audit.verify()
            last = db.session.scalar(select(func.max(NumberSeries.last))) or 0
        lost = acknowledged - kept
        print(
            f"{len(acknowledged)} acknowledged, {len(kept)} stored, {len(lost)} lost; "
            f"last number {last}; audit trail {verdict.reason or 'unbroken'}"
        )
        enough = len(acknowledged) >= KILL_AFTER
        sound = not lost and last == len(kept) and verdict.broken_id is None
        return 0 if enough and sound else 1


def _kill_during_reports(environment: dict[str, str], port: int) -> set[str]:
    server = gunicorn(["-c", "gunicorn.conf.py"], environment)
    wait_until_up(port, "/healthz")
    acknowledged: set[str] = set()
    lock, enough = threading.Lock(), threading.Event()

    def report(item: int) -> None:
        try:
            browser = measure.Browser(port)
            path = f"/q/{seed.code_of(item)}/report"
            browser.post(path, report_fields(browser.get(path).decode()))
            page = browser.get(browser.location).decode()
        except (OSError, RuntimeError, HTTPException):
            return  # the server is gone: this report was not acknowledged
        with lock:
            acknowledged.update(re.findall(r"ซ\.\d+/\d{4}", page))
            if len(acknowledged) >= KILL_AFTER:
                enough.set()

    threads = [threading.Thread(target=report, args=(n,)) for n in range(1, REPORTS + 1)]
    for thread in threads:
        thread.start()
    enough.wait(60)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(30)
    for thread in threads:
        thread.join()
    return acknowledged


if __name__ == "__main__":
    sys.exit(main())
