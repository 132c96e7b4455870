"""Where files lie: a store addressed by content.

A file is complete and on the disk before its key is known, so a row never points at half a file.
The same bytes have the same key and are kept once.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Protocol

from flask import current_app

from kernel.errors import Busy, NotFound
from kernel.i18n import gettext as _

KEY = re.compile(r"^[0-9a-f]{64}\.[a-z0-9]{2,5}$")


class FileStore(Protocol):
    """What the service asks of a place for files."""

    def put(self, data: bytes, ending: str) -> str:
        """Keep the bytes and return their key."""

    def read(self, key: str) -> bytes:
        """Return the bytes of a key."""

    def has(self, key: str) -> bool:
        """Tell whether the file of a key is there."""

    def check(self) -> None:
        """Raise ``OSError`` where nothing can be written."""


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
        key = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        path = self._path(key)
        if path.exists():
            return key
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
        return key

    def read(self, key: str) -> bytes:
        """Return the bytes.

        Raises:
            NotFound: there is no such file.
        """
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound(_("This file is not there any more.")) from None

    def has(self, key: str) -> bool:
        """Tell whether the file is there."""
        return bool(KEY.match(key)) and self._path(key).is_file()

    def check(self) -> None:
        """Write and remove a small file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        probe = self.folder / f".probe-{secrets.token_hex(6)}"
        probe.write_bytes(b"probe")
        probe.unlink()

    def _path(self, key: str) -> Path:
        if not KEY.match(key):
            raise NotFound(_("This file is not there any more."))
        return self.folder / key[:2] / key[2:4] / key


def store() -> FileStore:
    """Return the store of the running application."""
    place: FileStore = current_app.extensions["file_store"]
    return place
