"""What happens to programmes because time passed: reminders of steps and activities, each once."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from helpdesk.programmes.models import Activity, Programme, ProgrammeStep
from helpdesk.programmes.rules import telling
from helpdesk.programmes.states import SETTLED, ActivityState, State
from kernel import clock
from kernel.db import db
from kernel.work import work

OPEN = (State.DRAFT, State.PROPOSED, State.RUNNING)


def watch_programmes(today: date | None = None) -> int:
    """Remind of steps and activities a week and a day ahead, and once when they are late.

    One unit of work each; called again on the same day it changes nothing.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many people were told.
    """
    day = today or clock.today()
    soon = day + timedelta(days=max(telling.WARN_DAYS))
    return _steps(day, soon) + _activities(day, soon)


def _steps(day: date, soon: date) -> int:
    told = 0
    for step_id in db.session.scalars(
        select(ProgrammeStep.id)
        .join(Programme, Programme.id == ProgrammeStep.programme_id)
        .where(
            ProgrammeStep.state.not_in(SETTLED),
            ProgrammeStep.due_on <= soon,
            Programme.state.in_(OPEN),
        )
        .order_by(ProgrammeStep.id)
    ).all():
        with work():
            step = db.session.get_one(ProgrammeStep, step_id, with_for_update=True)
            if step.state not in SETTLED and step.due_on is not None:
                told += telling.remind(step, step.due_on, step.title_th, day)
    return told


def _activities(day: date, soon: date) -> int:
    told = 0
    for activity_id in db.session.scalars(
        select(Activity.id)
        .join(Programme, Programme.id == Activity.programme_id)
        .where(
            Activity.state == ActivityState.PLANNED,
            Activity.ends_on <= soon,
            Programme.state == State.RUNNING,
        )
        .order_by(Activity.id)
    ).all():
        with work():
            activity = db.session.get_one(Activity, activity_id, with_for_update=True)
            if activity.state == ActivityState.PLANNED:
                told += telling.remind(activity, activity.ends_on, activity.title, day)
    return told
