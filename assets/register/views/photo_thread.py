"""The thread behind the pages of photos: reads a ZIP, and puts its photos on the cards.

Photos are decoded one after another before each unit of work, so that the memory holds one picture
at a time and nobody waits for it.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from flask import current_app
from sqlalchemy import select

from assets.register.import_models import PhotoBatch, PhotoEntry
from assets.register.rules import photo_batches
from assets.register.rules.photo_batches import Pictured
from assets.register.states import PhotoOutcome
from assets.register.views import threads
from kernel import archives
from kernel.access import Viewer
from kernel.archives import BadArchive, Member
from kernel.db import db
from kernel.errors import Busy, Refusal, Stale, TooLarge
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.work import work
from office.places.access import viewer_of

log = logging.getLogger(__name__)
BEAT_SECONDS = 2.0
PIECE = 1024 * 1024
FOLDER = "incoming"


def lay_down(stream: BinaryIO) -> str:
    """Keep a sent ZIP beside the data until its photos are on the cards; return its name there.

    Raises:
        Busy: the disk did not take it.
        TooLarge: it weighs more than a ZIP may.
    """
    key = f"{secrets.token_hex(16)}.zip"
    path = _place(key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            shutil.copyfileobj(stream, file, PIECE)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Busy(
            _("The file could not be stored, the disk may be full. Nothing was saved.")
        ) from error
    if path.stat().st_size > archives.MOST_BYTES:
        path.unlink()
        raise TooLarge(_("The file is larger than 2 GB. Please send the photos in parts."))
    return key


def _place(key: str) -> Path:
    folder: Path = current_app.extensions["settings"].var_dir
    return folder / FOLDER / key


def read(batch_id: int) -> None:
    """Look into the ZIP of a batch in the background."""
    _start(batch_id, _read)


def write(batch_id: int) -> None:
    """Put the photos of a decided batch on their cards in the background."""
    _start(batch_id, _write)


def wait(batch_id: int, seconds: float = threads.SOON_SECONDS) -> None:
    """Wait a moment for the thread of a batch."""
    threads.wait(_name(batch_id), seconds)


def _name(batch_id: int) -> str:
    return f"photo-batch-{batch_id}"


def _start(batch_id: int, act: Callable[[int], None]) -> None:
    threads.start(_name(batch_id), lambda: _guarded(batch_id, act))


def _guarded(batch_id: int, act: Callable[[int], None]) -> None:
    try:
        act(batch_id)
    except Stale:
        log.info("photo batch %s: another thread has gone on with it", batch_id)
    except BadArchive as error:
        _fail(batch_id, error.code)
    except Exception:
        log.exception("photo batch %s stopped", batch_id)
        _fail(batch_id, "bug")


def _fail(batch_id: int, code: str) -> None:
    with work():
        photo_batches.fail(db.session.get_one(PhotoBatch, batch_id), code)


def _zip_of(batch: PhotoBatch) -> Path:
    path = _place(batch.file_key)
    if not path.is_file():
        raise BadArchive("gone")
    return path


def _read(batch_id: int) -> None:
    batch = db.session.get_one(PhotoBatch, batch_id)
    known = photo_batches.album(batch.unit)
    with archives.opened(_zip_of(batch)) as archive:
        total = len(archive.infolist())
        db.session.rollback()  # nobody is kept waiting while the ZIP is read
        members = archives.members(archive, most_bytes=_most_bytes())
        rows = photo_batches.sort_out(_with_heart(batch_id, members, total), known)
    with work():
        photo_batches.note_reading(db.session.get_one(PhotoBatch, batch_id), rows)


def _with_heart(batch_id: int, members: Iterator[Member], total: int) -> Iterator[Member]:
    last = time.monotonic()
    for done, member in enumerate(members, start=1):
        yield member
        if time.monotonic() - last >= BEAT_SECONDS:
            last = time.monotonic()
            with work():
                photo_batches.beat(batch_id, done, total)


def _most_bytes() -> int:
    most: int = current_app.extensions["settings"].photo_megabytes
    return most * PIECE


def _write(batch_id: int) -> None:
    batch = db.session.get_one(PhotoBatch, batch_id)
    by = (viewer_of(batch.by_id) if batch.by_id else None) or Viewer(name="photos")
    path = _zip_of(batch)
    wanted = photo_batches.wanted_ids(batch_id, replace=batch.replace)
    with archives.opened(path) as archive:
        for start in range(0, len(wanted), photo_batches.STEP):
            pictures = _pictured(archive, wanted[start : start + photo_batches.STEP])
            with work():
                photo_batches.put_on_cards(batch_id, pictures, by=by)
    with work():
        photo_batches.end(batch_id, by=by)
    path.unlink(missing_ok=True)


def _pictured(archive: ZipFile, ids: Sequence[int]) -> list[Pictured]:
    entries = db.session.execute(
        select(PhotoEntry.id, PhotoEntry.position, PhotoEntry.path)
        .where(PhotoEntry.id.in_(ids))
        .order_by(PhotoEntry.id)
    ).all()
    db.session.rollback()  # the decoding takes a while and needs nothing of the database
    return [_picture(archive, *entry) for entry in entries]


def _picture(archive: ZipFile, entry_id: int, position: int, path: str) -> Pictured:
    most = current_app.extensions["settings"].photo_megabytes
    try:
        with archives.read_member(archive, position) as stream:
            photo = clean_photo(stream, path, megabytes=most)
    except TooLarge:
        return Pictured(entry_id, wrong=PhotoOutcome.TOO_BIG)
    except Refusal:
        return Pictured(entry_id, wrong=PhotoOutcome.NOT_IMAGE)
    except archives.READ_ERRORS:
        return Pictured(entry_id, wrong=PhotoOutcome.BROKEN)
    files = store()
    return Pictured(entry_id, files.put(photo.jpeg, "jpg"), files.put(photo.thumbnail, "jpg"))
