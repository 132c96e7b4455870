"""All chapters of a report in their order, told in Thai and within what the reader may see."""

from __future__ import annotations

from helpdesk.annual import people, things, work
from helpdesk.annual.chapters import Report
from helpdesk.annual.words import day
from helpdesk.desk.year import numbers_of
from helpdesk.figures.periods import Period
from kernel import clock
from kernel.access import Viewer
from kernel.i18n import speaking


def report_of(viewer: Viewer, period: Period, *, office: str) -> Report:
    """Return the report of a fiscal year.

    Args:
        viewer: who reads; every chapter tells what the viewer's rights reach.
        period: a whole fiscal year; of the present one what there is so far.
        office: the name of the office in Thai.
    """
    with speaking("th"):
        numbers = numbers_of(viewer, period)
        return Report(
            year=period.year,
            office=office,
            until=day(min(period.last_day, clock.today())),
            chapters=(
                work.overview(viewer, period, numbers),
                work.nine_processes(viewer, period),
                work.service_desk(viewer, period, numbers),
                work.lending(numbers),
                things.equipment(viewer, period),
                things.inspection(viewer, period),
                things.disposed(viewer, period),
                things.money_spent(viewer, period),
                people.trained(viewer, period),
                people.surveyed(viewer, period),
                people.secured(viewer, period),
            ),
        )
