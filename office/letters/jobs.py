"""What happens to letters because time passed."""

from __future__ import annotations

from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar
from office.letters import queries
from office.letters.rules import reminding


def remind_letters() -> int:
    """Remind of letters that want an answer; one unit of work each, each step once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many people were reminded, this time or before.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for letter_id in queries.due_ids(today, reminding.AHEAD):
        with work():
            told += reminding.remind(letter_id, today)
    return told
