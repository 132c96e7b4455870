"""What a request brought: every file is opened before anything is kept.

One file that cannot be taken stops them all, with a sentence for each that is wrong, so that
nobody has to find out which of twenty photos arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app

from assets.attachments.rules import Kept
from kernel.documents import JPEG, Document, clean_name, read_document
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.images import Photo, clean_photo

MOST_AT_ONCE = 20
Opened = TypeVar("Opened")


def sent_photos(field: str) -> list[Kept]:
    """Return the photos that a request brought, cleaned and kept.

    Raises:
        Refusal: none came, too many, or one is no photo; names each that is wrong.
    """
    most = current_app.extensions["settings"].photo_megabytes
    opened = _opened(field, lambda stream, name: clean_photo(stream, name, megabytes=most))
    return [_kept_photo(photo, name) for photo, name in opened]


def sent_documents(field: str) -> list[Kept]:
    """Return the documents that a request brought, checked and kept; refuses as photos do."""
    most = current_app.extensions["settings"].document_megabytes
    opened = _opened(field, lambda stream, name: read_document(stream, name, megabytes=most))
    return [_kept_document(document, name) for document, name in opened]


def _opened(field: str, read: Callable[[Any, str], Opened]) -> list[tuple[Opened, str]]:
    files = sent_files(field)
    if not files:
        raise Refusal(_("Please choose a file first."), field=field)
    if len(files) > MOST_AT_ONCE:
        raise Refusal(_("Up to %(most)s files at once.", most=MOST_AT_ONCE), field=field)
    opened: list[tuple[Opened, str]] = []
    wrong: list[Refusal] = []
    for file in files:
        name = (file.filename or "")[:200]
        try:
            opened.append((read(file.stream, name), name))
        except Refusal as refusal:
            wrong.append(refusal)
        finally:
            file.close()
    if wrong:
        said = " ".join(refusal.message for refusal in wrong)
        if opened:
            nothing = _("None of the files was kept; please choose them again.")
            said = f"{said} {nothing}"
        kind = type(wrong[0]) if len(wrong) == 1 else Refusal
        raise kind(said, field=field)
    return opened


def _kept_photo(photo: Photo, name: str) -> Kept:
    files = store()
    return Kept(
        files.put(photo.jpeg, "jpg"),
        files.put(photo.thumbnail, "jpg"),
        JPEG,
        clean_name(name, JPEG),
        len(photo.jpeg),
    )


def _kept_document(document: Document, name: str) -> Kept:
    files = store()
    return Kept(
        files.put(document.data, document.ending),
        files.put(document.thumbnail, "jpg") if document.thumbnail else "",
        document.media,
        clean_name(name, document.media),
        len(document.data),
        document.pages,
    )
