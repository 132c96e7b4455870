"""Many processes, one killed every few seconds, while thousands of loans fall due.

`python -m bench.many [--seconds N] [--loans N]`

Three web processes and two processes of the timetable work on one PostgreSQL database. 5,000 loans
of 500 people are due today, and a real mail server takes the reminders. Every four seconds one of
the processes is killed with -9 and started again, every second time the one that runs the jobs, in
the middle of a job: where that one is dead already, the kill waits until another is at work. In
between it is one of the others. After two minutes all are left in peace until nothing is left to
send.

Each loan must have been told of exactly once, in exactly one message, and no message may have been
sent twice. A kill between the sending and the writing down leaves an e-mail about which a person is
asked: those are counted, and there may be at most one of them for each kill of the sender. The exit
code is 1 where it is not so.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import func, insert, select

from assets.loans.models import LoanNotice
from bench import cluster, night_seed, seed
from bench.server import ROOT, free_port, gunicorn
from config import Settings
from helpdesk.app import create_app
from helpdesk.timetable import scheduler
from kernel import clock, schema
from kernel.db import db
from kernel.work import work
from office.bookkeeping import lease, runs
from office.bookkeeping.models import JobRun, OutgoingMessage
from office.calendar.models import ClosedDay
from office.notifications.models import Delivery
from office.notifications.states import State
from tests.office.notifications.mail_server import Letterbox, mail_server

WEB, TIMETABLES, BORROWERS = 3, 2, 500
KILL_EVERY, HOLDER_SECONDS, PEACE_SECONDS = 4.0, 20.0, 900
LOAN = re.compile(r"ย\.\d+/\d+")
WAITING = (State.WAITING, State.SENDING)


@dataclass
class House:
    """The processes of the service, and what became of them."""

    environment: dict[str, str]
    ports: list[int]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    ages: list[int] = field(default_factory=lambda: list(range(WEB + TIMETABLES)))
    kills: int = 0
    holders_killed: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Start all of them."""
        self.processes = [self._started(number) for number in range(WEB + TIMETABLES)]

    def kill_one(self, number: int) -> None:
        """Kill one process, with all that it has started, and start another in its place."""
        victim = self.processes[number]
        with suppress(ProcessLookupError):
            os.killpg(victim.pid, signal.SIGKILL)
        victim.wait(30)
        self.kills += 1
        self.processes[number] = self._started(number)
        self.ages.remove(number)
        self.ages.append(number)

    def other_than(self, holder: int | None) -> int:
        """Return another process than the holder: the one that has lived longest.

        Where nobody holds the lease it is the youngest, so that those who start come to take over.
        """
        return self.ages[-1] if holder is None else next(n for n in self.ages if n != holder)

    def end(self) -> None:
        """End all of them in order."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait(90)

    def of_holder(self, holder: str) -> int | None:
        """Return which process holds the lease, of which the workers are children."""
        parts = holder.split(":")
        if len(parts) < len(("host", "process", "token")):
            return None
        with suppress(OSError):
            group = os.getpgid(int(parts[1]))
            return next((n for n, one in enumerate(self.processes) if one.pid == group), None)
        return None

    def _started(self, number: int) -> subprocess.Popen[bytes]:
        if number < WEB:
            environment = {**self.environment, "PORT": str(self.ports[number])}
            return gunicorn(["-c", "gunicorn.conf.py", "bench.hasty:make_app()"], environment)
        flask = [sys.executable, "-m", "flask", "--app", "bench.hasty:make_app", "timetable", "run"]
        return subprocess.Popen(
            flask,
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def main() -> int:
    """Run the two minutes and the count; return 1 when a reminder is missing or doubled."""
    parser = argparse.ArgumentParser(prog="bench.many")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--loans", type=int, default=5_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, mail_server() as box:
        # The server of the database runs as another user, who must get there.
        Path(folder).chmod(0o755)
        with cluster.running(Path(folder) / "postgresql") as server:
            server.command("CREATE DATABASE office TEMPLATE template0 ENCODING 'UTF8'")
            environment = _environment(folder, server.address("office"), box.url)
            app = create_app(
                Settings.from_environment({**environment, "HELPDESK_TIMETABLE": "off"})
            )
            with app.app_context():
                _fill(chosen.loans)
                house = House(environment, [free_port() for _number in range(WEB)])
                faults = _watched(house, box, chosen.seconds, chosen.loans)
                db.session.remove()
                db.engine.dispose()
    print("; ".join(faults) or "every reminder exactly once")
    return 1 if faults else 0


def _environment(folder: str, address: str, smtp: str) -> dict[str, str]:
    return {
        "HELPDESK_DATABASE_URL": address,
        "HELPDESK_VAR_DIR": folder,
        "HELPDESK_SMTP_URL": smtp,
        "HELPDESK_TIMETABLE": "on",
        "HELPDESK_WEB_PROCESSES": "1",
        "HELPDESK_LOG_LEVEL": "WARNING",
    }


def _fill(loans: int) -> None:
    schema.move("head")
    seed.fill(seed.Size("due", 0, loans))
    lent = night_seed.Lent(loans=loans, out=loans, borrowers=min(BORROWERS, loans), due_today=True)
    night_seed.lend(lent)
    with work():  # whatever today is, the office is open
        day = {"day": clock.today(), "name_th": "วันทำการ", "source": "office", "removed": True}
        db.session.execute(insert(ClosedDay), [day])


def _watched(house: House, box: Letterbox, seconds: float, loans: int) -> list[str]:
    began = time.monotonic()
    house.start()
    try:
        with _visitors(house):
            _kill(house, seconds)
            quiet = _wait_for_quiet()
            took = time.monotonic() - began
    finally:
        house.end()
    return _counted(house, box, loans, took) + ([] if quiet else ["it never became quiet"])


def _kill(house: House, seconds: float) -> None:
    begin = time.monotonic()
    turn, due = 0, begin
    while due < begin + seconds:
        turn += 1
        due = max(due + KILL_EVERY, time.monotonic() + 1)
        time.sleep(due - time.monotonic())
        holder = _at_work(house) if turn % 2 else _living_holder(house)
        if turn % 2 and holder is not None:
            house.holders_killed += 1
            house.kill_one(holder)
        else:
            house.kill_one(house.other_than(holder))


def _at_work(house: House) -> int | None:
    """Return which process runs the jobs, once it is in the middle of one."""
    end, holder = time.monotonic() + HOLDER_SECONDS, None
    while time.monotonic() < end:
        holder = _living_holder(house)
        working = select(JobRun.id).where(JobRun.outcome == runs.RUNNING)
        standing = lease.held(scheduler.LEASE)
        mine = JobRun.holder == (standing.holder if standing else "")
        if holder is not None and db.session.scalar(working.where(mine).limit(1)) is not None:
            break
        time.sleep(0.02)
    return holder


def _living_holder(house: House) -> int | None:
    """Return which process holds the lease and lives, None where it is dead or nobody does."""
    db.session.rollback()
    standing = lease.held(scheduler.LEASE)
    return house.of_holder(standing.holder) if standing else None


@contextmanager
def _visitors(house: House) -> Iterator[None]:
    """Ask each web process for its sign-in page, again and again, as people would."""
    over = threading.Event()

    def visit() -> None:
        while not over.wait(0.3):
            for port in house.ports:
                try:
                    with urllib.request.urlopen(
                        f"http://127.0.0.1:{port}/sign-in", timeout=20
                    ) as answer:
                        house.answers[str(answer.status)] += 1
                except OSError as error:
                    down = "HTTP" not in type(error).__name__
                    house.answers["down" if down else str(getattr(error, "code", "?"))] += 1

    thread = threading.Thread(target=visit)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _wait_for_quiet() -> bool:
    """Wait until the reminders are written and nothing waits to be sent; tell whether it came."""
    end = time.monotonic() + PEACE_SECONDS
    while time.monotonic() < end:
        time.sleep(2)
        db.session.rollback()
        flagged = db.session.scalar(
            select(JobRun.id).where(JobRun.job == "flag_loans", JobRun.outcome == runs.OK).limit(1)
        )
        waiting = db.session.scalar(select(Delivery.id).where(Delivery.state.in_(WAITING)).limit(1))
        unrouted = db.session.scalar(
            select(func.count())
            .select_from(OutgoingMessage)
            .outerjoin(Delivery, Delivery.message_id == OutgoingMessage.id)
            .where(OutgoingMessage.kind == "loan_due", Delivery.id.is_(None))
        )
        if flagged and waiting is None and not unrouted:
            return True
    return False


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def _counted(house: House, box: Letterbox, loans: int, took: float) -> list[str]:
    """Print what happened and return what is wrong."""
    db.session.rollback()
    notices = db.session.scalar(select(func.count()).select_from(LoanNotice))
    bodies = db.session.scalars(
        select(OutgoingMessage.body).where(OutgoingMessage.kind == "loan_due")
    ).all()
    told = Counter(number for body in bodies for number in LOAN.findall(body))
    taken = Counter(
        (letter["To"], number) for letter in box.letters for number in LOAN.findall(_text(letter))
    )
    unsure = db.session.scalar(select(func.count()).where(Delivery.state == State.UNSURE)) or 0
    attempts = db.session.scalar(select(JobRun.attempts).where(JobRun.job == "flag_loans"))
    print(
        f"{took:.0f} s, {house.kills} kills, {house.holders_killed} of them of who ran the jobs; "
        f"flag_loans was begun {attempts} times; {notices} notices in {len(bodies)} messages, "
        f"{len(box.letters)} letters taken, {unsure} in doubt; pages: {dict(house.answers)}"
    )
    faults = [f"{notices} notices"] if notices != loans else []
    faults += [f"{n} told {many} times" for n, many in told.items() if many != 1][:5]
    faults += [f"{loans - len(told)} loans told of nowhere"] if len(told) != loans else []
    faults += [f"{who} got {n} {many} times" for (who, n), many in taken.items() if many > 1][:5]
    missing = len(set(told) - {number for _who, number in taken})
    # A letter in doubt may hold all that one person has.
    each = -(-loans // min(BORROWERS, loans))
    if unsure > house.kills or missing > each * unsure:
        faults.append(f"{missing} loans in no letter, {unsure} letters in doubt")
    return faults


if __name__ == "__main__":
    sys.exit(main())
