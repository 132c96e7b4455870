"""What happens to articles because time passed."""

from __future__ import annotations

from helpdesk.knowledge import queries, rules
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def remind_reviews() -> int:
    """Remind authors of articles whose review is due; return how many are due.

    Each is told once; nothing is told on a closed day, the next open day makes it good.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    with work():
        due = queries.to_review(today)
        for article in due:
            rules.remind(article, today)
        return len(due)
