"""Takes documents that came with a form: looked into, kept in the store, described by a row."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import current_app
from werkzeug.datastructures import FileStorage

from kernel.documents import clean_name, read_document
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _

LONGEST_NAME = 200


def take_document(file: FileStorage) -> dict[str, Any]:
    """Keep a sent document; return its ``key``, ``media``, ``name`` and ``size`` (bytes).

    Refuses what ``kernel.documents`` refuses, and what is larger than the settings allow.
    """
    name = file.filename or ""
    most = current_app.extensions["settings"].document_megabytes
    stream = cast("BinaryIO", file.stream)
    document = read_document(stream, name[:LONGEST_NAME], megabytes=most)
    return {
        "key": store().put(document.data, document.ending),
        "media": document.media,
        "name": clean_name(name, document.media),
        "size": len(document.data),
    }


def take_one_document(field: str) -> dict[str, Any]:
    """Keep the document that came in a field of the form; refuses a form without one."""
    sent = sent_files(field)
    if not sent:
        raise Refusal(_("Please choose a file."), field=field)
    return take_document(sent[0])
