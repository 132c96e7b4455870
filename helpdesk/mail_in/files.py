"""What a mail brought along, judged by its content and laid into the file store."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from helpdesk.mail_in.reading import WINMAIL, File
from helpdesk.tickets.rules.intake import KeptPhoto
from kernel.documents import JPEG, clean_name, read_document
from kernel.errors import Refusal
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.i18n import speaking

MOST_FILES, MOST_PHOTOS = 20, 6
BINARY = "application/octet-stream"
LONGEST_NAME = 120


@dataclass(frozen=True)
class KeptFile:
    """A document in the file store; without a key it was not taken, and the remark says why."""

    name: str
    media: str
    size: int
    key: str
    remark: str = ""


@dataclass(frozen=True)
class Brought:
    """What became of everything that a mail brought along."""

    photos: Sequence[KeptPhoto]
    files: Sequence[KeptFile]


def take(files: Sequence[File], *, megabytes: int) -> Brought:
    """Judge and keep what a mail brought; call it outside any unit of work.

    Photos are drawn anew, documents are opened; what of Outlook's winmail.dat stayed closed is kept
    as it is. What is of no kind that is taken stays in the raw mail alone, and a remark says so.

    Args:
        megabytes: the most that one document may weigh.
    """
    photos: list[KeptPhoto] = []
    kept: list[KeptFile] = []
    for file in files[:MOST_FILES]:
        if file.closed:
            kept.append(_winmail(file))
            continue
        try:
            found = read_document(io.BytesIO(file.data), file.name, megabytes=megabytes)
        except Refusal as refusal:
            kept.append(KeptFile(_name(file), "", len(file.data), "", refusal.message[:300]))
            continue
        key = store().put(found.data, found.ending)
        if found.media == JPEG and found.thumbnail and len(photos) < MOST_PHOTOS:
            photos.append(KeptPhoto(key, store().put(found.thumbnail, "jpg")))
        else:
            name = clean_name(file.name, found.media)
            kept.append(KeptFile(name, found.media, len(found.data), key))
    left = len(files) - MOST_FILES
    if left > 0:
        with speaking("th"):
            remark = _("%(number)s more files stay in the mail alone.", number=left)
        kept.append(KeptFile("…", "", 0, "", remark))
    return Brought(photos, kept)


def _winmail(file: File) -> KeptFile:
    with speaking("th"):
        remark = _("Not all of what Outlook wrapped here could be opened; Outlook opens this file.")
    return KeptFile(WINMAIL, BINARY, len(file.data), store().put(file.data, "bin"), remark)


def _name(file: File) -> str:
    kept = "".join(one for one in file.name if one.isprintable())
    return kept[:LONGEST_NAME] or "attachment"
