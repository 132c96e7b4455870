"""What happens to disposals because time passed."""

from __future__ import annotations

from assets.disposals.rules import notices
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_disposals() -> int:
    """Tell people of the deadlines of disposals: near, due, passed; each step once.

    On a closed day nothing is sent; the next open day makes it good. Running again changes
    nothing.

    Returns:
        how many cases reached a new step.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    with work():
        return notices.tell(today)
