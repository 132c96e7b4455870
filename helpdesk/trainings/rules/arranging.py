"""The verbs of those who arrange: add a course, plan a session, cancel it."""

from __future__ import annotations

from typing import Any

from helpdesk.trainings import queries
from helpdesk.trainings.models import TrainingCourse, TrainingSession
from helpdesk.trainings.rules import notices
from helpdesk.trainings.states import SESSIONS, TAKEN, SessionAction, SessionState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_HOURS, MOST_SEATS, MOST_DAYS = 500, 2000, 60


def add_course(fields: dict[str, Any], *, by: Viewer) -> TrainingCourse:
    """Write down a course. Refuses hours that are not between 1 and 500."""
    if not 1 <= (fields["hours"] or 0) <= MOST_HOURS:
        raise Refusal(
            _("A course has between 1 and %(most)s hours.", most=MOST_HOURS), field="hours"
        )
    course = TrainingCourse(**fields)
    db.session.add(course)
    audit.record("added", course, by=by, after={"title_th": course.title_th})
    return course


def plan(course: TrainingCourse, fields: dict[str, Any], *, by: Viewer) -> TrainingSession:
    """Plan a session. Refuses wrong days, more than sixty of them, and wrong seats."""
    first, last = fields["first_day"], fields["last_day"]
    if last < first:
        raise Refusal(_("The last day lies before the first one."), field="last_day")
    if first < clock.today():
        raise Refusal(_("The first day has passed."), field="first_day")
    if (last - first).days >= MOST_DAYS:
        raise Refusal(
            _("A training lasts %(most)s days at most.", most=MOST_DAYS), field="last_day"
        )
    if not 1 <= (fields["seats"] or 0) <= MOST_SEATS:
        raise Refusal(
            _("A training has between 1 and %(most)s seats.", most=MOST_SEATS), field="seats"
        )
    session = TrainingSession(course=course, **fields)
    db.session.add(session)
    audit.record("planned", session, by=by, after={"title_th": course.title_th})
    return session


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
