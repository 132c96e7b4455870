"""The page of one session, shown again where a scan is refused."""

from __future__ import annotations

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from helpdesk.surveys import queries as surveys
from helpdesk.surveys.access import SEE as SEE_SURVEYS
from helpdesk.trainings import access, queries
from helpdesk.trainings.forms import CancelForm, EnrolForm, ScanForm
from helpdesk.trainings.models import TrainingSession
from helpdesk.trainings.states import PLACES, SESSIONS, TAKEN, SessionState, State
from kernel import clock
from kernel.access import viewer


def show(
    found: TrainingSession,
    scanned: ScanForm | None = None,
    *,
    enrolling_form: EnrolForm | None = None,
) -> ResponseReturnValue:
    """Return the page of a session, with the form that was refused as it was sent."""
    here, today = viewer(), clock.today()
    own, sees = queries.enrolment_of(found, here.id), here.may(access.SEE)
    scanned = scanned or ScanForm(formdata=None)
    enrolled = enrolling_form or EnrolForm(formdata=None)
    is_open = found.state == SessionState.OPEN
    past = [day for day in found.days if day <= today]
    places = queries.enrolments(found) if sees else []
    page = render_template(
        "helpdesk/trainings/session.html",
        training=found,
        face=SESSIONS.faces[SessionState(found.state)],
        faces=PLACES.faces,
        taken=queries.seats_taken([found.id])[found.id],
        own=own,
        own_open=own is not None and own.state in TAKEN,
        open_now=is_open and found.first_day >= today,
        is_open=is_open,
        today=today,
        days=past if is_open else [],
        day=_day(past),
        places=places,
        units=queries.units_of(places) if places else {},
        held=TAKEN,
        there=queries.attendance(found) if sees else {},
        certificates=queries.certificates(found) if sees else {},
        enrolled=State.ENROLLED,
        may_arrange=here.may(access.ARRANGE),
        evaluations=surveys.asked_about("training", found.id) if here.may(SEE_SURVEYS) else [],
        scanned=scanned,
        enrolling=enrolled,
        cancelling=CancelForm(formdata=None),
    )
    return page, max(scanned.status, enrolled.status)


def _day(past: list[date]) -> date | None:
    """Return the day whose attendance is noted: the one asked for, else the last that has come."""
    asked = request.args.get("day", "")
    return next((one for one in past if one.isoformat() == asked), past[-1] if past else None)
