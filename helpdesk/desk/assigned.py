"""What was given to a person by name: letters, tasks of meetings, risks, measures, studies, work.

All rooms are asked in one question, for it stands on everybody's first page. It is built once, with
or without the measures of incidents; who asks and on which day are put into it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, bindparam, cast, literal, null, or_, select, union_all

from helpdesk.desk.queries import Target
from helpdesk.desk.today import SHOWN, Block, Line
from helpdesk.incidents import access as incidents_access
from helpdesk.incidents.models import Incident, IncidentMeasure
from helpdesk.minutes.models import Meeting, MeetingTask
from helpdesk.risks.models import Risk
from helpdesk.studies.models import Development, Study
from helpdesk.studies.states import UNFINISHED, StudyState
from helpdesk.studies.states import State as WorkState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from office.letters.models import Letter
from office.letters.states import State as LetterState

LETTER, TASK, RISK = "letter", "task", "risk"
MEASURE, STUDY, WORK = "measure", "study", "work"
# Work with ICT stands here in the last weeks before its day, and until its report is sent.
NEAR = timedelta(days=30)
ME: Any = bindparam("me")
TARGETS = {
    LETTER: ("letters.letter", "letter_id"),
    TASK: ("meetings.meeting", "meeting_id"),
    RISK: ("risks.table", "table_id"),
    MEASURE: ("incidents.incident", "incident_id"),
    STUDY: ("studies.study", "study_id"),
    WORK: ("developments.development", "development_id"),
}


def assigned_to(viewer: Viewer) -> Block:
    """Return what lies with the viewer, the nearest day first; no line where nothing does."""
    today = clock.today()
    values = {"me": viewer.id, "near": today + NEAR}
    found = db.session.execute(_question(measures=viewer.may(incidents_access.SEE)), values)
    lines = [
        Line(
            row.title,
            row.detail,
            _target(row.kind, row.id),
            row.due_on,
            row.due_on is not None and row.due_on < today,
        )
        for row in found
    ]
    return Block(_("Given to me"), lines, Target("notifications.inbox"), "")


@cache
def _question(*, measures: bool) -> Any:  # noqa: ANN401 - a SELECT
    asked = [_letters(), _tasks(), _risks(), _studies(), _work()]
    if measures:
        asked.append(_measures())
    parts = union_all(*asked).subquery()
    nearest = (parts.c.due_on.is_(None), parts.c.due_on, parts.c.kind, parts.c.id)
    return select(parts).order_by(*nearest).limit(fixed(SHOWN))


def _target(kind: str, row_id: int) -> Target:
    endpoint, name = TARGETS[kind]
    return Target(endpoint, {name: row_id})


def _letters() -> Select[*tuple[Any, ...]]:
    return select(
        literal(LETTER).label("kind"),
        Letter.id.label("id"),
        Letter.subject.label("title"),
        Letter.sender.label("detail"),
        Letter.answer_by.label("due_on"),
    ).where(Letter.holder_id == ME, Letter.state == LetterState.PASSED)


def _tasks() -> Select[*tuple[Any, ...]]:
    return (
        select(literal(TASK), Meeting.id, MeetingTask.what, Meeting.body, MeetingTask.due_on)
        .join(Meeting, Meeting.id == MeetingTask.meeting_id)
        .where(MeetingTask.person_id == ME, MeetingTask.done_on.is_(None))
    )


def _risks() -> Select[*tuple[Any, ...]]:
    return select(literal(RISK), Risk.table_id, Risk.improvement, Risk.danger, Risk.due_on).where(
        Risk.responsible_id == ME, Risk.done_on.is_(None), Risk.due_on.is_not(None)
    )


def _measures() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(MEASURE),
            Incident.id,
            IncidentMeasure.what,
            Incident.number,
            IncidentMeasure.due_on,
        )
        .join(Incident, Incident.id == IncidentMeasure.incident_id)
        .where(IncidentMeasure.responsible_id == ME, IncidentMeasure.done_on.is_(None))
    )


def _studies() -> Select[*tuple[Any, ...]]:
    return select(literal(STUDY), Study.id, Study.title, Study.number, cast(null(), Date)).where(
        Study.owner_id == ME, Study.state == StudyState.OPEN
    )


def _work() -> Select[*tuple[Any, ...]]:
    soon = Development.ends_on <= bindparam("near", type_=Date)
    return select(
        literal(WORK), Development.id, Development.title, Development.number, Development.ends_on
    ).where(
        Development.owner_id == ME,
        or_(Development.state.in_(UNFINISHED) & soon, Development.state == WorkState.FINISHED),
    )
