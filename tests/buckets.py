"""An S3-compatible server of this machine, spoken to over HTTP, for tests of the store of files."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from minio import Minio

KEY, SECRET = "a test", "a secret of the tests"
REGION = "ap-southeast-1"
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    @property
    def endpoint(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    def make_bucket(self, name: str) -> str:
        """Make an empty bucket; return the address of a store inside it."""
        known = Minio(self.endpoint, access_key=KEY, secret_key=SECRET, secure=False, region=REGION)
        known.make_bucket(name)
        return f"s3://{name}/inside?endpoint=http://{self.endpoint}&region={REGION}"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """Run a server in a process of its own until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the S3-compatible server did not start")
