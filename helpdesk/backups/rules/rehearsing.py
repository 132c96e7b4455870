"""Reads a backup back into a place of its own and compares it with what its manifest says.

Nothing of the running service is touched: SQLite's copy is opened for reading, PostgreSQL's dump
is restored into a database that is made for it and removed again.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import URL

from helpdesk.backups.models import Backup
from helpdesk.backups.rules import making
from helpdesk.backups.rules.making import DUMP, LISTING, MANIFEST, Manifest
from kernel import clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.files import FileStore
from kernel.i18n import gettext as _

MOST_TOLD = 20


def read(folder: Path) -> Manifest:
    """Return the manifest of a backup; refuses a folder that is none."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Refusal(_("This folder holds no backup: %(folder)s", folder=str(folder))) from error


def faults(folder: Path, manifest: Manifest, place: FileStore) -> list[str]:
    """Return what is wrong with a backup, empty where it can be trusted.

    Args:
        folder: of the backup.
        manifest: what it says of itself.
        place: the store of files, for those that were not copied.
    """
    database = folder / manifest.database
    if not database.is_file() or making.digest(database) != manifest.sha256:
        return [_("The copy of the database is not the one that was written.")]
    counted = _restored(database) if manifest.database == DUMP else _opened(database)
    found = [
        _(
            "%(table)s: %(there)s rows instead of %(wanted)s",
            table=table,
            there=counted.get(table, 0),
            wanted=wanted,
        )
        for table, wanted in manifest.rows.items()
        if counted.get(table) != wanted
    ]
    return [*found, *list(_missing(folder, place))[:MOST_TOLD]]


def remember(name: str) -> bool:
    """Write down that a backup was read back whole; tell whether it was made here."""
    made = db.session.scalar(select(Backup).where(Backup.name == name))
    if made is None:
        return False
    made.rehearsed_at = clock.now()
    return True


def _opened(database: Path) -> dict[str, int]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise Refusal(f"integrity_check: {said}")
        names = [
            row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {
            name: int(copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
            for name in names
        }


def _restored(dump: Path) -> dict[str, int]:
    """Restore into a database made for it, count, and remove it, whatever happens."""
    url: URL = db.engine.url
    scratch = url.set(database=f"rehearsal_{secrets.token_hex(6)}")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{scratch.database}" TEMPLATE template0'))
        try:
            making.run("pg_restore", "--no-owner", "--exit-on-error", str(dump), url=scratch)
            engine = create_engine(scratch)
            with engine.connect() as connection:
                counted = making.counted(connection)
            engine.dispose()
        finally:
            with server.connect() as connection:
                connection.execute(text(f'DROP DATABASE "{scratch.database}" WITH (FORCE)'))
    finally:
        server.dispose()
    return counted


def _missing(folder: Path, place: FileStore) -> Iterator[str]:
    """Yield the listed files that neither the copy nor the store holds in their size."""
    copies = making.copies_at(folder.parent)
    for line in (folder / LISTING).read_text(encoding="ascii").splitlines():
        key, _tab, size = line.partition("\t")
        copied = copies.has(key) and copies.look(key).size == int(size)
        if not copied and not place.has(key):
            yield _("The file %(key)s is missing.", key=key)
