"""The databases of a test run: a throw-away PostgreSQL cluster, and one database per test process.

The first process of a run starts the cluster and hands its address to the others. A guard process
holds the other end of a pipe: when the run ends, however it ends, the pipe closes, and the guard
stops the server and removes its folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from tests.programs import ADDRESS_VARIABLES, OLDEST_VERSION, postgres_programs

START_SECONDS = 60
# A path to a socket may hold 107 characters; longer temporary folders are not used.
LONGEST_FOLDER = 60

# The server is the guard's child. `read` returns when the run's end of the pipe is closed.
GUARD = """
"$@" >"$FOLDER/server.log" 2>&1 &
server=$!
read -r _ || true
kill -QUIT "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$FOLDER"
"""


class PostgresUnavailable(RuntimeError):
    """There is no usable PostgreSQL server; the message says what to do."""


def ordinary_user() -> pwd.struct_passwd:
    """Return whom the server runs as when we are root, whom it refuses to serve."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresUnavailable("There is neither a user postgres nor a user nobody to run it as.")


def run_as(user: pwd.struct_passwd | None) -> list[str]:
    """Return the words before a command that make it run as this user."""
    if user is None:
        return []
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@dataclass
class Cluster:
    """A PostgreSQL server that lives as long as this object's pipe is open."""

    url: str
    guard: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the server and wait until its folder is gone."""
        if self.guard.stdin is not None:
            self.guard.stdin.close()
        self.guard.wait(timeout=START_SECONDS)


def start_cluster() -> Cluster:
    """Start a throw-away server that listens on a socket in its own folder only.

    :raise PostgresUnavailable: when no programs are installed or the server does not come up.
    """
    programs = postgres_programs()
    if programs is None:
        raise PostgresUnavailable(
            f"PostgreSQL {OLDEST_VERSION} or newer is needed: apt-get install -y postgresql, "
            f"or name a server in {ADDRESS_VARIABLES[0]}."
        )
    parent = tempfile.gettempdir()
    if len(parent) > LONGEST_FOLDER:
        parent = "/tmp"  # noqa: S108 - mkdtemp makes a folder of its own in it
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-pg-", dir=parent))
    user = None
    if os.geteuid() == 0:
        user = ordinary_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    words = ["-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres", "--no-sync"]
    made = subprocess.run(
        [*run_as(user), str(programs / "initdb"), "-D", str(data), *words],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    if made.returncode != 0:
        shutil.rmtree(folder)
        raise PostgresUnavailable(made.stderr)
    return _serve(folder, [*run_as(user), str(programs / "postgres"), "-D", str(data)])


def _serve(folder: Path, server: list[str]) -> Cluster:
    quick = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "max_connections": "200",
    }
    options = [part for name, value in quick.items() for part in ("-c", f"{name}={value}")]
    guard = subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "guard", *server, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "FOLDER": str(folder), "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
    cluster = Cluster(url, guard)
    try:
        _wait_for(url, folder)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _wait_for(url: str, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with _connect(make_url(url)) as connection:
                _check_abilities(connection)
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log = (folder / "server.log").read_text(encoding="utf-8")
                raise PostgresUnavailable(log) from error
            time.sleep(0.05)


def _check_abilities(connection: psycopg.Connection) -> None:
    """Refuse a server that stands for production badly: trigrams and Thai order are needed."""
    trigrams = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"
    thai = "SELECT count(*) FROM pg_collation WHERE collname = 'th-x-icu'"
    for question, missing in ((trigrams, "the extension pg_trgm"), (thai, "collation th-x-icu")):
        row = connection.execute(question.encode()).fetchone()
        if row is None or not row[0]:
            raise PostgresUnavailable(f"The PostgreSQL server lacks {missing}.")


def _connect(url: URL) -> psycopg.Connection:
    parts = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(parts, autocommit=True)


def create_database(server: str) -> str:
    """Create an empty UTF-8 database on the server and return its address."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"helpdesk_test_{uuid.uuid4().hex[:12]}"
    with _connect(url) as connection:
        _check_abilities(connection)
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' "
            "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'".encode()
        )
    return url.set(database=name).render_as_string(hide_password=False)


def drop_database(address: str) -> None:
    """Drop a database that `create_database` made, whoever is still connected to it."""
    url = make_url(address)
    with _connect(url.set(database="postgres")) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)".encode())
