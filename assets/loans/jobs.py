"""What happens to loans because time passed."""

from __future__ import annotations

from datetime import date

from assets.loans.request_models import LoanRequest
from assets.loans.rules import notices, sending
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.calendar import queries as calendar


def flag_due(today: date | None = None) -> int:
    """Remind people of things that are due tomorrow, due, or overdue; one unit of work each.

    On a closed day nothing is sent; the next open day makes it good. Running again on the same day
    changes nothing.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many lines reached a new step.
    """
    day = today or clock.today()
    if not calendar.is_open_day(day):
        return 0
    flagged = 0
    for person_id, of_people in notices.people_to_remind(day).items():
        with work():
            flagged += notices.remind(person_id, day, of_people)
    return flagged


def expire_requests(today: date | None = None) -> int:
    """End requests that were not fetched, or not decided, in time; one unit of work each.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many requests ended.
    """
    day, ended = today or clock.today(), 0
    for request_id in sending.to_expire(day):
        with work():
            request = db.session.get_one(LoanRequest, request_id)
            ended += sending.expire(request, day, by=Viewer(name="timetable"))
    return ended
