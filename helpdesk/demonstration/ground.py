"""Which database the demonstration may fill, and the draft in which it does so.

A filled database carries a mark in its header. While it is being filled it has another name, so
whoever is killed in the middle leaves nothing that looks finished; the next start begins anew.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from config import Settings
from kernel.db import db
from kernel.errors import Refusal
from kernel.files import FolderStore
from kernel.i18n import gettext as _

MARK = int.from_bytes(b"DEMO")
FORMAT = "sqlite:///"
# What a server leaves in a database that nobody has used yet.
OWN_TRACES = {"alembic_version", "lease", "job_run"}
SIDE_FILES = ("-wal", "-shm", "-journal")


class Standing(StrEnum):
    """What a database holds."""

    FRESH = "fresh"
    FILLED = "filled"
    REAL = "real"


def database_file(settings: Settings) -> Path:
    """Return the file of the database.

    Raises:
        Refusal: it is not SQLite; the demonstration never goes into a server's database.
    """
    if not settings.database_url.startswith(FORMAT):
        raise Refusal(_("The demonstration needs a SQLite database of its own."))
    return Path(settings.database_url.removeprefix(FORMAT))


def standing_of(file: Path) -> Standing:
    """Tell whether a database is fresh, a filled demonstration, or holds anything else."""
    if not file.exists() or not file.stat().st_size:
        return Standing.FRESH
    try:
        with closing(sqlite3.connect(file)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] == MARK:
                return Standing.FILLED
            held = any(_holds_rows(connection, table) for table in _tables(connection))
            return Standing.REAL if held else Standing.FRESH
    except sqlite3.DatabaseError:
        return Standing.REAL


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found if name not in OWN_TRACES and "_fts" not in name]


def _holds_rows(connection: sqlite3.Connection, table: str) -> bool:
    quoted = table.replace('"', '""')
    query = f'SELECT 1 FROM "{quoted}" LIMIT 1'  # noqa: S608 - a name of sqlite_master, quoted
    return connection.execute(query).fetchone() is not None


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Let one process fill at a time; another one waits, and then finds it filled."""
    with file.with_name("filling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def draft_of(file: Path, settings: Settings) -> Iterator[None]:
    """Open an application context over an empty draft; at the end it becomes the database.

    Where the block fails nothing stands under the database's name.
    """
    draft = file.with_name(f"{file.name}.filling")
    _remove(draft)
    app = Flask("demonstration")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"{FORMAT}{draft}"
    app.extensions["settings"] = replace(settings, database_url=f"{FORMAT}{draft}", smtp_url="")
    app.extensions["file_store"] = FolderStore(settings.var_dir / "files")
    db.init_app(app)
    with app.app_context():
        _do_not_wait_for_the_disk()
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
    _seal(draft)
    _remove(file)
    draft.replace(file)


def _do_not_wait_for_the_disk() -> None:
    """Nobody relies on the draft before it is sealed, and sealing waits for the disk once."""

    @event.listens_for(db.engine, "connect")
    def hurry(connection: Any, _record: Any) -> None:  # noqa: ANN401 - a driver's connection
        connection.execute("PRAGMA synchronous = OFF")


def _seal(draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute(f"PRAGMA application_id = {MARK}")
        connection.execute("PRAGMA journal_mode = DELETE")
    with draft.open("rb") as written:
        os.fsync(written.fileno())


def _remove(file: Path) -> None:
    for ending in ("", *SIDE_FILES):
        file.with_name(file.name + ending).unlink(missing_ok=True)
