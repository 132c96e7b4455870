"""The verbs of those who arrange: add and edit a course; plan, edit and cancel a session."""

from __future__ import annotations

from datetime import date
from typing import Any

from helpdesk.trainings import queries
from helpdesk.trainings.models import TrainingCourse, TrainingSession
from helpdesk.trainings.rules import enrolling, notices
from helpdesk.trainings.states import SESSIONS, TAKEN, SessionAction, SessionState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_HOURS, MOST_SEATS, MOST_DAYS = 500, 2000, 60
# Who holds a place is told when one of these changes.
TOLD = ("first_day", "last_day", "times", "place")


def add_course(fields: dict[str, Any], *, by: Viewer) -> TrainingCourse:
    """Write down a course. Refuses hours that are not between 1 and 500."""
    _check_hours(fields)
    course = TrainingCourse(**fields)
    db.session.add(course)
    audit.record("added", course, by=by, after={"title_th": course.title_th})
    return course


def edit_course(course: TrainingCourse, fields: dict[str, Any], *, by: Viewer) -> None:
    """Change a course; certificates that were given keep their hours. Refuses as adding does."""
    _check_hours(fields)
    audit.record_changes("edited", course, fields, by=by)


def _check_hours(fields: dict[str, Any]) -> None:
    if not 1 <= (fields["hours"] or 0) <= MOST_HOURS:
        raise Refusal(
            _("A course has between 1 and %(most)s hours.", most=MOST_HOURS), field="hours"
        )


def plan(course: TrainingCourse, fields: dict[str, Any], *, by: Viewer) -> TrainingSession:
    """Plan a session. Refuses wrong days, more than sixty of them, and wrong seats."""
    _check(fields)
    session = TrainingSession(course=course, **fields)
    db.session.add(session)
    audit.record("planned", session, by=by, after={"title_th": course.title_th})
    return session


def _check(fields: dict[str, Any], *, begun_on: date | None = None) -> None:
    first, last = fields["first_day"], fields["last_day"]
    if last < first:
        raise Refusal(_("The last day lies before the first one."), field="last_day")
    if first < clock.today() and first != begun_on:
        raise Refusal(_("The first day has passed."), field="first_day")
    if (last - first).days >= MOST_DAYS:
        raise Refusal(
            _("A training lasts %(most)s days at most.", most=MOST_DAYS), field="last_day"
        )
    if not 1 <= (fields["seats"] or 0) <= MOST_SEATS:
        raise Refusal(
            _("A training has between 1 and %(most)s seats.", most=MOST_SEATS), field="seats"
        )


def edit(session: TrainingSession, fields: dict[str, Any], *, by: Viewer) -> bool:
    """Change days, times, place, trainer or seats; who holds a place is told of the first three.

    More seats go to the waiting list in its order.

    Returns:
        whether people were told.

    Refuses what planning refuses, another first day once the training has begun, a last day before
    one on which somebody was there, and fewer seats than are taken.
    """
    SESSIONS.target(SessionState(session.state), SessionAction.CHANGE)
    begun = session.first_day if session.first_day < clock.today() else None
    _check(fields, begun_on=begun)
    if begun is not None and fields["first_day"] != begun:
        raise Refusal(_("The training has begun; its first day stays."), field="first_day")
    noted = {day for days in queries.attendance(session).values() for day in days}
    if noted and fields["last_day"] < max(noted):
        raise Refusal(_("Somebody was there on a later day already."), field="last_day")
    if fields["seats"] < queries.seats_taken([session.id])[session.id]:
        raise Refusal(_("More seats than these are taken already."), field="seats")
    told = any(getattr(session, name) != fields[name] for name in TOLD)
    if fields["first_day"] != session.first_day:
        session.reminded_on = None
    audit.record_changes("edited", session, fields, by=by)
    db.session.flush()  # the waiting list is seated by the seats that are kept
    if told:
        for place in queries.enrolments(session):
            if place.state in TAKEN:
                notices.changed(place)
    enrolling.fill_up(session, by=by)
    return told


def cancel(session: TrainingSession, why: str, *, by: Viewer) -> None:
    """Cancel a session and tell everybody who holds a place. Refuses an empty reason."""
    target = SESSIONS.target(SessionState(session.state), SessionAction.CANCEL)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    session.state, session.cancelled_why = target, why.strip()[:300]
    for enrolment in queries.enrolments(session):
        if enrolment.state in TAKEN:
            notices.cancelled(enrolment)
    audit.record("cancelled", session, by=by, after={"reason": session.cancelled_why})
