"""Kill the server, or its database, in the middle of the work, and count what was lost.

`python -m bench.kill [--engine sqlite|postgresql|both] [--round NAME]…`

reports   guests send a hundred reports at once; the whole web server is killed with -9
loans     officers lend three items at a time; the whole web server is killed with -9
database  a hundred reports; PostgreSQL is killed with -9 and started again, people send on

Whatever was acknowledged must be there whole, nothing may be there half, the numbers have no gap,
the audit trail is unbroken, and the doctor finds nothing. The exit code is 1 where that is not so.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, func, insert, select

from assets.loans.models import Loan, LoanLine
from bench import cluster, people_at_work, seed
from bench.server import free_port, gunicorn, wait_until_up
from config import Settings
from helpdesk.app import create_app
from helpdesk.doctor import checkup
from helpdesk.tickets.models import Ticket
from kernel import schema
from kernel.db import db
from kernel.work import work
from office.bookkeeping import audit
from office.bookkeeping.models import NumberSeries
from office.people.models import RoleGrant

OFFICE = seed.Size("tiny", 0, 400)
REPORTS, KILL_AFTER = 100, 30
OFFICERS, KILL_LOANS_AFTER = 8, 12


@dataclass
class Place:
    """One office that is about to have a bad day."""

    app: Flask
    environment: dict[str, str]
    port: int
    database: cluster.Server | None


@dataclass
class Verdict:
    """What is there afterwards; empty ``faults`` mean that all is well."""

    told: str
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Run the rounds that were asked for; return 1 when something was lost."""
    parser = argparse.ArgumentParser(prog="bench.kill")
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--round", action="append", choices=tuple(ROUNDS))
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    lost = False
    for engine in engines:
        for name in chosen.round or ROUNDS:
            if name == "database" and engine == "sqlite":
                continue  # it lives inside the web server, which the other rounds kill
            with _place(engine) as place:
                verdict = ROUNDS[name](place)
                with place.app.app_context():
                    verdict.faults += _books()
            lost = lost or bool(verdict.faults)
            print(f"{engine} {name}: {verdict.told}: {'; '.join(verdict.faults) or 'all there'}")
    return 1 if lost else 0


@contextmanager
def _place(engine: str) -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        # The server of the database runs as another user, who must get there.
        Path(folder).chmod(0o755)
        port = free_port()
        environment = {
            "HELPDESK_VAR_DIR": folder,
            "HELPDESK_TIMETABLE": "off",
            "HELPDESK_REPORTS_PER_ADDRESS": "100000",
            "HELPDESK_LOG_LEVEL": "WARNING",
            "PORT": str(port),
        }
        if engine == "sqlite":
            yield _filled(environment, port, None)
            return
        with cluster.running(Path(folder) / "postgresql") as server:
            server.command("CREATE DATABASE office TEMPLATE template0 ENCODING 'UTF8'")
            environment["HELPDESK_DATABASE_URL"] = server.address("office")
            place = _filled(environment, port, server)
            yield place
            with place.app.app_context():
                db.engine.dispose()


def _filled(environment: dict[str, str], port: int, server: cluster.Server | None) -> Place:
    app = create_app(Settings.from_environment(environment))
    with app.app_context():
        schema.move("head")
        seed.fill(OFFICE)
        with work():
            officers = range(1, OFFICERS + 1)
            connection = db.session.connection()
            connection.execute(delete(RoleGrant).where(RoleGrant.role == "storekeeper"))
            grants = [{"person_id": n, "role": "storekeeper"} for n in officers]
            connection.execute(insert(RoleGrant), grants)
    return Place(app, environment, port, server)


def _reports(place: Place) -> Verdict:
    guests = people_at_work.Guests(place.port, REPORTS)
    _killed_web_server(place, guests, KILL_AFTER)
    return _reports_kept(place, guests, KILL_AFTER)


def _loans(place: Place) -> Verdict:
    officers = people_at_work.Officers(place.port, place.app, OFFICERS)
    _killed_web_server(place, officers, KILL_LOANS_AFTER)
    with place.app.app_context():
        counted = select(LoanLine.loan_id, func.count()).group_by(LoanLine.loan_id)
        lines = {loan: count for loan, count in db.session.execute(counted)}  # noqa: C416 - rows
        kept = set(db.session.scalars(select(Loan.id)))
    acknowledged = {int(said) for said in officers.acknowledged}
    told = f"{len(acknowledged)} acknowledged, {len(kept)} kept"
    half = [str(loan) for loan in kept if lines.get(loan) != people_at_work.ITEMS_EACH]
    faults = _too_few(len(acknowledged), KILL_LOANS_AFTER)
    faults += [f"loan {loan} lost" for loan in sorted(acknowledged - kept)]
    faults += [f"loan {loan} half there" for loan in half]
    return Verdict(told, faults)


def _database(place: Place) -> Verdict:
    if place.database is None:
        raise RuntimeError("only a database with a server of its own can be killed")
    guests = people_at_work.Guests(place.port, REPORTS, patient=True)
    server = gunicorn(["-c", "gunicorn.conf.py"], place.environment)
    try:
        wait_until_up(place.port, "/healthz")
        guests.begin()
        guests.wait_for(KILL_AFTER)
        place.database.kill()
        place.database.start()
        guests.end()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)
    verdict = _reports_kept(place, guests, REPORTS)
    verdict.told += f", {guests.refused.get(503, 0)} times asked for patience"
    bugs = {status: n for status, n in guests.refused.items() if status >= 500 and status != 503}
    verdict.faults += [f"{count} answers of {status}" for status, count in bugs.items()]
    return verdict


ROUNDS: dict[str, Callable[[Place], Verdict]] = {
    "reports": _reports,
    "loans": _loans,
    "database": _database,
}


def _killed_web_server(place: Place, crowd: people_at_work.Crowd, after: int) -> None:
    """Serve a crowd and kill every process of the server after so many acknowledgements."""
    server = gunicorn(["-c", "gunicorn.conf.py"], place.environment)
    try:
        wait_until_up(place.port, "/healthz")
        crowd.begin()
        crowd.wait_for(after)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)
    crowd.end()


def _reports_kept(place: Place, guests: people_at_work.Crowd, expected: int) -> Verdict:
    with place.app.app_context():
        kept = set(db.session.scalars(select(Ticket.token)))
    lost = sorted(guests.acknowledged - kept)
    told = f"{len(guests.acknowledged)} acknowledged, {len(kept)} kept"
    faults = _too_few(len(guests.acknowledged), expected)
    return Verdict(told, faults + [f"report {link[:6]}… lost" for link in lost])


def _too_few(found: int, expected: int) -> list[str]:
    return [] if found >= expected else [f"only {found} were acknowledged: nothing is shown"]


def _books() -> list[str]:
    """Return what is wrong with numbers, audit trail and everything that the doctor knows."""
    faults = []
    verdict = audit.verify()
    if verdict.broken_id is not None:
        faults.append(f"audit trail {verdict.reason} at {verdict.broken_id}")
    made = {"ซ.": Ticket, "ย.": Loan}
    for kind, model in made.items():
        last = db.session.scalar(select(NumberSeries.last).where(NumberSeries.kind == kind)) or 0
        count = db.session.scalar(select(func.count()).select_from(model)) or 0
        if last != count:
            faults.append(f"{count} numbers {kind}, the last one is {last}")
    return faults + [
        f"doctor: {result.check.name}: {', '.join(result.shown[:3])}"
        for result in checkup.examine()
        if result.count
    ]


if __name__ == "__main__":
    sys.exit(main())
