"""A PostgreSQL server of the bench's own: its data stay from run to run, and it may be killed.

It runs as an office would run it: what it has acknowledged is on the disk.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.databases import ordinary_user, run_as
from tests.programs import postgres_programs

START_SECONDS = 120
ORDINARY_TEMPORARY = "/tmp"  # noqa: S108 - mkdtemp makes a folder of its own in it
# However we end, the server is stopped in order.
WITH_US = ["setpriv", "--pdeathsig", "INT"]
# What root made is for root alone; the server has to come through it to what is its own.
THROUGH = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


class Server:
    """One server over one folder of data; its socket lies in a temporary folder."""

    def __init__(self, data: Path) -> None:
        programs = postgres_programs()
        if programs is None:
            raise RuntimeError("PostgreSQL 15 or newer is needed: apt-get install -y postgresql")
        self._data, self._programs = data, programs
        self._user = ordinary_user() if os.geteuid() == 0 else None
        # A path to a socket may hold 107 characters.
        self._socket = Path(tempfile.mkdtemp(prefix="bench-", dir=ORDINARY_TEMPORARY))
        self._give(self._socket)
        self._process: subprocess.Popen[bytes] | None = None
        if not (data / "PG_VERSION").exists():
            self._make()

    def address(self, database: str) -> str:
        """Return the address of a database as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._socket}"

    def start(self) -> None:
        """Start the server and wait until it answers, as long as it needs to recover."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            process = self._begin()
            while process.poll() is None and time.monotonic() < end:
                try:
                    psycopg.connect(self._plain("postgres")).close()
                except psycopg.OperationalError:
                    time.sleep(0.05)
                else:
                    return
            # Servers of a killed parent need a moment to go; until then a new one refuses.
            time.sleep(0.2)
        raise TimeoutError(self._log.read_text(encoding="utf-8")[-2000:])

    def kill(self) -> None:
        """Kill the server and all of its processes with -9, as a failure of the machine would."""
        if self._process is None:
            return
        for pid in (self._process.pid, *_children(self._process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(START_SECONDS)

    def stop(self) -> None:
        """Stop the server in order, if it runs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(START_SECONDS)

    def close(self) -> None:
        """Stop the server; its data stay."""
        self.stop()
        shutil.rmtree(self._socket)

    def cpu(self) -> float:
        """Return the seconds of CPU of the server so far, with all of its processes."""
        if self._process is None:
            return 0.0
        pids = (self._process.pid, *_children(self._process.pid))
        ticks = sum(sum(map(int, _stat(pid)[11:13])) for pid in pids)
        ticks += sum(map(int, _stat(self._process.pid)[13:15]))  # of those that have ended
        return ticks / os.sysconf("SC_CLK_TCK")

    def command(self, *statements: str) -> None:
        """Run statements that know no transaction."""
        with psycopg.connect(self._plain("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def databases(self) -> set[str]:
        """Return the names of all databases."""
        with psycopg.connect(self._plain("postgres"), autocommit=True) as connection:
            return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}

    @property
    def _log(self) -> Path:
        return self._data.with_suffix(".log")

    def _plain(self, database: str) -> str:
        return self.address(database).replace("+psycopg", "")

    def _begin(self) -> subprocess.Popen[bytes]:
        own = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket),
            "max_wal_size": "4GB",
        }
        options = [part for name, value in own.items() for part in ("-c", f"{name}={value}")]
        server = [*self._ordinary(), *WITH_US, str(self._programs / "postgres")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*server, "-D", str(self._data), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._socket,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )
        return self._process

    def _make(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        self._give(self._data)
        words = ["-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres"]
        subprocess.run(
            [*self._ordinary(), str(self._programs / "initdb"), "-D", str(self._data), *words],
            stdout=subprocess.DEVNULL,
            cwd=self._socket,
            check=True,
        )

    def _ordinary(self) -> list[str]:
        """Return the words before a command that root must not run itself."""
        return [*run_as(self._user), *THROUGH] if self._user is not None else []

    def _give(self, folder: Path) -> None:
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)


def _stat(pid: int) -> list[str]:
    """Return what the system says of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = _stat(int(entry.name))
        except (OSError, ValueError):
            continue
        if fields[1] == str(parent):
            found.append(int(entry.name))
    return found


@contextmanager
def running(data: Path) -> Iterator[Server]:
    """Run a server while the block runs."""
    server = Server(data)
    try:
        server.start()
        yield server
    finally:
        server.close()
