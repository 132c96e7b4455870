"""Crowds that use the service at once: guests who report, officers who lend."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException

from flask import Flask

from bench import seed
from bench.browser import Browser, Refused, cookie_of, hidden, report_fields

WAIT_SECONDS, PATIENCE_SECONDS = 60.0, 60.0
ITEMS_EACH, LOANS_EACH = 3, 12
TERMS = {"purpose": "สอน", "official": "y", "place_kind": "inside", "due": "default"}


class Crowd:
    """People at work at once, each in a thread; what they were told is done is kept.

    Attributes:
        acknowledged: what the service said it has taken in.
        refused: how often it answered with which problem.
    """

    def __init__(self, port: int, people: int) -> None:
        self.port, self.acknowledged = port, set[str]()
        self.refused: Counter[int] = Counter()
        self._news = threading.Condition()
        self._threads = [threading.Thread(target=self.work, args=(n,)) for n in range(people)]

    def begin(self) -> None:
        """Let everybody start."""
        for thread in self._threads:
            thread.start()

    def wait_for(self, count: int) -> None:
        """Wait until so many things were acknowledged, a minute at most."""
        with self._news:
            self._news.wait_for(lambda: len(self.acknowledged) >= count, WAIT_SECONDS)

    def end(self) -> None:
        """Wait until everybody is done or has given up."""
        for thread in self._threads:
            thread.join()

    def work(self, person: int) -> None:
        """Do what one person does."""
        raise NotImplementedError

    def note(self, said: str) -> None:
        """Keep what was acknowledged."""
        with self._news:
            self.acknowledged.add(said)
            self._news.notify_all()

    def note_refusal(self, problem: Exception) -> None:
        """Count a problem that the service told of."""
        if isinstance(problem, Refused):
            with self._news:
                self.refused[problem.status] += 1


class Guests(Crowd):
    """Each guest reports a fault of another item; a patient one tries again until it is taken."""

    def __init__(self, port: int, people: int, *, patient: bool = False) -> None:
        super().__init__(port, people)
        self._patience = PATIENCE_SECONDS if patient else 0.0

    def work(self, person: int) -> None:
        """Report; the private link that comes back is the word that it was taken in."""
        end = time.monotonic() + self._patience
        while True:
            try:
                self._report(person + 1)
            except (OSError, RuntimeError, HTTPException) as problem:
                self.note_refusal(problem)
                if time.monotonic() > end:
                    return
                time.sleep(0.2)
            else:
                return

    def _report(self, item: int) -> None:
        guest = Browser(self.port)
        path = f"/q/{seed.code_of(item)}/report"
        guest.post(path, report_fields(guest.get(path).decode()))
        self.note(guest.location.split("/")[2])


class Officers(Crowd):
    """Each officer lends three items at a time, a dozen times, to somebody else each time."""

    def __init__(self, port: int, app: Flask, people: int) -> None:
        super().__init__(port, people)
        self._cookies = [cookie_of(app.test_client(), n) for n in range(1, people + 1)]

    def work(self, person: int) -> None:
        """Lend until the server is gone."""
        officer = Browser(self.port, self._cookies[person])
        first = 1 + person * ITEMS_EACH * LOANS_EACH
        items = iter(range(first, first + ITEMS_EACH * LOANS_EACH))
        try:
            for turn in range(LOANS_EACH):
                self.note(self._lend(officer, items, borrower=101 + person * LOANS_EACH + turn))
        except (OSError, RuntimeError, HTTPException) as problem:
            self.note_refusal(problem)

    def _lend(self, officer: Browser, items: Iterator[int], borrower: int) -> str:
        """Lend three items; return the id of the loan that the desk then shows."""
        sent = hidden(officer.get("/desk").decode())
        scanned = [seed.code_of(next(items)) for _number in range(ITEMS_EACH)]
        for code in (*scanned, f"C{borrower:06}"):
            officer.post("/desk/scan", {**sent, "code": code})
        form = hidden(officer.get("/desk").decode())
        officer.post("/desk/lend", {**form, **TERMS})
        found = re.fullmatch(r"/desk/lent/(\d+)", officer.location)
        if found is None:
            raise RuntimeError(f"the desk did not lend: {officer.location}")
        return found.group(1)
