"""What people are told about their place in a training."""

from __future__ import annotations

from helpdesk.trainings.models import TrainingEnrolment
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date
from office.bookkeeping import rules as bookkeeping


def _send(enrolment: TrainingEnrolment, kind: str, sentence: str) -> None:
    session, person = enrolment.session, enrolment.person
    day = format_date(session.first_day, language=person.language, style="long")
    lines = [sentence, _("Begins on %(day)s %(times)s", day=day, times=session.times).strip()]
    lines += [_("Place: %(place)s", place=session.place)] if session.place else []
    bookkeeping.send(
        kind=f"training_{kind}",
        subject=sentence,
        body="\n".join(lines),
        language=person.language,
        person_id=person.id,
        link=f"/trainings/{session.id}",
    )


def seated(enrolment: TrainingEnrolment) -> None:
    """Tell somebody that they have a seat."""
    with speaking(enrolment.person.language):
        title = enrolment.session.course.title
        _send(enrolment, "seated", _("You have a seat in the training “%(title)s”.", title=title))


def changed(enrolment: TrainingEnrolment) -> None:
    """Tell somebody that days, times or place of a training have changed."""
    with speaking(enrolment.person.language):
        title = enrolment.session.course.title
        said = _("Days, times or place of the training “%(title)s” have changed.", title=title)
        _send(enrolment, "changed", said)


def taken_off(enrolment: TrainingEnrolment) -> None:
    """Tell somebody that their place was given back for them."""
    with speaking(enrolment.person.language):
        title = enrolment.session.course.title
        said = _("You were taken off the list of the training “%(title)s”.", title=title)
        _send(enrolment, "taken_off", said)


def cancelled(enrolment: TrainingEnrolment) -> None:
    """Tell somebody that a training is cancelled, and why."""
    with speaking(enrolment.person.language):
        title, why = enrolment.session.course.title, enrolment.session.cancelled_why
        said = _("The training “%(title)s” is cancelled: %(why)s", title=title, why=why)
        _send(enrolment, "cancelled", said)


def refused(enrolment: TrainingEnrolment) -> None:
    """Tell somebody that their head did not approve."""
    with speaking(enrolment.person.language):
        title = enrolment.session.course.title
        said = _("Your place in the training “%(title)s” was not approved.", title=title)
        _send(enrolment, "refused", said)


def tomorrow(enrolment: TrainingEnrolment) -> None:
    """Remind somebody of a training."""
    with speaking(enrolment.person.language):
        title = enrolment.session.course.title
        _send(enrolment, "reminder", _("The training “%(title)s” begins soon.", title=title))


def certified(enrolment: TrainingEnrolment) -> None:
    """Tell somebody that the certificate is there."""
    with speaking(enrolment.person.language):
        title = enrolment.session.course.title
        said = _("Your certificate of the training “%(title)s” is ready.", title=title)
        _send(enrolment, "certificate", said)
