"""Seed, serve, measure, and write the figures.

`python -m bench [--large] [--engine sqlite|postgresql|both] [--page NAME]… [--fresh]`
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

from bench import bare as bare_page
from bench import browser, measure, seed, sending
from bench.ground import KEPT, Ground, ground
from bench.server import free_port, memory_mb, served
from config import Settings
from helpdesk.app import create_app
from kernel.db import db

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page to measure: its name, who asks, and its address for an office of a size."""

    name: str
    guest: bool
    path: Callable[[seed.Size], str]


PAGES = (
    Page("queue", False, lambda _size: "/tickets"),
    Page("board", False, lambda _size: "/tickets/board"),
    Page("tour", False, lambda _size: "/tickets/tour"),
    Page("tickets by search", False, lambda _size: f"/tickets?show=closed&q={quote('พิมพ์')}"),
    Page("ticket", False, lambda size: f"/tickets/{size.tickets - 1}"),
    Page("home", False, lambda _size: "/"),
    Page("item", False, lambda size: f"/items/{size.items // 2}"),
    Page("items", False, lambda _size: "/items"),
    Page("items by search", False, lambda _size: f"/items?q={quote('พิมพ์')}"),
    Page("search", False, lambda size: f"/find?q=SN{size.items % 97:02}"),
    Page("scan", True, lambda size: f"/q/{seed.code_of(size.items // 3)}"),
)
NAMES = (*(page.name for page in PAGES), *(one.name for one in sending.SENDINGS))


def main() -> int:
    """Measure everything that was asked for."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument(
        "--large", action="store_true", help="also 1,000,000 tickets, 200,000 items"
    )
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--page", action="append", choices=NAMES, help="only this page, or these")
    parser.add_argument("--fresh", action="store_true", help="seed anew what was kept")
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    sizes = (seed.SMALL, seed.LARGE) if chosen.large else (seed.SMALL,)
    rows: list[Row] = []
    for engine in engines:
        with ground(engine) as databases:
            for size in sizes:
                databases.seeded(size, fresh=chosen.fresh)
            with _bare(databases.empty()) as bare:
                rows.append(bare.row(engine))
                for size in sizes:
                    rows += _measured(engine, size, databases, bare, chosen.page or NAMES)
    _write(rows, whole=chosen.page is None and chosen.engine == "both")
    return 0


def _write(rows: list[Row], *, whole: bool) -> None:
    """Show the figures; those of a whole run are kept."""
    table = _table(rows) + _grown(rows)
    if whole:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / "latest.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
        (KEPT / "latest.md").write_text(table, encoding="utf-8")
    print(table)


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
    asking = browser.Browser(port, cookie)
    return lambda: asking.get(path)


def _rounded(timing: measure.Timing) -> Row:
    return {
        "p50_ms": round(timing.p50_ms, 2),
        "p95_ms": round(timing.p95_ms, 2),
        "rps_8": round(timing.rps_8),
        "bytes": timing.bytes,
    }


def _measured(
    engine: str, size: seed.Size, databases: Ground, bare: Bare, names: Sequence[str]
) -> list[Row]:
    rows, port = [], free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "HELPDESK_DATABASE_URL": databases.copied(size),
            "HELPDESK_VAR_DIR": folder,
            "HELPDESK_TIMETABLE": "off",
            "HELPDESK_REPORTS_PER_TAG": "1000",
            "HELPDESK_REPORTS_PER_ADDRESS": "100000",
            "HELPDESK_LOG_LEVEL": "WARNING",
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }
        app = create_app(Settings.from_environment(environment))
        with served(["-c", "gunicorn.conf.py"], environment, port, "/healthz") as process:
            client, cookie = _signed_in(app)
            for page in PAGES:
                if page.name not in names:
                    continue
                path = page.path(size)
                own = "" if page.guest else cookie
                asked = _asker(port, own, path)
                timing = measure.timed(asked, partial(_asker, port, own, path), bare.asker())
                who = app.test_client() if page.guest else client
                count = measure.queries_of(app, partial(_good, who, path))
                rows.append(_row(engine, size, page.name, timing, count, process.pid))
            for one in sending.SENDINGS:
                if one.name not in names:
                    continue
                timing = sending.timed(one, size, (port, cookie), bare.asker())
                who = app.test_client() if one.guest else client
                count = sending.queries(one, size, app, who)
                rows.append(_row(engine, size, one.name, timing, count, process.pid))
        with app.app_context():
            db.engine.dispose()
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
    return client, browser.cookie_of(client, person_id=1)


def _good(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{path}: {answer.status_code}")


def _table(rows: list[Row]) -> str:
    names = (
        "engine", "size", "page", "p50_ms", "p95_ms", "rps_8", "queries", "bytes", "memory_mb",
        "ratio_p50",
    )  # fmt: skip
    lines = [" | ".join(names), " | ".join("---" for _ in names)]
    lines += [" | ".join(str(row[name]) for name in names) for row in rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def _grown(rows: list[Row]) -> str:
    """Return how much dearer each page is at the large size, as parts of the bare page.

    The two sizes are measured minutes apart; each beside the bare page of its own minute.
    """
    small = {(row["engine"], row["page"]): row for row in rows if row["size"] == seed.SMALL.name}
    large = [row for row in rows if row["size"] == seed.LARGE.name]
    if not large:
        return ""
    lines = ["", "| engine | page | ratio at 20k | ratio at 1M | growth |", "|" + " --- |" * 5]
    for row in large:
        before = small[row["engine"], row["page"]]["ratio_p50"]
        growth = round(row["ratio_p50"] / before, 2)
        cells = (row["engine"], row["page"], before, row["ratio_p50"], growth)
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
