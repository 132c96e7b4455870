"""Finding studies, records, developments, files and earlier editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from helpdesk.studies.access import developments_seen, studies_seen
from helpdesk.studies.models import Development, Study, StudyFile, StudyRecord
from helpdesk.studies.states import UNFINISHED, RecordState
from helpdesk.surveys.models import Survey
from helpdesk.surveys.states import State as SurveyState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.search import contains
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState

A_PAGE = 40
CHUNK = 500
MOST_SURVEYS = 200
LATE = "late"


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blanks ask for everything.

    Attributes:
        words: of the number, title, system, owner or unit.
        state: of the list's states; ``late`` for developments past their last day.
        unit_id: one school or group.
        system_id: one system of the register.
        sort: of a development.
    """

    words: str = ""
    state: str = ""
    unit_id: int | None = None
    system_id: int | None = None
    sort: str = ""


def _narrowed(query: Select[Any], model: Any, wanted: Filter) -> Select[Any]:  # noqa: ANN401 - Study or Development
    if wanted.words:
        query = query.where(contains(model.search_key, wanted.words))
    if wanted.unit_id is not None:
        query = query.where(model.unit_id == wanted.unit_id)
    if wanted.system_id is not None:
        query = query.where(model.system_id == wanted.system_id)
    if wanted.state == LATE and model is Development:
        return query.where(model.state.in_(UNFINISHED), model.ends_on < clock.today())
    return query.where(model.state == wanted.state) if wanted.state else query


def _studies(viewer: Viewer, wanted: Filter) -> Select[Study]:
    query = (
        select(Study)
        .options(joinedload(Study.unit), joinedload(Study.owner), joinedload(Study.system))
        .where(studies_seen(viewer))
        .order_by(Study.id.desc())
    )
    return _narrowed(query, Study, wanted)


def studies(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Study]:
    """Return a page (one more) of the studies that the viewer sees, newest first."""
    query = _studies(viewer, wanted)
    return db.session.scalars(query.limit(A_PAGE + 1).offset((number - 1) * A_PAGE)).all()


def all_studies(viewer: Viewer, wanted: Filter) -> Iterator[Study]:
    """Yield every study of the list, a chunk at a time."""
    query = _studies(viewer, wanted).execution_options(yield_per=CHUNK)
    yield from db.session.scalars(query)


def _developments(viewer: Viewer, wanted: Filter) -> Select[Development]:
    query = (
        select(Development)
        .options(
            joinedload(Development.unit),
            joinedload(Development.owner),
            joinedload(Development.system),
        )
        .where(developments_seen(viewer))
        .order_by(Development.id.desc())
    )
    if wanted.sort:
        query = query.where(Development.sort == wanted.sort)
    return _narrowed(query, Development, wanted)


def developments(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Development]:
    """Return a page (one more) of the developments that the viewer sees, newest first."""
    query = _developments(viewer, wanted)
    return db.session.scalars(query.limit(A_PAGE + 1).offset((number - 1) * A_PAGE)).all()


def all_developments(viewer: Viewer, wanted: Filter) -> Iterator[Development]:
    """Yield every development of the list, a chunk at a time."""
    query = _developments(viewer, wanted).execution_options(yield_per=CHUNK)
    yield from db.session.scalars(query)


def record_counts(study_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return by study how many records are finished, and how many there are."""
    done = func.count(StudyRecord.finished_on)
    rows = db.session.execute(
        select(StudyRecord.study_id, done, func.count())
        .where(StudyRecord.study_id.in_(study_ids))
        .group_by(StudyRecord.study_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def records_of(study_id: int) -> Sequence[StudyRecord]:
    """Return the records of a study in the order in which they were begun."""
    return db.session.scalars(
        select(StudyRecord)
        .options(joinedload(StudyRecord.recorder), joinedload(StudyRecord.system))
        .where(StudyRecord.study_id == study_id)
        .order_by(StudyRecord.number)
    ).all()


def finished(records: Sequence[StudyRecord]) -> list[StudyRecord]:
    """Return the records that the report brings together."""
    return [one for one in records if one.state == RecordState.FINISHED]


def files_of(column: Any, ids: Sequence[int]) -> dict[int, list[StudyFile]]:  # noqa: ANN401 - a mapped column
    """Return the files by what they belong to.

    Args:
        column: ``StudyFile.record_id`` and the like.
        ids: of the owners.
    """
    found: dict[int, list[StudyFile]] = {one: [] for one in ids}
    query = select(column, StudyFile).where(column.in_(ids)).order_by(StudyFile.id)
    for owner, file in db.session.execute(query):
        found[owner].append(file)
    return found


def editions(kind: str, subject_id: int) -> Sequence[Approval]:
    """Return the approvals of the editions that the director has acknowledged, newest first."""
    return db.session.scalars(
        select(Approval)
        .where(
            Approval.kind == kind,
            Approval.subject_id == subject_id,
            Approval.state == ApprovalState.APPROVED,
        )
        .order_by(Approval.id.desc())
    ).all()


def surveys_to_take_from() -> Sequence[Survey]:
    """Return the surveys whose mean a report may take: those that were opened, newest first."""
    return db.session.scalars(
        select(Survey)
        .where(Survey.state != SurveyState.DRAFT)
        .order_by(Survey.id.desc())
        .limit(MOST_SURVEYS)
    ).all()
