"""What happens to trainings because time passed: people are reminded the day before."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from helpdesk.trainings import queries
from helpdesk.trainings.models import TrainingSession
from helpdesk.trainings.rules import notices
from helpdesk.trainings.states import SessionState, State
from kernel import clock
from kernel.db import db
from kernel.work import work


def remind_of_trainings() -> int:
    """Remind everybody with a seat once, on the day before the first day.

    Returns:
        how many people were reminded.
    """
    today, told = clock.today(), 0
    near = select(TrainingSession.id).where(
        TrainingSession.state == SessionState.OPEN,
        TrainingSession.reminded_on.is_(None),
        TrainingSession.first_day >= today,
        TrainingSession.first_day <= today + timedelta(days=1),
    )
    for session_id in list(db.session.scalars(near.order_by(TrainingSession.id))):
        with work():
            session = db.session.get_one(TrainingSession, session_id)
            session.reminded_on = today
            for place in queries.enrolments(session):
                if place.state == State.ENROLLED:
                    notices.tomorrow(place)
                    told += 1
    return told
