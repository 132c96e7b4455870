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

# A commit waits for the disk and a question costs as much for many, so not each person has a unit
# of work of their own; what a kill undoes is done again by the next run.
PEOPLE_AT_ONCE = 25


def flag_due(today: date | None = None) -> int:
    """Remind people of things that are due tomorrow, due, or overdue, some in each unit of work.

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
    flagged, everybody = 0, list(notices.people_to_remind(day).items())
    for start in range(0, len(everybody), PEOPLE_AT_ONCE):
        with work():
            flagged += notices.remind(dict(everybody[start : start + PEOPLE_AT_ONCE]), day)
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
