"""The log: work, problems and risks written down by hand, with photos and files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpdesk.programmes.files import Kept
from helpdesk.programmes.models import Programme
from helpdesk.programmes.report_models import LogEntry, LogFile
from helpdesk.programmes.rules.planning import activity_of
from helpdesk.programmes.states import LogKind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_FILES = 10


def log(
    programme: Programme,
    kind: LogKind,
    on_day: date,
    words: str,
    files: Sequence[Kept],
    *,
    activity_id: int | None,
    by: Viewer,
) -> LogEntry:
    """Write down what was done, a problem or a risk.

    Refuses a programme that is not under way, no words, a day in the future, an activity of
    another programme, and more than ten files.
    """
    if programme.state != State.RUNNING:
        raise Refusal(_("The log is kept once the director has approved the programme."))
    if not words.strip():
        raise Refusal(_("Please write what happened."), field="words")
    if on_day > clock.today():
        raise Refusal(_("This day lies in the future."), field="on_day")
    if len(files) > MOST_FILES:
        raise Refusal(_("At most %(most)s files at once.", most=MOST_FILES), field="files")
    if activity_id is not None:
        activity_of(programme, activity_id)
    made = LogEntry(
        programme_id=programme.id,
        activity_id=activity_id,
        kind=kind,
        on_day=on_day,
        words=words.strip(),
        made_at=clock.now(),
        made_by_id=by.id,
    )
    made.files = [
        LogFile(file_key=one.key, thumbnail_key=one.thumbnail_key, name=one.name, media=one.media)
        for one in files
    ]
    db.session.add(made)
    audit.record("logged", made, by=by, after={"kind": kind, "files": len(files)})
    return made
