"""What happens to rights because time passed: told ahead, ended, reviewed; each once."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select

from helpdesk.access_rights import queries
from helpdesk.access_rights.models import AccessRight, InformationSystem, ReviewRound
from helpdesk.access_rights.rules import granting, notices, reviewing
from helpdesk.access_rights.states import SOON_DAYS
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.people.models import Person

TIMETABLE = Viewer(name="timetable")
REMIND_EVERY = timedelta(days=7)


def watch_rights(today: date | None = None) -> int:
    """Tell holders ahead, end what is over (R-AC1) and what leavers hold (R-AC2).

    One unit of work each; called again on the same day it changes nothing.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many rights were told of or ended.
    """
    day = today or clock.today()
    touched = 0
    for right_id in _near_their_end(day):
        with work():
            right = granting.locked(right_id)
            if right is None:
                continue
            ended = granting.expire(right, day, by=TIMETABLE)
            touched += ended or granting.warn(right, day)
    return touched


def _near_their_end(day: date) -> list[int]:
    soon = day + timedelta(days=max(SOON_DAYS))
    return list(
        db.session.scalars(
            select(AccessRight.id)
            .join(Person, Person.id == AccessRight.person_id)
            .where(
                AccessRight.revoked_at.is_(None),
                or_(AccessRight.ends_on <= soon, Person.left_on <= day),
            )
            .order_by(AccessRight.id)
        )
    )


def open_reviews(today: date | None = None) -> int:
    """Open the reviews that are due, and remind owners weekly of those that are late.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many were opened or reminded of.
    """
    day = today or clock.today()
    touched = 0
    for system in queries.systems():
        with work():
            touched += _review(db.session.get_one(InformationSystem, system.id), day)
    return touched


def _review(system: InformationSystem, day: date) -> bool:
    round_ = db.session.scalar(
        select(ReviewRound).where(
            ReviewRound.system_id == system.id, ReviewRound.closed_at.is_(None)
        )
    )
    if round_ is None:
        if not reviewing.is_due(system, day) or not queries.holders_of([system.id]):
            return False
        reviewing.open_round(system, by=TIMETABLE)
        return True
    last = round_.reminded_on or round_.due_on
    if day <= round_.due_on or day - last < REMIND_EVERY:
        return False
    round_.reminded_on = day
    notices.tell_review(round_)
    return True
