"""Where a host keeps the lines of its requests until a job takes them in.

A line is in the file before the answer is sent, and outlives the process that wrote it (kill -9).
Writers and the taker agree by a lock on the file; a line costs some millionths of a second. Every
line begins with a line feed, so that one torn by a power cut never spoils the next.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
WAITING = "waiting.jsonl"
TAKEN = "taken-*.jsonl"


class Spool:
    """The lines of one host, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def write(self, line: dict[str, Any]) -> None:
        """Keep a line; it lies in the file when this returns."""
        data = ("\n" + json.dumps(line, ensure_ascii=False, separators=(",", ":"))).encode()
        path = self.folder / WAITING
        while True:
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                if os.fstat(file).st_nlink and _is(file, path):
                    os.write(file, data)
                    return
            finally:
                os.close(file)

    def take(self) -> list[Path]:
        """Set the present lines apart; return all files set apart, the oldest first."""
        path = self.folder / WAITING
        try:
            file = os.open(path, os.O_WRONLY)
        except FileNotFoundError:
            return sorted(self.folder.glob(TAKEN), key=lambda one: one.stat().st_mtime_ns)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is(file, path):
                path.rename(self.folder / TAKEN.replace("*", secrets.token_hex(8)))
        finally:
            os.close(file)
        return sorted(self.folder.glob(TAKEN), key=lambda one: one.stat().st_mtime_ns)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Tell whether this process is the only one of the host that takes lines in now."""
        file = os.open(self.folder / "taker.lock", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(file)


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file that was set apart; a torn one is told in the log of the host."""
    found = []
    for raw in path.read_bytes().split(b"\n"):
        if not raw:
            continue
        try:
            found.append(json.loads(raw))
        except ValueError:
            log.error("access log: a line of %s is torn: %r", path.name, raw[:80])
    return found


def _is(file: int, path: Path) -> bool:
    """Tell whether an open file still has its name; the taker may have renamed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
