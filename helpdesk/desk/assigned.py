"""What was given to a person by name: letters passed on, tasks of meetings, treatments of risks.

Three rooms are asked in one question, for it stands on everybody's first page.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal, select, union_all

from helpdesk.desk.queries import Target
from helpdesk.desk.today import SHOWN, Block, Line
from helpdesk.minutes.models import Meeting, MeetingTask
from helpdesk.risks.models import Risk
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from office.letters.models import Letter
from office.letters.states import State as LetterState

LETTER, TASK, RISK = "letter", "task", "risk"
TARGETS = {
    LETTER: ("letters.letter", "letter_id"),
    TASK: ("meetings.meeting", "meeting_id"),
    RISK: ("risks.table", "table_id"),
}


def assigned_to(viewer: Viewer) -> Block:
    """Return what lies with the viewer, the nearest day first; no line where nothing does."""
    parts = union_all(_letters(viewer), _tasks(viewer), _risks(viewer)).subquery()
    found = db.session.execute(
        select(parts)
        .order_by(parts.c.due_on.is_(None), parts.c.due_on, parts.c.kind, parts.c.id)
        .limit(fixed(SHOWN))
    )
    today = clock.today()
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


def _target(kind: str, row_id: int) -> Target:
    endpoint, name = TARGETS[kind]
    return Target(endpoint, {name: row_id})


def _letters(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return select(
        literal(LETTER).label("kind"),
        Letter.id.label("id"),
        Letter.subject.label("title"),
        Letter.sender.label("detail"),
        Letter.answer_by.label("due_on"),
    ).where(Letter.holder_id == viewer.id, Letter.state == LetterState.PASSED)


def _tasks(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return (
        select(literal(TASK), Meeting.id, MeetingTask.what, Meeting.body, MeetingTask.due_on)
        .join(Meeting, Meeting.id == MeetingTask.meeting_id)
        .where(MeetingTask.person_id == viewer.id, MeetingTask.done_on.is_(None))
    )


def _risks(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return select(literal(RISK), Risk.table_id, Risk.improvement, Risk.danger, Risk.due_on).where(
        Risk.responsible_id == viewer.id, Risk.done_on.is_(None), Risk.due_on.is_not(None)
    )
