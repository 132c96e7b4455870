"""What happens to risks because time passed."""

from __future__ import annotations

from helpdesk.risks import queries
from helpdesk.risks.rules import following
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def remind_risks() -> int:
    """Remind of improvements of internal control; one unit of work each, each step once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many people were reminded, this time or before.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for risk_id in queries.due_ids(today, following.AHEAD):
        with work():
            told += following.remind(risk_id, today)
    return told
