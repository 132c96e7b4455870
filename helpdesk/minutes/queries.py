"""Finding meetings, their people, items and tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from helpdesk.minutes.access import visible
from helpdesk.minutes.models import (
    AgendaItem,
    Meeting,
    MeetingFile,
    MeetingPerson,
    MeetingTask,
)
from helpdesk.minutes.states import Duty, State
from helpdesk.programmes import access as programmes
from helpdesk.programmes.models import Programme
from helpdesk.programmes.states import State as ProgrammeState
from kernel import search
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage

PAGE = 50
ORDER = case({duty.value: number for number, duty in enumerate(Duty)}, value=MeetingPerson.duty)


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blank means everything."""

    words: str = ""
    state: str = ""
    year: int | None = None
    programme_id: int | None = None


def meetings(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Meeting]:
    """Return up to a page and one of the meetings that a viewer sees, the newest first."""
    return db.session.scalars(
        select(Meeting)
        .options(joinedload(Meeting.unit))
        .where(visible(viewer), search.contains(Meeting.search_key, wanted.words), *_terms(wanted))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    ).all()


def _terms(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.state:
        yield Meeting.state == wanted.state
    if wanted.year is not None:
        yield Meeting.year == wanted.year
    if wanted.programme_id is not None:
        yield Meeting.programme_id == wanted.programme_id


def people_of(meeting: Meeting) -> Sequence[MeetingPerson]:
    """Return the people of a meeting: the chair, members, the secretary, guests."""
    return db.session.scalars(
        select(MeetingPerson)
        .options(joinedload(MeetingPerson.person))
        .where(MeetingPerson.meeting_id == meeting.id)
        .order_by(ORDER, MeetingPerson.id)
    ).all()


def items_of(meeting: Meeting) -> Sequence[AgendaItem]:
    """Return the agenda in its order."""
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.section, AgendaItem.place)
    ).all()


def tasks_of(meeting: Meeting) -> Sequence[MeetingTask]:
    """Return the tasks of a meeting, the nearest day first."""
    return db.session.scalars(
        select(MeetingTask)
        .options(joinedload(MeetingTask.person), joinedload(MeetingTask.item))
        .where(MeetingTask.meeting_id == meeting.id)
        .order_by(MeetingTask.done_on.is_not(None), MeetingTask.due_on, MeetingTask.id)
    ).all()


def files_of(meeting: Meeting) -> Sequence[MeetingFile]:
    """Return the papers and photos of a meeting in the order in which they came."""
    return db.session.scalars(
        select(MeetingFile).where(MeetingFile.meeting_id == meeting.id).order_by(MeetingFile.id)
    ).all()


def call_key(meeting: Meeting, person_id: int) -> str:
    """Return the key under which the invitation of a person is kept among the messages."""
    return f"meeting:{meeting.id}:called:{person_id}"


def read_receipts(meeting: Meeting, people: Sequence[MeetingPerson]) -> Mapping[int, datetime]:
    """Return when each invited person has read the invitation, by the person's id."""
    keys = {call_key(meeting, one.person_id): one.person_id for one in people if one.person_id}
    rows = db.session.execute(
        select(OutgoingMessage.dedupe_key, OutgoingMessage.read_at).where(
            OutgoingMessage.dedupe_key.in_(keys), OutgoingMessage.read_at.is_not(None)
        )
    )
    return {keys[key]: read_at for key, read_at in rows if key and read_at}


def next_of(meeting: Meeting) -> Meeting | None:
    """Return the meeting that follows a meeting."""
    return db.session.scalar(
        select(Meeting)
        .where(Meeting.previous_id == meeting.id, Meeting.state != State.CANCELLED)
        .order_by(Meeting.id.desc())
        .limit(1)
    )


def next_session(unit_id: int, body: str, year: int) -> int:
    """Return the next number of a body's sessions in a year."""
    last = db.session.scalar(
        select(func.max(Meeting.session_no)).where(
            Meeting.unit_id == unit_id, Meeting.body == body, Meeting.year == year
        )
    )
    return (last or 0) + 1


def programmes_offered(viewer: Viewer) -> list[tuple[int, str]]:
    """Return the programmes whose group a meeting may be of, the newest first."""
    rows = db.session.execute(
        select(Programme.id, Programme.name)
        .where(
            programmes.visible(viewer),
            Programme.state.not_in((ProgrammeState.CLOSED, ProgrammeState.CANCELLED)),
        )
        .order_by(Programme.id.desc())
        .limit(100)
    )
    return [(row.id, row.name) for row in rows]


def due_tasks(today: date, ahead: timedelta) -> list[int]:
    """Return the open tasks that are due by then."""
    return list(
        db.session.scalars(
            select(MeetingTask.id)
            .where(MeetingTask.due_on <= today + ahead, MeetingTask.done_on.is_(None))
            .order_by(MeetingTask.due_on, MeetingTask.id)
        )
    )


def years(viewer: Viewer, newest: int) -> list[int]:
    """Return the years of the meetings that a viewer sees, the newest first."""
    first = db.session.scalar(select(func.min(Meeting.year)).where(visible(viewer)))
    return list(range(newest, max(first or newest, newest - 10) - 1, -1))
