"""The seeded databases: kept under ``var/bench`` and copied for every measurement.

Measuring writes reports, so it works on a copy: the next run finds what this one found. A database
that was seeded by other code than today's is seeded anew; newer migrations are applied to it.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bench import cluster, seed
from bench.server import ROOT
from config import Settings
from helpdesk.app import create_app
from kernel import schema
from kernel.db import db

KEPT = ROOT / "var" / "bench"
STAMP = hashlib.sha256(Path(seed.__file__).read_bytes()).hexdigest()[:8]


class Ground(Protocol):
    """Where the databases of one engine lie."""

    def seeded(self, size: seed.Size, *, fresh: bool) -> None:
        """Have a pristine database of a size."""

    def copied(self, size: seed.Size) -> str:
        """Return the address of a copy that may be written to."""

    def empty(self) -> str:
        """Return the address of an empty database."""


class SqliteGround:
    """Files; copies lie in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = KEPT / "sqlite"
        self._kept.mkdir(parents=True, exist_ok=True)

    def seeded(self, size: seed.Size, *, fresh: bool) -> None:
        """Have a pristine file of a size."""
        pristine, draft = self._pristine(size), self._kept / f"{size.name}.draft"
        if fresh or not pristine.exists():
            for old in self._kept.glob(f"{size.name}*"):
                old.unlink()
            _filled(f"sqlite:///{draft}", size)
            _closed(draft)
            draft.rename(pristine)
        else:
            _raised(f"sqlite:///{pristine}")
            _closed(pristine)

    def copied(self, size: seed.Size) -> str:
        """Return the address of a copy."""
        place = Path(tempfile.mkdtemp(dir=self._folder)) / "bench.sqlite3"
        shutil.copyfile(self._pristine(size), place)
        return f"sqlite:///{place}"

    def empty(self) -> str:
        """Return the address of a file that is not there yet."""
        return f"sqlite:///{Path(tempfile.mkdtemp(dir=self._folder)) / 'empty.sqlite3'}"

    def _pristine(self, size: seed.Size) -> Path:
        return self._kept / f"{size.name}-{STAMP}.sqlite3"


class PostgresGround:
    """Databases of one server; a copy is made with the pristine one as its template."""

    def __init__(self, server: cluster.Server) -> None:
        self.server = server
        self._copies = 0

    def seeded(self, size: seed.Size, *, fresh: bool) -> None:
        """Have a pristine database of a size."""
        pristine, draft = self._pristine(size), f"draft_{size.name.lower()}"
        there = self.server.databases()
        if fresh or pristine not in there:
            stem = f"seed_{size.name.lower()}"
            old = [name for name in there if name.startswith(stem) or name == draft]
            self.server.command(*(f"DROP DATABASE {name}" for name in old), _creation(draft))
            _filled(self.server.address(draft), size)
            self.server.command(f"ALTER DATABASE {draft} RENAME TO {pristine}")
        else:
            _raised(self.server.address(pristine))

    def copied(self, size: seed.Size) -> str:
        """Return the address of a copy."""
        return self._made(f"TEMPLATE {self._pristine(size)} STRATEGY file_copy")

    def empty(self) -> str:
        """Return the address of an empty database."""
        return self._made("TEMPLATE template0 ENCODING 'UTF8'")

    def _made(self, how: str) -> str:
        self._copies += 1
        name = f"copy_{self._copies}"
        self.server.command(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} {how}")
        return self.server.address(name)

    def _pristine(self, size: seed.Size) -> str:
        return f"seed_{size.name.lower()}_{STAMP}"

    def tidy(self) -> None:
        """Drop the copies."""
        names = [name for name in self.server.databases() if name.startswith("copy_")]
        self.server.command(*(f"DROP DATABASE {name} WITH (FORCE)" for name in names))


@contextmanager
def ground(engine: str) -> Iterator[Ground]:
    """Give the databases of an engine; copies go at the end, pristine ones stay."""
    if engine == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        try:
            yield SqliteGround(folder)
        finally:
            shutil.rmtree(folder)
        return
    with cluster.running(KEPT / "postgresql") as server:
        databases = PostgresGround(server)
        databases.tidy()
        yield databases
        databases.tidy()


def _creation(name: str) -> str:
    return f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"


def _filled(address: str, size: seed.Size) -> None:
    start = time.monotonic()
    with _application(address):
        schema.move("head")
        seed.fill(size)
    print(f"{size.name}: seeded in {time.monotonic() - start:.0f} s", file=sys.stderr)


def _raised(address: str) -> None:
    """Bring the tables of a kept database to the newest form."""
    with _application(address):
        if not schema.is_newest():
            schema.move("head")


@contextmanager
def _application(address: str) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"HELPDESK_DATABASE_URL": address, "HELPDESK_VAR_DIR": folder}
        app = create_app(Settings.from_environment({**environment, "HELPDESK_TIMETABLE": "off"}))
        with app.app_context():
            try:
                yield
            finally:
                db.session.remove()
                db.engine.dispose()


def _closed(file: Path) -> None:
    """Bring everything from the log beside the file into the file, so that it can be copied."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
