"""What happens to rounds because time passed."""

from __future__ import annotations

from assets.counts.rules import notices
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_rounds() -> int:
    """Remind committees of reports that are due soon or late; one unit of work each.

    On a closed day nothing is sent; the next open day makes it good. Running again changes
    nothing.

    Returns:
        how many people were told, this time or before.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for round_id in notices.rounds_to_remind(today):
        with work():
            told += notices.remind(round_id, today)
    return told
