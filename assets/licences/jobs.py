"""What happens to licences because time passed."""

from __future__ import annotations

from assets.licences.rules import notices
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_licences() -> int:
    """Tell of licences that end soon or have ended; one unit of work each, each step once.

    On a closed day nothing is sent; the next open day makes it good. Running again changes
    nothing.

    Returns:
        how many people were told, this time or before.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for licence_id in notices.near_their_end(today):
        with work():
            told += notices.tell(licence_id, today)
    return told
