"""What happens to studies and developments because time passed."""

from __future__ import annotations

from helpdesk.studies.rules import reminding
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def remind_studies() -> int:
    """Remind of work and studies that are due or late; one unit of work each, each step once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many people were reminded, this time or before.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for work_id in reminding.works_due(today):
        with work():
            told += reminding.remind_work(work_id, today)
    for study_id in reminding.studies_due(today):
        with work():
            told += reminding.remind_study(study_id, today)
    return told
