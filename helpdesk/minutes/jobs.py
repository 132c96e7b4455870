"""What happens to the tasks of meetings because time passed."""

from __future__ import annotations

from helpdesk.minutes import queries
from helpdesk.minutes.rules import tasks
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def remind_tasks() -> int:
    """Remind of tasks of meetings; one unit of work each, each step once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many people were reminded, this time or before.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for task_id in queries.due_tasks(today, tasks.AHEAD):
        with work():
            told += tasks.remind(task_id, today)
    return told
