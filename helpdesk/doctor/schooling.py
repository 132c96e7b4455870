"""Checks of trainings and surveys: seats, certificates, attendance; answers and who gave them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyName,
    SurveyQuestion,
    SurveyReport,
    SurveyResponse,
)
from helpdesk.surveys.states import ReportState
from helpdesk.surveys.states import State as SurveyState
from helpdesk.trainings.models import (
    TrainingAttendance,
    TrainingCertificate,
    TrainingEnrolment,
    TrainingSession,
)
from helpdesk.trainings.states import SessionState, State
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState
from office.papers.models import IssuedPaper


def too_many_seats() -> Iterator[str]:
    """Yield sessions in which more people have a seat than there are seats."""
    taken = (
        select(func.count())
        .where(
            TrainingEnrolment.session_id == TrainingSession.id,
            TrainingEnrolment.state == State.ENROLLED,
        )
        .scalar_subquery()
    )
    query = select(TrainingSession.id).where(taken > TrainingSession.seats)
    return named("training_session", query.order_by(TrainingSession.id))


def attendance_outside() -> Iterator[str]:
    """Yield places with attendance on a day that is none of the session's."""
    query = (
        select(TrainingEnrolment.id)
        .join(TrainingAttendance, TrainingAttendance.enrolment_id == TrainingEnrolment.id)
        .join(TrainingSession, TrainingSession.id == TrainingEnrolment.session_id)
        .where(
            or_(
                TrainingAttendance.day < TrainingSession.first_day,
                TrainingAttendance.day > TrainingSession.last_day,
            )
        )
        .distinct()
    )
    return named("training_enrolment", query.order_by(TrainingEnrolment.id))


def certificates_unfounded() -> Iterator[str]:
    """Yield certificates of trainings not held, of others than who sat there, or without paper."""
    paper = select(IssuedPaper.id).where(IssuedPaper.code == TrainingCertificate.code)
    query = (
        select(TrainingCertificate.id)
        .join(TrainingEnrolment, TrainingEnrolment.id == TrainingCertificate.enrolment_id)
        .join(TrainingSession, TrainingSession.id == TrainingEnrolment.session_id)
        .where(
            or_(
                TrainingSession.state != SessionState.HELD,
                TrainingEnrolment.state != State.ENROLLED,
                TrainingEnrolment.person_id != TrainingCertificate.person_id,
                ~paper.exists(),
            )
        )
    )
    return named("training_certificate", query.order_by(TrainingCertificate.id))


def names_on_anonymous_answers() -> Iterator[str]:
    """Yield anonymous surveys of which somebody's name stands beside an answer."""
    query = (
        select(Survey.id)
        .join(SurveyResponse, SurveyResponse.survey_id == Survey.id)
        .join(SurveyName, SurveyName.response_id == SurveyResponse.id)
        .where(Survey.anonymous)
        .distinct()
    )
    return named("survey", query.order_by(Survey.id))


def answers_of_other_surveys() -> Iterator[str]:
    """Yield questions with an answer in a form of another survey."""
    query = (
        select(SurveyQuestion.id)
        .join(SurveyAnswer, SurveyAnswer.question_id == SurveyQuestion.id)
        .join(SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id)
        .where(SurveyResponse.survey_id != SurveyQuestion.survey_id)
        .distinct()
    )
    return named("survey_question", query.order_by(SurveyQuestion.id))


def invitations_left_over() -> Iterator[str]:
    """Yield surveys that are not open and still wait for somebody, which would name them."""
    query = (
        select(Survey.id)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .where(Survey.state != SurveyState.OPEN)
        .distinct()
    )
    return named("survey", query.order_by(Survey.id))


def reports_unsigned() -> Iterator[str]:
    """Yield reports of surveys that count as signed without an approval that was given."""
    given = select(Approval.id).where(
        Approval.id == SurveyReport.approval_id, Approval.state == ApprovalState.APPROVED
    )
    query = select(SurveyReport.id).where(SurveyReport.state == ReportState.SIGNED, ~given.exists())
    return named("survey_report", query.order_by(SurveyReport.id))


_BEHIND = _l("Was a row changed behind the service? Bring it back from a backup.")

CHECKS = (
    Check(
        "training_seats",
        _l("No training has more participants than seats."),
        _l("Raise the number of seats on the page of the training, or take somebody off the list."),
        too_many_seats,
    ),
    Check(
        "training_attendance",
        _l("Attendance is noted on days of the training only."),
        _BEHIND,
        attendance_outside,
    ),
    Check(
        "training_certificates",
        _l("A certificate belongs to who took part in a held training, and has its paper."),
        _BEHIND,
        certificates_unfounded,
    ),
    Check(
        "survey_names",
        _l("No name stands beside an anonymous answer."),
        _l("Delete the rows of survey_name at once, and find out who wrote them."),
        names_on_anonymous_answers,
    ),
    Check(
        "survey_answers",
        _l("Every answer belongs to a question of its own survey."),
        _BEHIND,
        answers_of_other_surveys,
    ),
    Check(
        "survey_invitations",
        _l("Only open surveys wait for somebody’s answer."),
        _l("Close the survey again; open invitations go with it."),
        invitations_left_over,
    ),
    Check(
        "survey_reports",
        _l("A report of a survey that counts as signed has an approval that was given."),
        _BEHIND,
        reports_unsigned,
    ),
)
