"""What happens to warranties because time passed."""

from __future__ import annotations

from helpdesk.coming.rules import warranties
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_warranties() -> int:
    """Tell technicians and storekeepers of warranties that end within 30 days, each once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many units' days were told of.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    with work():
        return warranties.tell(today)
