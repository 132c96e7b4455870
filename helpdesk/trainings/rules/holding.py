"""The verbs of a session that is held: attendance (noted, taken back), the end, certificates."""

from __future__ import annotations

import hashlib
from datetime import date

from helpdesk.surveys import queries as surveys
from helpdesk.surveys.rules import opening
from helpdesk.surveys.states import Audience
from helpdesk.trainings import queries
from helpdesk.trainings.models import (
    TrainingAttendance,
    TrainingCertificate,
    TrainingEnrolment,
    TrainingSession,
)
from helpdesk.trainings.rules import notices
from helpdesk.trainings.states import SESSIONS, SessionAction, SessionState, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.thai import fiscal_year
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.cards.scans import person_of_scan
from office.papers import rules as papers

PAPER = "training_certificate"
SERIES = "วฒ."


def scan(session: TrainingSession, text: str, *, by: Viewer) -> TrainingEnrolment:
    """Note who shows their card today.

    Refuses a day on which the training is not held, what is no card, and who has no seat.
    """
    person = person_of_scan(text, field="code")
    if person is None:
        raise Refusal(_("This is not a user card."), field="code")
    place = queries.enrolment_of(session, person.id)
    if place is None or place.state != State.ENROLLED:
        raise Refusal(_("%(name)s has no seat in this training.", name=person.name), field="code")
    note(place, clock.today(), by=by, by_hand=False)
    return place


def note(place: TrainingEnrolment, day: date, *, by: Viewer, by_hand: bool = True) -> bool:
    """Note that somebody was there on a day; a second time changes nothing.

    Returns:
        whether it was new.

    Refuses a day that is not of the training or has not come, and who has no seat.
    """
    session = place.session
    SESSIONS.target(SessionState(session.state), SessionAction.ATTEND)
    if day not in session.days or day > clock.today():
        raise Refusal(_("The training is not held on this day, or the day has not come."))
    if place.state != State.ENROLLED:
        raise Refusal(_("%(name)s has no seat in this training.", name=place.person.name))
    key = {"enrolment_id": place.id, "day": day}
    if db.session.get(TrainingAttendance, key) is not None:
        return False
    db.session.add(TrainingAttendance(**key, by_hand=by_hand))
    audit.record("attended", place, by=by, after={"day": day, "by_hand": by_hand})
    return True


def take_back(place: TrainingEnrolment, day: date, *, by: Viewer) -> bool:
    """Take back that somebody was there on a day, where it was noted by mistake.

    Returns:
        whether it had been noted.

    Refuses a training that is held or cancelled.
    """
    SESSIONS.target(SessionState(place.session.state), SessionAction.ATTEND)
    noted = db.session.get(TrainingAttendance, {"enrolment_id": place.id, "day": day})
    if noted is None:
        return False
    db.session.delete(noted)
    audit.record("taken_back", place, by=by, before={"day": day})
    return True


def finish(session: TrainingSession, *, by: Viewer) -> int:
    """Finish a session: who was there on four of five days gets a certificate and is asked.

    Returns:
        how many certificates were given.

    Refuses a session whose last day has not come.
    """
    target = SESSIONS.target(SessionState(session.state), SessionAction.FINISH)
    if session.last_day > clock.today():
        raise Refusal(_("The last day of this training has not come yet."))
    there = queries.attendance(session)
    done = [
        place
        for place in queries.enrolments(session)
        if place.state == State.ENROLLED and len(there.get(place.id, ())) >= session.days_needed
    ]
    session.state = target
    for place in done:
        _certify(place, by)
    for survey in surveys.running_after(Audience.AFTER_TRAINING):
        opening.invite_after(survey, "training", session.id, [one.person_id for one in done])
    audit.record("finished", session, by=by, after={"count": len(done)})
    return len(done)


def _certify(place: TrainingEnrolment, by: Viewer) -> None:
    person, course = place.person, place.session.course
    number, today = bookkeeping.next_number(SERIES), clock.today()
    said = "\n".join((number, person.name_th, course.title_th, str(course.hours), str(today)))
    paper = papers.issue(
        PAPER,
        number,
        title_th=f"วุฒิบัตรการอบรม “{course.title_th}”",
        title_en=f"Certificate of training “{course.title_en or course.title_th}”",
        content_hash=hashlib.sha256(said.encode()).hexdigest(),
        by=by,
    )
    db.session.add(
        TrainingCertificate(
            enrolment_id=place.id,
            person_id=person.id,
            number=number,
            code=paper.code,
            name_th=person.name_th,
            name_en=person.name_en,
            hours=course.hours,
            issued_on=today,
            fiscal_year=fiscal_year(today),
        )
    )
    notices.certified(place)
