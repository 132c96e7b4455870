"""Writes a backup while the service runs: the database at one moment, then the files.

A file that is newer than the database does no harm, so the database goes first. Files are named
by their content: all backups of one place share a store of files, laid out as every store is, and
only new ones are copied.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import URL, Connection

from helpdesk.backups.models import Backup
from kernel import clock
from kernel.db import Model, db
from kernel.errors import NotFound, Refusal
from kernel.files import FileStore, FolderStore
from kernel.i18n import gettext as _

MANIFEST, LISTING, FILES = "manifest.json", "files.tsv", "files"
SQLITE, DUMP = "database.sqlite3", "database.dump"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        name: of its folder.
        made_at: the moment, as ISO 8601 in UTC.
        database: the name of the file that holds the database.
        sha256: of that file; size: of it, in bytes.
        rows: how many rows each table holds, by its name.
        files: how many files of the store are listed.
    """

    name: str
    made_at: str
    database: str
    sha256: str
    size: int
    rows: Mapping[str, int]
    files: int


def write(to: Path, place: FileStore, *, with_files: bool) -> Manifest:
    """Write a backup into a new folder below a place, and return what it holds.

    Args:
        to: the place; made where it is missing.
        place: the store of files.
        with_files: copy the files too, not only their list.

    Refuses when the database's own program fails, or a file is not what its name says.
    """
    now = clock.now()
    folder = to / f"helpdesk-{now:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, mode=0o700)
    engine = db.engine
    sqlite = engine.dialect.name == "sqlite"
    database = folder / (SQLITE if sqlite else DUMP)
    rows = _copy_sqlite(engine.url, database) if sqlite else _dump(engine.url, database)
    files = _list_files(folder / LISTING, place)
    if with_files:
        _copy_files(place, copies_at(to))
    manifest = Manifest(
        name=folder.name,
        made_at=now.isoformat(),
        database=database.name,
        sha256=digest(database),
        size=database.stat().st_size,
        rows=rows,
        files=files,
    )
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def remember(manifest: Manifest) -> Backup:
    """Leave a row that a backup was made."""
    made = Backup(
        name=manifest.name,
        made_at=clock.now(),
        size=manifest.size,
        rows=sum(manifest.rows.values()),
        files=manifest.files,
    )
    db.session.add(made)
    return made


def _copy_sqlite(url: URL, target: Path) -> dict[str, int]:
    """Copy the file page by page; SQLite starts anew where somebody wrote meanwhile."""
    with sqlite3.connect(str(url.database)) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
        said = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {name: _count(copy, name) for name in ours({row[0] for row in said})}
    target.chmod(0o600)
    return found


def _count(copy: sqlite3.Connection, table: str) -> int:
    return int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - ours


def ours(there: Collection[str]) -> list[str]:
    """Return which tables of a database are of the service.

    A backup is wanted most when the tables are not at the newest step, so it counts what is there.
    """
    return sorted(Model.metadata.tables.keys() & set(there))


def _dump(url: URL, target: Path) -> dict[str, int]:
    """Dump and count in the view of one moment, which both share."""
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        rows = counted(connection)
        run(
            "pg_dump",
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={target}",
            url=url,
        )
        connection.rollback()
    target.chmod(0o600)
    return rows


def counted(connection: Connection) -> dict[str, int]:
    """Return how many rows each table holds in the view of a connection."""
    known = Model.metadata.tables
    return {
        name: int(connection.scalar(select(func.count()).select_from(known[name])) or 0)
        for name in ours(inspect(connection).get_table_names())
    }


def run(program: str, *arguments: str, url: URL) -> None:
    """Run one of PostgreSQL's programs on a database; the password goes by the environment.

    Refuses when it is not installed or fails, with what it said.
    """
    plain = url.set(drivername="postgresql", password=None)
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    line = [
        shutil.which(program) or program,
        *arguments,
        f"--dbname={plain.render_as_string(hide_password=False)}",
    ]
    try:
        subprocess.run(line, check=True, capture_output=True, text=True, env=secret)  # noqa: S603
    except FileNotFoundError:
        raise Refusal(_("%(program)s is not installed.", program=program)) from None
    except subprocess.CalledProcessError as error:
        raise Refusal(f"{program}: {error.stderr.strip()[:500]}") from error


def _list_files(target: Path, place: FileStore) -> int:
    number = 0
    with target.open("w", encoding="ascii") as listing:
        for one in place.everything():
            listing.write(f"{one.key}\t{one.size}\n")
            number += 1
    return number


def copies_at(to: Path) -> FolderStore:
    """Return the store of files that all backups of a place share."""
    return FolderStore(to / FILES)


def _copy_files(place: FileStore, copies: FolderStore) -> None:
    """Copy what is not there yet, each file under its name only when it is whole."""
    copies.folder.mkdir(mode=0o700, exist_ok=True)
    for one in place.everything():
        _bring_down(copies.folder, one.key)
        if copies.has(one.key):
            if copies.look(one.key).size == one.size:
                continue
            copies.remove(one.key)
        try:
            data = place.read(one.key)
        except NotFound:  # tidied away meanwhile
            continue
        if hashlib.sha256(data).hexdigest() != one.key.partition(".")[0]:
            raise Refusal(_("The file %(key)s is damaged in the store.", key=one.key))
        copies.put(data, one.key.partition(".")[2])


def _bring_down(folder: Path, key: str) -> None:
    """Bring a copy of an earlier version one folder further down, where a store looks for it."""
    earlier = folder / key[:2] / key
    if earlier.is_file():
        there = folder / key[:2] / key[2:4] / key
        there.parent.mkdir(exist_ok=True)
        earlier.replace(there)


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while part := opened.read(CHUNK):
            found.update(part)
    return found.hexdigest()
