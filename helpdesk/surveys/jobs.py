"""What happens to surveys because time passed: reminded once, closed, asked after a service."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import exists, select

from helpdesk.surveys import queries
from helpdesk.surveys.models import Survey, SurveyInvitation, SurveyService
from helpdesk.surveys.rules import opening
from helpdesk.surveys.states import Audience, State
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.people.models import Person

TIMETABLE = Viewer(name="timetable")
REMIND_BEFORE = timedelta(days=3)
LOOK_BACK = timedelta(days=14)
MOST_TICKETS = 500


def watch_surveys() -> int:
    """Remind three days before the last day, and close what is over; one unit of work each.

    Returns:
        how many surveys were touched.
    """
    today, touched = clock.today(), 0
    near = select(Survey.id).where(
        Survey.state == State.OPEN, Survey.closes_on <= today + REMIND_BEFORE
    )
    for survey_id in list(db.session.scalars(near.order_by(Survey.id))):
        with work():
            survey = db.session.get_one(Survey, survey_id)
            if survey.state != State.OPEN or survey.closes_on is None:
                continue
            if survey.closes_on < today:
                opening.close(survey, by=TIMETABLE, on=survey.closes_on)
                touched += 1
            elif survey.reminded_on is None and _has_open(survey):
                opening.remind(survey, by=TIMETABLE)
                touched += 1
    return touched


def _has_open(survey: Survey) -> bool:
    query = select(SurveyInvitation.token).where(SurveyInvitation.survey_id == survey.id)
    return db.session.scalar(query.limit(1)) is not None


def ask_after_tickets() -> int:
    """Invite who reported what was closed since the survey was opened, once for each ticket.

    Returns:
        how many people were invited.
    """
    invited = 0
    for survey in list(queries.running_after(Audience.AFTER_TICKET)):
        survey_id = survey.id
        for ticket_id, person_id in _closed_since(survey):
            with work():
                fresh = db.session.get_one(Survey, survey_id)
                invited += opening.invite_after(fresh, "ticket", ticket_id, [person_id])
    return invited


def _closed_since(survey: Survey) -> list[tuple[int, int]]:
    asked = exists().where(
        SurveyService.survey_id == survey.id,
        SurveyService.kind == "ticket",
        SurveyService.subject_id == Ticket.id,
    )
    first = max(survey.opened_on or clock.today(), clock.today() - LOOK_BACK)
    begun = clock.at(first, clock.local(clock.now()).time().min)
    query = (
        select(Ticket.id, Ticket.reporter_id)
        .join(Person, Person.id == Ticket.reporter_id)
        .where(Ticket.closed_at >= begun, Person.left_on.is_(None), ~asked)
        .order_by(Ticket.id)
        .limit(MOST_TICKETS)
    )
    found = db.session.execute(query)
    return [(ticket_id, person_id) for ticket_id, person_id in found if person_id is not None]
