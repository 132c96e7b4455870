"""Starting and ending the servers that are measured; every process is one that we started."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gunicorn(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start gunicorn in a process group of its own."""
    command = [str(Path(sys.executable).parent / "gunicorn"), *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_until_up(port: int, path: str) -> None:
    """Wait until the server answers.

    Raises:
        TimeoutError: it did not within three minutes; a busy machine starts slowly.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError(f"no answer on port {port}")


@contextmanager
def served(
    arguments: list[str], environment: dict[str, str], port: int, path: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Serve while the block runs."""
    process = gunicorn(arguments, environment)
    try:
        wait_until_up(port, path)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process and its children, in megabytes."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "status").read_text()
        except OSError:
            continue
        fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if int(entry.name) == pid or int(fields.get("PPid", "0")) == pid:
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total / 1024
