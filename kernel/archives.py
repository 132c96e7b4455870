"""A ZIP file of photos, looked into member by member; nothing of it is ever unpacked to the disk.

Members are listed by the ZIP's own directory, whose size is checked before it is read. A photo is
read only as far as a photo may weigh, whatever the ZIP says about its size.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO

MOST_BYTES = 2 * 1024**3
MOST_FILES = 20_000
# The directory of 20,000 files with long Thai names stays far below this.
MOST_DIRECTORY = 16 * 1024**2
LONGEST_PATH = 300
HEAD = 32
_END = b"PK\x05\x06"
_END_SIZE = 22
# What stands before the end of a ZIP that is too large for ours, and overrules what the end says.
_LARGE, _LARGE_SIZE = b"PK\x06\x07", 20
_COMMENT = 65_535
_UTF8_FLAG, _LOCKED_FLAG = 0x800, 0x1
_FURNITURE_FOLDERS = frozenset({"__macosx", ".git", "@eadir"})
_FURNITURE_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "picasa.ini"})
READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class BadArchive(Exception):
    """The file as a whole cannot be taken; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Wrong(StrEnum):
    """Why a file of a ZIP is no photo that can be taken."""

    NOT_IMAGE = "not_image"
    TOO_BIG = "too_big"
    EMPTY = "empty"
    UNSAFE = "unsafe"
    LOCKED = "locked"
    BROKEN = "broken"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the ZIP: its place, its path as people wrote it, and what is wrong with it."""

    position: int
    path: str
    wrong: Wrong | None = None


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file after its directory was seen to be of a bearable size.

    Raises:
        BadArchive: too large, too many files, damaged, or no ZIP at all.
    """
    size = path.stat().st_size
    if size == 0:
        raise BadArchive("empty")
    if size > MOST_BYTES:
        raise BadArchive("too_large")
    _check_directory(path, size)
    try:
        archive = zipfile.ZipFile(path)
    except (*READ_ERRORS, ValueError) as broken:
        raise BadArchive("broken") from broken
    with archive:
        if sum(1 for entry in archive.infolist() if not entry.is_dir()) > MOST_FILES:
            raise BadArchive("too_many")
        yield archive


def _check_directory(path: Path, size: int) -> None:
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            raise BadArchive("no_zip")
        file.seek(max(0, size - _END_SIZE - _COMMENT - _LARGE_SIZE))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise BadArchive("broken")
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    is_large = tail[max(0, at - _LARGE_SIZE) : at].startswith(_LARGE)
    if length > MOST_DIRECTORY or count == 0xFFFF or is_large:
        raise BadArchive("too_many")


def members(archive: zipfile.ZipFile, *, most_bytes: int) -> Iterator[Member]:
    """Yield every file of a ZIP that is no folder, with what can be told before it is decoded.

    Args:
        archive: the open ZIP.
        most_bytes: the most that one photo may weigh.
    """
    for position, entry in enumerate(archive.infolist()):
        if not entry.is_dir():
            path = written_name(entry)
            yield Member(position, path[-LONGEST_PATH:], _wrong(archive, entry, path, most_bytes))


def written_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's path as its writer meant it: UTF-8, or Thai Windows without saying so."""
    name = entry.orig_filename or entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "cp874") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").replace("\0", "�")


def _wrong(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, most_bytes: int
) -> Wrong | None:
    parts = [part.lower() for part in PurePosixPath(path).parts]
    if _FURNITURE_FOLDERS & set(parts) or (parts[-1:] and _is_furniture(parts[-1])):
        return Wrong.FURNITURE
    if ".." in parts or path.startswith("/") or ":" in (parts[0] if parts else ""):
        return Wrong.UNSAFE
    if entry.flag_bits & _LOCKED_FLAG:
        return Wrong.LOCKED
    if entry.file_size == 0:
        return Wrong.EMPTY
    if entry.file_size > most_bytes:
        return Wrong.TOO_BIG
    try:
        with archive.open(entry) as file:
            head = file.read(HEAD)
    except READ_ERRORS:
        return Wrong.BROKEN
    return None if is_picture(head) else Wrong.NOT_IMAGE


def _is_furniture(name: str) -> bool:
    return name in _FURNITURE_FILES or name.startswith("._")


def is_picture(head: bytes) -> bool:
    """Tell by its first bytes whether a file claims to be a JPEG, PNG, WebP or HEIC picture."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    return head[4:8] == b"ftyp" and head[8:12] in (
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
    )  # fmt: skip


@contextmanager
def read_member(archive: zipfile.ZipFile, position: int) -> Iterator[BinaryIO]:
    """Open one member by its place in the ZIP; two members may have one name."""
    with archive.open(archive.infolist()[position]) as file:
        yield file  # type: ignore[misc]
