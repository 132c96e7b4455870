"""The verbs of a place: enrol, be seated or queued, be refused, withdraw.

Seats are given under the lock of the session's row, so of two who take the last seat at once one
comes onto the waiting list.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from helpdesk.trainings import queries
from helpdesk.trainings.models import TrainingEnrolment, TrainingSession
from helpdesk.trainings.rules import notices
from helpdesk.trainings.states import (
    PLACES,
    SESSIONS,
    TAKEN,
    Action,
    SessionAction,
    SessionState,
    State,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.states import OPEN_STATES
from office.bookkeeping import audit
from office.people.models import Person

KIND = "training_enrolment"


def locked(session_id: int) -> TrainingSession:
    """Return a session under the writer's lock."""
    return db.session.scalars(
        select(TrainingSession).where(TrainingSession.id == session_id).with_for_update()
    ).one()


def enrol(session_id: int, person: Person, *, by: Viewer) -> TrainingEnrolment:
    """Ask for a place: a seat while there is one, else the waiting list.

    Where the course wants it, the head of the unit approves first.

    Refuses a training that is over, cancelled or has begun, and who holds a place already.
    """
    session = locked(session_id)
    SESSIONS.target(SessionState(session.state), SessionAction.ENROL)
    if session.first_day < clock.today():
        raise Refusal(_("This training has begun already."))
    place = queries.enrolment_of(session, person.id)
    if place is not None and place.state in TAKEN:
        raise Refusal(_("There is a place in this training already."))
    if place is None:
        place = TrainingEnrolment(session_id=session.id, person_id=person.id, state=State.ASKED)
        db.session.add(place)
    place.state, place.approval_id = State.ASKED, None
    db.session.flush()  # the approval and the trail name the place
    audit.record("enrolled", place, by=by, after={"person_id": person.id})
    if session.course.approved:
        approval = asking.submit(_request(place, person), by=by)
        place.approval_id = approval.id
    else:
        seat(place, by=by)
    return place


def _request(place: TrainingEnrolment, person: Person) -> asking.Request:
    session = place.session
    content: dict[str, Any] = {
        "title": session.course.title_th,
        "title_en": session.course.title_en,
        "name": person.name_th,
        "first_day": session.first_day,
        "last_day": session.last_day,
        "hours": session.course.hours,
    }
    return asking.Request(
        kind=KIND,
        subject_id=place.id,
        title=session.course.title_th,
        content=content,
        asker_id=person.id,
    )


def seat(place: TrainingEnrolment, *, by: Viewer) -> None:
    """Give a seat, or the end of the waiting list where none is free."""
    session = locked(place.session_id)
    taken = queries.seats_taken([session.id])[session.id]
    if taken < session.seats:
        place.state = PLACES.target(State(place.state), Action.SEAT)
        audit.record("seated", place, by=by)
        notices.seated(place)
        return
    place.state = PLACES.target(State(place.state), Action.QUEUE)
    last = select(func.max(TrainingEnrolment.queue)).where(
        TrainingEnrolment.session_id == session.id
    )
    place.queue = (db.session.scalar(last) or 0) + 1
    audit.record("queued", place, by=by)


def refuse(place: TrainingEnrolment, *, by: Viewer) -> None:
    """Take note that the head did not approve."""
    place.state = PLACES.target(State(place.state), Action.REFUSE)
    audit.record("refused", place, by=by)
    notices.refused(place)


def withdraw(place: TrainingEnrolment, *, by: Viewer) -> None:
    """Give a place back; the first of the waiting list moves up.

    Whose place somebody else gives back is told.
    """
    session = locked(place.session_id)
    SESSIONS.target(SessionState(session.state), SessionAction.ENROL)
    approval = db.session.get(Approval, place.approval_id) if place.approval_id else None
    place.state = PLACES.target(State(place.state), Action.WITHDRAW)
    audit.record("withdrawn", place, by=by)
    if by.id != place.person_id:
        notices.taken_off(place)
    if approval is not None and approval.state in OPEN_STATES:
        asking.void(approval, _("The place was given back."), by=by)
    fill_up(session, by=by)


def fill_up(session: TrainingSession, *, by: Viewer) -> None:
    """Give the seats that are free to the waiting list, in its order."""
    db.session.flush()  # a place that was just given back is counted as free
    free = session.seats - queries.seats_taken([session.id])[session.id]
    if free <= 0:
        return
    first = db.session.scalars(
        select(TrainingEnrolment)
        .where(TrainingEnrolment.session_id == session.id, TrainingEnrolment.state == State.QUEUED)
        .order_by(TrainingEnrolment.queue)
        .limit(free)
    )
    for place in first.all():
        seat(place, by=by)
