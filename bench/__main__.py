"""Seed, serve, measure, and write the figures.

`python -m bench [--large] [--engine sqlite|postgresql|both]`
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

from bench import bare as bare_page
from bench import measure, seed
from bench.server import ROOT, free_port, memory_mb, served
from config import Settings
from helpdesk.app import create_app
from kernel import schema
from office.people.models import Person
from office.people.session import SignedIn
from tests import databases

REPORTS = 60
Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page to measure: its name, who asks, and its address for an office of a size."""

    name: str
    guest: bool
    path: Callable[[seed.Size], str]


PAGES = (
    Page("queue", False, lambda _size: "/tickets"),
    Page("ticket", False, lambda size: f"/tickets/{size.tickets - 1}"),
    Page("home", False, lambda _size: "/"),
    Page("item", False, lambda size: f"/items/{size.items // 2}"),
    Page("items", False, lambda _size: "/items"),
    Page("items by search", False, lambda _size: f"/items?q={quote('พิมพ์')}"),
    Page("search", False, lambda size: f"/find?q=SN{size.items % 97:02}"),
    Page("scan", True, lambda size: f"/q/{seed.code_of(size.items // 3)}"),
)


def main() -> int:
    """Measure everything that was asked for."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument(
        "--large", action="store_true", help="also 1,000,000 tickets, 200,000 items"
    )
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    sizes = (seed.SMALL, seed.LARGE) if chosen.large else (seed.SMALL,)
    rows: list[Row] = []
    for engine in engines:
        with _database(engine) as make, _bare(make()[0]) as bare:
            rows.append(bare.row(engine))
            for size in sizes:
                rows += _measured(engine, size, make(), bare)
    out = ROOT / "var" / "bench"
    out.mkdir(parents=True, exist_ok=True)
    (out / "latest.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    table = _table(rows)
    (out / "latest.md").write_text(table, encoding="utf-8")
    print(table)
    return 0


@contextmanager
def _database(engine: str) -> Iterator[Callable[[], tuple[str, Path]]]:
    """Give a function that makes an empty database and a folder; all of it goes at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    cluster = databases.start_cluster() if engine == "postgresql" else None

    def make() -> tuple[str, Path]:
        place = Path(tempfile.mkdtemp(dir=folder))
        if cluster is None:
            return f"sqlite:///{place / 'bench.sqlite3'}", place
        return databases.create_database(cluster.url), place

    try:
        yield make
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder)


@dataclass(frozen=True)
class Bare:
    """The bare page, served as long as others are measured beside it."""

    port: int
    pid: int

    def asker(self) -> Callable[[], bytes]:
        """Return a browser's way to ask for it."""
        return _asker(self.port, "", "/")

    def row(self, engine: str) -> Row:
        """Return its own figures."""
        timing = measure.timed(self.asker(), self.asker, self.asker())
        own = {"queries": 1, "memory_mb": round(memory_mb(self.pid)), "ratio_p50": 1.0}
        return {"engine": engine, "size": "-", "page": "bare", **_rounded(timing), **own}


@contextmanager
def _bare(address: str) -> Iterator[Bare]:
    port = free_port()
    bare_page.fill(address)
    arguments = ["-w", "2", "--threads", "4", "-b", f"127.0.0.1:{port}", "bench.bare:app"]
    environment = {"BARE_DATABASE_URL": address}
    with served([*arguments, "-c", "/dev/null"], environment, port, "/") as process:
        yield Bare(port, process.pid)


def _asker(port: int, cookie: str, path: str) -> Callable[[], bytes]:
    browser = measure.Browser(port, cookie)
    return lambda: browser.get(path)


def _rounded(timing: measure.Timing) -> Row:
    return {
        "p50_ms": round(timing.p50_ms, 2),
        "p95_ms": round(timing.p95_ms, 2),
        "rps_8": round(timing.rps_8),
        "bytes": timing.bytes,
    }


def _measured(engine: str, size: seed.Size, place: tuple[str, Path], bare: Bare) -> list[Row]:
    port = free_port()
    environment = {
        "HELPDESK_DATABASE_URL": place[0].replace("postgresql+psycopg", "postgresql"),
        "HELPDESK_VAR_DIR": str(place[1]),
        "HELPDESK_TIMETABLE": "off",
        "HELPDESK_REPORTS_PER_TAG": "1000",
        "HELPDESK_REPORTS_PER_ADDRESS": "100000",
        "HELPDESK_LOG_LEVEL": "WARNING",
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    app = create_app(Settings.from_environment(environment))
    start = time.monotonic()
    with app.app_context():
        schema.move("head")
        seed.fill(size)
    print(f"{engine} {size.name}: seeded in {time.monotonic() - start:.0f} s", file=sys.stderr)
    rows = []
    with served(["-c", "gunicorn.conf.py"], environment, port, "/healthz") as process:
        client, cookie = _signed_in(app)
        for page in PAGES:
            path = page.path(size)
            own = "" if page.guest else cookie
            asked = _asker(port, own, path)
            timing = measure.timed(asked, partial(_asker, port, own, path), bare.asker())
            who = app.test_client() if page.guest else client
            count = measure.queries_of(app, partial(_good, who, path))
            rows.append(_row(engine, size, page.name, timing, count, process.pid))
        rows.append(_report(engine, size, app, (port, process.pid), bare))
    return rows


def _row(
    engine: str, size: seed.Size, name: str, timing: measure.Timing, queries: int, pid: int
) -> Row:
    return {
        "engine": engine,
        "size": size.name,
        "page": name,
        **_rounded(timing),
        "queries": queries,
        "memory_mb": round(memory_mb(pid)),
        "ratio_p50": round(timing.p50_ms / timing.bare_ms, 2),
    }


def _signed_in(app: Flask) -> tuple[FlaskClient, str]:
    """Return a test browser and a cookie of the same person, a technician and storekeeper."""
    client = app.test_client()
    with app.app_context():
        epoch = Person(session_epoch=1).session_epoch
    with client.session_transaction() as session:
        session["_user_id"] = SignedIn(1, epoch).get_id()
        session["_fresh"] = True
    cookie = client.get_cookie("helpdesk")
    if cookie is None:
        raise RuntimeError("no cookie after signing in")
    return client, f"helpdesk={cookie.value}"


def _good(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{path}: {answer.status_code}")


def _report(engine: str, size: seed.Size, app: Flask, server: tuple[int, int], bare: Bare) -> Row:
    """Measure the sending of a report; each goes to another item and comes from a fresh browser."""
    port, pid = server
    free = iter(range(1, size.items))

    def prepared() -> Callable[[], bytes]:
        browser = measure.Browser(port)
        path = f"/q/{seed.code_of(next(free))}/report"
        return partial(browser.post, path, report_fields(browser.get(path).decode()))

    def fresh() -> bytes:
        return prepared()()

    asks = (prepared() for _ in range(REPORTS))
    spent, beside = measure.in_turn(asks, bare.asker())
    rps = measure.together(lambda: fresh)
    answer = prepared()()
    client = app.test_client()
    path = f"/q/{seed.code_of(next(free))}/report"
    fields = report_fields(client.get(path).text)
    count = measure.queries_of(app, lambda: client.post(path, data=fields))
    return _row(engine, size, "report", measure.timing(spent, beside, rps, len(answer)), count, pid)


def report_fields(page: str) -> dict[str, str]:
    """Return what a browser sends from a report page that a guest filled in."""
    hidden = dict(re.findall(r'name="([a-z_]+)"[^>]*type="hidden"[^>]*value="([^"]*)"', page))
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            hidden[name.group(1)] = value.group(1) if value else ""
    chip = re.search(r'name="symptoms"[^>]*value="(\d+)"', page)
    filled = {"detail": "เปิดไม่ติด", "name": "ครูตัวอย่าง", "contact": "0800000000", "about": "other"}
    return {**hidden, **filled, **({"symptoms": chip.group(1)} if chip else {})}


def _table(rows: list[Row]) -> str:
    names = (
        "engine", "size", "page", "p50_ms", "p95_ms", "rps_8", "queries", "bytes", "memory_mb",
        "ratio_p50",
    )  # fmt: skip
    lines = [" | ".join(names), " | ".join("---" for _ in names)]
    lines += [" | ".join(str(row[name]) for name in names) for row in rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
