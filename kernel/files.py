"""Where files lie: a store addressed by content, here a folder; ``kernel.bucket`` is the other.

A file is complete and lies safely before its key is known, so a row never points at half a file.
The same bytes have the same key and are kept once. Keeping bytes that lie there already makes them
young again, so that what is being attached right now is never tidied away as forgotten.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import current_app

from kernel.errors import Busy, NotFound
from kernel.i18n import gettext as _

KEY = re.compile(r"^[0-9a-f]{64}\.[a-z0-9]{2,5}$")


CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Lying:
    """A file as it lies in a store: its key, its bytes, and when it was last kept (UTC)."""

    key: str
    size: int
    since: datetime


class FileStore(Protocol):
    """What the service asks of a place for files."""

    def put(self, data: bytes, ending: str) -> str:
        """Keep the bytes and return their key."""

    def read(self, key: str) -> bytes:
        """Return the bytes of a key."""

    def part(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """Open a file and return an iterator over ``length`` of its bytes from ``start``."""

    def look(self, key: str) -> Lying:
        """Tell the size of a file and since when it lies there."""

    def has(self, key: str) -> bool:
        """Tell whether the file of a key is there."""

    def remove(self, key: str) -> None:
        """Take a file away; one that is not there is no trouble."""

    def everything(self) -> Iterator[Lying]:
        """Yield every file, in no order."""

    def check(self) -> None:
        """Raise ``OSError`` where nothing can be written."""


def key_of(data: bytes, ending: str) -> str:
    """Return the key of some bytes: their SHA-256 and the ending."""
    return f"{hashlib.sha256(data).hexdigest()}.{ending}"


def checked(key: str) -> str:
    """Return the key.

    Raises:
        NotFound: it is no key, so that it can never lead out of the store.
    """
    if not KEY.match(key):
        raise NotFound(_("This file is not there any more."))
    return key


class FolderStore:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, ending: str) -> str:
        """Keep the bytes.

        Args:
            data: the whole content.
            ending: the kind as a file ending without a dot, decided by content, not by the sender.

        Returns:
            the key: the content's SHA-256 and the ending.

        Raises:
            Busy: the disk did not take it.
        """
        key = key_of(data, ending)
        path = self._path(key)
        try:
            os.utime(path)
        except OSError:
            self._write(path, data)
        return key

    def _write(self, path: Path, data: bytes) -> None:
        draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise Busy(
                _("The file could not be stored, the disk may be full. Nothing was saved.")
            ) from error

    def read(self, key: str) -> bytes:
        """Return the bytes.

        Raises:
            NotFound: there is no such file.
        """
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound(_("This file is not there any more.")) from None

    def part(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """Open the file now, and return its bytes as they are asked for.

        Raises:
            NotFound: there is no such file.
        """
        try:
            file = self._path(key).open("rb")
        except FileNotFoundError:
            raise NotFound(_("This file is not there any more.")) from None
        return _portions(file, start, length)

    def look(self, key: str) -> Lying:
        """Tell the size of the file and since when it lies there.

        Raises:
            NotFound: there is no such file.
        """
        try:
            return _lying(self._path(key))
        except FileNotFoundError:
            raise NotFound(_("This file is not there any more.")) from None

    def has(self, key: str) -> bool:
        """Tell whether the file is there."""
        return bool(KEY.match(key)) and self._path(key).is_file()

    def remove(self, key: str) -> None:
        """Take the file away."""
        self._path(key).unlink(missing_ok=True)

    def everything(self) -> Iterator[Lying]:
        """Yield every file; drafts and whatever else lies in the folder are none."""
        for path in self.folder.glob("??/??/*"):
            if KEY.match(path.name):
                try:
                    yield _lying(path)
                except FileNotFoundError:
                    continue

    def check(self) -> None:
        """Write and remove a small file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        probe = self.folder / f".probe-{secrets.token_hex(6)}"
        probe.write_bytes(b"probe")
        probe.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:4] / checked(key)


def _lying(path: Path) -> Lying:
    said = path.stat()
    return Lying(path.name, said.st_size, datetime.fromtimestamp(said.st_mtime, UTC))


def _portions(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0:
            portion = file.read(min(CHUNK, length))
            if not portion:
                return
            length -= len(portion)
            yield portion


def store() -> FileStore:
    """Return the store of the running application."""
    place: FileStore = current_app.extensions["file_store"]
    return place
