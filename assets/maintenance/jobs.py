"""Maintenance because time passed: items come in, dates fall due, days in schools are gathered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from assets.maintenance.models import Plan, Visit
from assets.maintenance.rules import enrolling, occurring, visiting
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.calendar import queries as calendar

A_STRETCH = 500
DAYS_AT_ONCE = 200


def follow_plans() -> int:
    """Bring every plan up to date; return how many items, dates and visits were touched.

    Safe to run again at any time: a date of an item stands in the book once.
    """
    me = Viewer(name="timetable")
    touched = 0
    for plan_id in db.session.scalars(select(Plan.id).where(Plan.ended_on.is_(None))).all():
        with work():
            plan = db.session.get(Plan, plan_id)
            touched += enrolling.enrol(plan) if plan is not None else 0
    touched += _leave_closed_days(me)
    touched += _raise_due(clock.today())
    while days := visiting.days_to_gather(DAYS_AT_ONCE):
        for unit_id, day, person_id in days:
            with work():
                visiting.gather(unit_id, day, person_id, by=me)
            touched += 1
    return touched


def _leave_closed_days(me: Viewer) -> int:
    """Move visits off days that the calendar has closed since they were planned."""
    found = visiting.visits_on_closed_days()
    for visit_id in found:
        with work():
            visit = db.session.get(Visit, visit_id)
            if visit is not None:
                visiting.leave_closed_day(visit, by=me)
    return len(found)


def _raise_due(today: date) -> int:
    """Let dates fall due, a stretch of items in each unit of work."""
    open_days: dict[tuple[date, int], date] = {}

    def open_day(day: date, unit_id: int) -> date:
        if (day, unit_id) not in open_days:
            open_days[day, unit_id] = calendar.next_open_day(day, unit_id)
        return open_days[day, unit_id]

    made, last = 0, 0
    while True:
        with work():
            items = occurring.due_items(today, A_STRETCH, last)
            known = occurring.recorded(items)
            rows = [
                row for item in items for row in occurring.raise_due(item, today, known, open_day)
            ]
            made += occurring.write(rows)
            last = items[-1].id if items else last
        if len(items) < A_STRETCH:
            return made
