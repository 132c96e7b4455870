"""Photos and documents of the four forms: added and taken out while the form can be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from helpdesk.programmes.files import Kept
from helpdesk.studies.models import Development, Study, StudyFile, StudyRecord
from helpdesk.studies.states import (
    DEVELOPMENTS,
    RECORDS,
    STUDIES,
    Action,
    RecordAction,
    RecordState,
    State,
    StudyAction,
    StudyState,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_FILES = 20


@dataclass(frozen=True)
class Place:
    """Where a file belongs: a study (F14), a record (F12), a development as F15 or as F16."""

    thing: Study | StudyRecord | Development
    report: bool = False

    @property
    def column(self) -> str:
        """The column of ``StudyFile`` that names the thing."""
        if isinstance(self.thing, Study):
            return "study_id"
        if isinstance(self.thing, StudyRecord):
            return "record_id"
        return "report_id" if self.report else "development_id"

    def demand_open(self) -> None:
        """Refuse what is sent, finished or over."""
        if isinstance(self.thing, Study):
            STUDIES.target(StudyState(self.thing.state), StudyAction.WRITE)
        elif isinstance(self.thing, StudyRecord):
            STUDIES.target(StudyState(self.thing.study.state), StudyAction.WRITE)
            RECORDS.target(RecordState(self.thing.state), RecordAction.WRITE)
        else:
            act = Action.REPORT if self.report else Action.WRITE
            DEVELOPMENTS.target(State(self.thing.state), act)


def add(place: Place, files: Sequence[Kept], caption: str, *, by: Viewer) -> None:
    """Add files that lie in the store already.

    Refuses none, more than twenty at one place, and a place that cannot be written any more.
    """
    place.demand_open()
    if not files:
        raise Refusal(_("Please choose a file."), field="files")
    column = getattr(StudyFile, place.column)
    there = db.session.scalar(select(func.count()).where(column == place.thing.id)) or 0
    if there + len(files) > MOST_FILES:
        raise Refusal(_("At most %(most)s files.", most=MOST_FILES), field="files")
    for one in files:
        made = StudyFile(
            file_key=one.key,
            thumbnail_key=one.thumbnail_key,
            name=one.name,
            media=one.media,
            caption=caption.strip()[:200],
            added_at=clock.now(),
            added_by_id=by.id,
        )
        setattr(made, place.column, place.thing.id)
        db.session.add(made)
    audit.record("added_files", place.thing, by=by, after={"files": [one.name for one in files]})


def drop(place: Place, file: StudyFile, *, by: Viewer) -> None:
    """Take a file out; refuses where the form cannot be written any more."""
    place.demand_open()
    audit.record("dropped_file", place.thing, by=by, before={"files": [file.name]})
    db.session.delete(file)
