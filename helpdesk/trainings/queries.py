"""Finding sessions, places, attendance, certificates and hours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from helpdesk.trainings.models import (
    TrainingAttendance,
    TrainingCertificate,
    TrainingCourse,
    TrainingEnrolment,
    TrainingSession,
)
from helpdesk.trainings.states import TAKEN, SessionState, State
from kernel.db import db, thai_order
from kernel.i18n import language
from kernel.search import contains
from kernel.thai import search_key
from office.people.models import Person
from office.places.models import Unit

PAGE = 50
MOST_COURSES = 300
MOST_MINE = 100


@dataclass(frozen=True)
class Hours:
    """The hours of one person in one fiscal year."""

    person_id: int
    name: str
    unit: str
    trainings: int
    hours: int


def sessions(state: str, page: int) -> Sequence[TrainingSession]:
    """Return up to a page and one of the sessions in a state, open ones in the order of days."""
    order = TrainingSession.first_day
    return db.session.scalars(
        select(TrainingSession)
        .options(joinedload(TrainingSession.course))
        .where(TrainingSession.state == state)
        .order_by(order if state == SessionState.OPEN else order.desc(), TrainingSession.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def seats_taken(session_ids: Sequence[int]) -> Counter[int]:
    """Return how many have a seat in each session."""
    found: Counter[int] = Counter()
    query = (
        select(TrainingEnrolment.session_id, func.count())
        .where(
            TrainingEnrolment.session_id.in_(session_ids),
            TrainingEnrolment.state == State.ENROLLED,
        )
        .group_by(TrainingEnrolment.session_id)
    )
    for session_id, count in db.session.execute(query):
        found[session_id] = count
    return found


def courses() -> Sequence[TrainingCourse]:
    """Return the courses in the order of the dictionary."""
    query = select(TrainingCourse).order_by(thai_order(TrainingCourse.title_th)).limit(MOST_COURSES)
    return db.session.scalars(query).all()


def held_by_course(course_ids: Sequence[int]) -> dict[int, int]:
    """Return how many sessions of each course were planned and not cancelled."""
    rows = db.session.execute(
        select(TrainingSession.course_id, func.count())
        .where(
            TrainingSession.course_id.in_(course_ids),
            TrainingSession.state != SessionState.CANCELLED,
        )
        .group_by(TrainingSession.course_id)
    )
    return {row[0]: row[1] for row in rows}


def enrolments(session: TrainingSession) -> Sequence[TrainingEnrolment]:
    """Return everybody's place in a session: seats first, then the waiting list in its order."""
    return db.session.scalars(
        select(TrainingEnrolment)
        .options(joinedload(TrainingEnrolment.person))
        .where(TrainingEnrolment.session_id == session.id)
        .order_by(TrainingEnrolment.state, TrainingEnrolment.queue, TrainingEnrolment.id)
    ).all()


def units_of(places: Sequence[TrainingEnrolment]) -> dict[int, str]:
    """Return the names of the schools and groups that participants belong to."""
    ids = {one.person.unit_id for one in places}
    return {one.id: one.name for one in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def enrolment_of(session: TrainingSession, person_id: int | None) -> TrainingEnrolment | None:
    """Return somebody's place in a session."""
    return db.session.scalar(
        select(TrainingEnrolment).where(
            TrainingEnrolment.session_id == session.id, TrainingEnrolment.person_id == person_id
        )
    )


def attendance(session: TrainingSession) -> dict[int, set[date]]:
    """Return the days on which each enrolment was there."""
    found: dict[int, set[date]] = defaultdict(set)
    query = (
        select(TrainingAttendance.enrolment_id, TrainingAttendance.day)
        .join(TrainingEnrolment, TrainingEnrolment.id == TrainingAttendance.enrolment_id)
        .where(TrainingEnrolment.session_id == session.id)
    )
    for enrolment_id, day in db.session.execute(query):
        found[enrolment_id].add(day)
    return found


def mine(person_id: int | None) -> Sequence[TrainingEnrolment]:
    """Return the places that somebody holds in sessions that are open."""
    return db.session.scalars(
        select(TrainingEnrolment)
        .join(TrainingSession)
        .options(joinedload(TrainingEnrolment.session).joinedload(TrainingSession.course))
        .where(
            TrainingEnrolment.person_id == person_id,
            TrainingEnrolment.state.in_(TAKEN),
            TrainingSession.state == SessionState.OPEN,
        )
        .order_by(TrainingSession.first_day, TrainingEnrolment.id)
        .limit(MOST_MINE)
    ).all()


def certificates_of(person_id: int | None) -> Sequence[TrainingCertificate]:
    """Return somebody's certificates, the newest first."""
    return db.session.scalars(
        select(TrainingCertificate)
        .options(
            joinedload(TrainingCertificate.enrolment)
            .joinedload(TrainingEnrolment.session)
            .joinedload(TrainingSession.course)
        )
        .where(TrainingCertificate.person_id == person_id)
        .order_by(TrainingCertificate.issued_on.desc(), TrainingCertificate.id)
        .limit(MOST_MINE)
    ).all()


def certificates(session: TrainingSession) -> dict[int, TrainingCertificate]:
    """Return the certificates of a session by enrolment."""
    found = db.session.scalars(
        select(TrainingCertificate)
        .join(TrainingEnrolment)
        .where(TrainingEnrolment.session_id == session.id)
    )
    return {one.enrolment_id: one for one in found}


def hours(year: int, query: str = "", page: int = 1, size: int | None = None) -> list[Hours]:
    """Return the hours of everybody who was trained in a fiscal year of the Buddhist era.

    Args:
        year: the fiscal year.
        query: what the name holds; "" for everybody.
        page: from 1.
        size: of a page, one more is returned; None for all of them.
    """
    asked = (
        select(
            Person.id,
            Person.name_th,
            Person.name_en,
            Unit.name_th,
            Unit.name_en,
            func.count(TrainingCertificate.id),
            func.sum(TrainingCertificate.hours),
        )
        .join(Person, Person.id == TrainingCertificate.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(TrainingCertificate.fiscal_year == year)
        .group_by(Person.id, Unit.id)
        .order_by(thai_order(Unit.name_th), thai_order(Person.name_th), Person.id)
    )
    if query:
        asked = asked.where(contains(Person.search_key, search_key(query)))
    if size is not None:
        asked = asked.limit(size + 1).offset((page - 1) * size)
    return [
        Hours(person, _said(name, name_en), _said(unit, unit_en), count, int(total))
        for person, name, name_en, unit, unit_en, count, total in db.session.execute(asked)
    ]


def _said(thai: str, english: str) -> str:
    return english if language() == "en" and english else thai


def hours_by_year(person_id: int | None) -> list[tuple[int, int, int]]:
    """Return year, trainings and hours of a person, the newest fiscal year first."""
    rows = db.session.execute(
        select(
            TrainingCertificate.fiscal_year,
            func.count(TrainingCertificate.id),
            func.sum(TrainingCertificate.hours),
        )
        .where(TrainingCertificate.person_id == person_id)
        .group_by(TrainingCertificate.fiscal_year)
        .order_by(TrainingCertificate.fiscal_year.desc())
    )
    return [(year, count, int(total)) for year, count, total in rows]
