"""Photos and documents as they come in: checked, cleaned, kept in the store before the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kernel.documents import JPEG, clean_name, read_document
from kernel.files import store
from kernel.images import clean_photo

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic")


@dataclass(frozen=True)
class Kept:
    """A file that lies in the store already."""

    key: str
    name: str
    media: str
    thumbnail_key: str = ""


def keep(file: Any, *, photo_megabytes: int, document_megabytes: int) -> Kept:  # noqa: ANN401 - a sent file
    """Check one sent file and keep it: a photo without its hidden data, with a thumbnail.

    Refuses what is no photo and no document, and what is too large.
    """
    name = (file.filename or "")[:200]
    if name.lower().endswith(PICTURES):
        photo = clean_photo(file.stream, name, megabytes=photo_megabytes)
        return Kept(
            store().put(photo.jpeg, "jpg"),
            clean_name(name, JPEG),
            JPEG,
            store().put(photo.thumbnail, "jpg"),
        )
    document = read_document(file.stream, name, megabytes=document_megabytes)
    key = store().put(document.data, document.ending)
    return Kept(key, clean_name(name, document.media), document.media)
