"""Asking a server for a page many times and counting what it costs."""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import event

from kernel.db import db

REQUESTS, WARM_UP, CLIENTS = 150, 20, 8
RPS_SECONDS = 3.0


@dataclass(frozen=True)
class Timing:
    """Latencies in milliseconds of one client, requests a second of eight, bytes of a page.

    ``bare_ms`` is the median of the bare page, asked in turn with this one: other work on the
    machine slows both down alike, so the ratio holds where the milliseconds do not.
    """

    p50_ms: float
    p95_ms: float
    rps_8: float
    bytes: int
    bare_ms: float


def timed(
    ask: Callable[[], bytes], make: Callable[[], Callable[[], bytes]], bare: Callable[[], bytes]
) -> Timing:
    """Measure one page.

    Args:
        ask: asks once, over one kept connection.
        make: returns such a function for one of the eight clients that ask together.
        bare: asks for the bare page, in turn with this one.
    """
    for _ in range(WARM_UP):
        data = ask()
    spent, beside = in_turn([ask] * REQUESTS, bare)
    return timing(spent, beside, together(make), len(data))


def in_turn(
    asks: Iterable[Callable[[], object]], bare: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of every ask, and of the bare page asked before each."""
    spent, beside = [], []
    for ask in asks:
        beside.append(_milliseconds(bare))
        spent.append(_milliseconds(ask))
    return spent, beside


def _milliseconds(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def timing(spent: list[float], beside: list[float], rps: float, size: int) -> Timing:
    """Return what the milliseconds of many requests say."""
    cuts = statistics.quantiles(spent, n=20)
    return Timing(statistics.median(spent), cuts[18], rps, size, statistics.median(beside))


def together(make: Callable[[], Callable[[], bytes]]) -> float:
    """Return the requests a second of eight clients asking at once."""
    counts: list[int] = []
    end = time.perf_counter() + RPS_SECONDS

    def run() -> None:
        ask, count = make(), 0
        while time.perf_counter() < end:
            ask()
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / RPS_SECONDS


def queries_of(app: Flask, ask: Callable[[], object]) -> int:
    """Return how many statements a page sends to the database, the viewer's included.

    What a process keeps for a minute (the calendar, the name of the office) is there already.
    """
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not re.match(r"\s*(BEGIN|COMMIT|ROLLBACK|PRAGMA|SAVEPOINT)", statement, re.IGNORECASE):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    ask()
    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
