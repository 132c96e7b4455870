"""The page of one session, shown again where a scan is refused."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from helpdesk.trainings import access, queries
from helpdesk.trainings.forms import CancelForm, ScanForm
from helpdesk.trainings.models import TrainingSession
from helpdesk.trainings.states import PLACES, SESSIONS, TAKEN, SessionState, State
from kernel import clock
from kernel.access import viewer


def show(found: TrainingSession, scanned: ScanForm) -> ResponseReturnValue:
    """Return the page of a session, with the scan box as it was sent."""
    here = viewer()
    own, sees = queries.enrolment_of(found, here.id), here.may(access.SEE)
    page = render_template(
        "helpdesk/trainings/session.html",
        training=found,
        face=SESSIONS.faces[SessionState(found.state)],
        faces=PLACES.faces,
        taken=queries.seats_taken([found.id])[found.id],
        own=own,
        own_open=own is not None and own.state in TAKEN,
        open_now=found.state == SessionState.OPEN and found.first_day >= clock.today(),
        is_open=found.state == SessionState.OPEN,
        today=clock.today(),
        places=queries.enrolments(found) if sees else [],
        there=queries.attendance(found) if sees else {},
        certificates=queries.certificates(found) if sees else {},
        enrolled=State.ENROLLED,
        may_arrange=here.may(access.ARRANGE),
        scanned=scanned,
        cancelling=CancelForm(formdata=None),
    )
    return page, scanned.status
