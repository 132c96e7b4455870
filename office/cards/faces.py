"""A school's list and ZIP as they were sent: the rows, the photos, and reading a few photos.

The ZIP lies among the kept files; it is copied to a file of this machine while it is read, so that
no more than one photo is ever held in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from flask import current_app
from PIL import Image, UnidentifiedImageError

from kernel import archives
from kernel.archives import BadArchive, Wrong
from kernel.db import db
from kernel.errors import Refusal
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from office.cards import queries
from office.cards.models import CardBatch
from office.cards.portrait import portrait, too_small
from office.cards.rules.bulk import Face, Line, Picture
from office.cards.states import RowOutcome
from office.places import sheet

MOST_MEGABYTES = 100
HEADS: dict[str, tuple[Any, ...]] = {
    "name_th": (
        _p("column head", "Name"),
        _p("column head", "Full name"),
        _p("column head", "Name and surname"),
        _l("Name in Thai"),
    ),
    "name_en": (_l("Name in English"),),
    "position": (_l("Position"),),
    "code": (_p("column head", "Code"), _l("User name"), _l("Number on the card")),
    "photo": (_p("column head", "Photo"), _p("column head", "Photo file")),
}
SENTENCES = {
    "empty": _l("The ZIP file is empty."),
    "too_large": _l("The ZIP file is too large. Please split it."),
    "too_many": _l("There are too many files in the ZIP. Please split it."),
    "broken": _l("The ZIP file is damaged or was cut short. Please make it again."),
    "no_zip": _l("This is not a ZIP file."),
}


def read_list(data: bytes) -> list[Line]:
    """Return the rows of a list; refuses what is none (see ``office.places.sheet``)."""
    try:
        found = sheet.read(data, HEADS, ("name_th",))
    except Refusal as refusal:
        raise Refusal(refusal.message, field="list") from None
    return [Line(line.number, line.cells) for line in found]


@contextmanager
def _opened(key: str) -> Iterator[ZipFile]:
    with tempfile.TemporaryDirectory(prefix="cards-") as folder:
        path = Path(folder) / "photos.zip"
        with path.open("wb") as file:
            for part in store().part(key, 0, store().look(key).size):
                file.write(part)
        try:
            with archives.opened(path) as archive:
                yield archive
        except BadArchive as bad:
            said = SENTENCES.get(bad.code, SENTENCES["broken"])
            raise Refusal(str(said), field="photos") from bad


def pictures_of(key: str) -> list[Picture]:
    """Return the photos of a ZIP with what can be told without decoding them.

    Raises:
        Refusal: it is no ZIP, damaged, or too large.
    """
    most = _megabytes() * 1024 * 1024
    with _opened(key) as archive:
        return [
            Picture(one.position, one.path, _judged(archive, one.position, one.wrong))
            for one in archives.members(archive, most_bytes=most)
            if one.wrong != Wrong.FURNITURE
        ]


def _megabytes() -> int:
    most: int = current_app.extensions["settings"].photo_megabytes
    return most


def _judged(archive: ZipFile, position: int, wrong: Wrong | None) -> RowOutcome | None:
    if wrong is not None:
        return RowOutcome.PHOTO_BAD
    try:
        with archives.read_member(archive, position) as file, Image.open(file) as picture:
            return RowOutcome.PHOTO_SMALL if too_small(*picture.size) else None
    except (UnidentifiedImageError, ValueError, SyntaxError, *archives.READ_ERRORS):
        return RowOutcome.PHOTO_BAD


def next_faces(batch: CardBatch, most: int) -> Sequence[Face]:
    """Read, cut and keep the photos of the next rows of a batch; call it before the unit of work.

    Args:
        batch: which one.
        most: rows.
    """
    key = batch.zip_key
    wanted = [(row.id, row.photo_at, row.photo_path) for row in queries.rows_to_do(batch.id, most)]
    db.session.rollback()  # the decoding takes a while and needs nothing of the database
    if not wanted:
        return []
    with _opened(key) as archive:
        return [_face(archive, *one) for one in wanted]


def _face(archive: ZipFile, row_id: int, position: int | None, path: str) -> Face:
    if position is None:
        return Face(row_id, wrong=RowOutcome.NO_PHOTO)
    try:
        with archives.read_member(archive, position) as stream:
            read = portrait(stream, path.rsplit("/", 1)[-1], megabytes=_megabytes())
    except Refusal as refusal:
        small = refusal.field == "photo"
        wrong = RowOutcome.PHOTO_SMALL if small else RowOutcome.PHOTO_BAD
        return Face(row_id, wrong=wrong, said=refusal.message)
    except archives.READ_ERRORS:
        return Face(row_id, wrong=RowOutcome.PHOTO_BAD, said=_("The photo is damaged."))
    return Face(row_id, store().put(read.jpeg, "jpg"), store().put(read.thumbnail, "jpg"))
