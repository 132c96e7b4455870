"""Photos and documents of a meeting: papers of the agenda before it, attachments of the minutes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from helpdesk.minutes.models import AgendaItem, Meeting, MeetingFile
from helpdesk.minutes.rules.calling import demand
from helpdesk.minutes.states import WRITABLE
from helpdesk.programmes.files import Kept
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_FILES = 40


def add(
    meeting: Meeting,
    files: Sequence[Kept],
    caption: str,
    *,
    by: Viewer,
    item: AgendaItem | None = None,
) -> None:
    """Add files that lie in the store already, to an item of the agenda or to the whole meeting.

    Refuses none, more than forty of one meeting, and after the minutes went round.
    """
    demand(meeting, WRITABLE)
    if not files:
        raise Refusal(_("Please choose a file."), field="files")
    there = select(func.count()).where(MeetingFile.meeting_id == meeting.id)
    if (db.session.scalar(there) or 0) + len(files) > MOST_FILES:
        raise Refusal(_("At most %(most)s files.", most=MOST_FILES), field="files")
    db.session.add_all(
        MeetingFile(
            meeting_id=meeting.id,
            item_id=item.id if item else None,
            file_key=one.key,
            thumbnail_key=one.thumbnail_key,
            name=one.name,
            media=one.media,
            caption=caption.strip()[:200],
            added_at=clock.now(),
            added_by_id=by.id,
        )
        for one in files
    )
    audit.record("added_files", meeting, by=by, after={"files": [one.name for one in files]})


def drop(meeting: Meeting, file: MeetingFile, *, by: Viewer) -> None:
    """Take a file out; refuses after the minutes went round."""
    demand(meeting, WRITABLE)
    audit.record("dropped_file", meeting, by=by, before={"files": [file.name]})
    db.session.delete(file)


def loosen(item: AgendaItem) -> None:
    """Let the files of an item that is taken off stay with the meeting."""
    db.session.execute(
        update(MeetingFile).where(MeetingFile.item_id == item.id).values(item_id=None)
    )
