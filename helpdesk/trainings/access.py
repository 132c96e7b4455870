"""Who may take part in trainings and who arranges them; the loaders that refuse."""

from __future__ import annotations

from helpdesk.trainings.models import (
    TrainingCertificate,
    TrainingCourse,
    TrainingEnrolment,
    TrainingSession,
)
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.papers.records import read_code
from office.people.access import EVERYONE, Role
from office.people.models import Person

TAKE = permission("helpdesk:training:take", roles=EVERYONE)
SEE = permission(
    "helpdesk:training:see",
    roles=(Role.TECHNICIAN, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
    office_wide=True,
)
ARRANGE = permission(
    "helpdesk:training:arrange", roles=(Role.TECHNICIAN, Role.ADMIN), office_wide=True
)


def session_known(session_id: int) -> TrainingSession:
    """Return a session.

    Raises:
        NotFound: there is none with this id.
    """
    found = db.session.get(TrainingSession, session_id)
    if found is None:
        raise NotFound(_("There is no such training."))
    return found


def course_known(course_id: int) -> TrainingCourse:
    """Return a course.

    Raises:
        NotFound: there is none with this id.
    """
    found = db.session.get(TrainingCourse, course_id)
    if found is None:
        raise NotFound(_("There is no such course."))
    return found


def person_known(person_id: int) -> Person:
    """Return somebody whose hours are asked for.

    Raises:
        NotFound: there is nobody with this id.
    """
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def enrolment_of(session: TrainingSession, enrolment_id: int) -> TrainingEnrolment:
    """Return a place in a session.

    Raises:
        NotFound: the session has none with this id.
    """
    found = db.session.get(TrainingEnrolment, enrolment_id)
    if found is None or found.session_id != session.id:
        raise NotFound(_("There is no such training."))
    return found


def certificate_seen(viewer: Viewer, certificate_id: int) -> TrainingCertificate:
    """Return a certificate: the own one, or any for those who arrange trainings.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = db.session.get(TrainingCertificate, certificate_id)
    if found is None or (found.person_id != viewer.id and not viewer.may(SEE)):
        raise NotFound(_("There is no such certificate."))
    return found


def certificate_of_code(code: str) -> TrainingCertificate | None:
    """Return the certificate of a code, None where there is none."""
    read = read_code(code)
    return db.session.query(TrainingCertificate).filter_by(code=read).first() if read else None
