"""What happens to handovers because time passed."""

from __future__ import annotations

from assets.transfers.rules import handing
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def remind_handovers() -> int:
    """Remind people who have not answered a handover for seven days, each once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many were reminded.
    """
    if not calendar.is_open_day(clock.today()):
        return 0
    reminded = 0
    for handover_id in handing.to_remind(clock.now()):
        with work():
            reminded += handing.remind(handover_id)
    return reminded
