"""What happens to the register because time passed."""

from __future__ import annotations

from assets.register.rules import servicing
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_service() -> int:
    """Tell people which equipment is due for service; return how many items were told of.

    Nothing is told on a closed day; the next open day makes it good.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    with work():
        return servicing.tell(today)
