"""The job of a visit in the queue: its clock runs from the visit's day, and it goes with it."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Flask
from sqlalchemy import select

from assets.maintenance.jobs import follow_plans
from assets.maintenance.models import Visit
from assets.maintenance.rules import visiting
from helpdesk.tickets.deadlines import jobs as deadlines
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as working
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, make_person, viewer_for

OPENS = time(8, 30)


def opening(day: date) -> datetime:
    return kernel_clock.at(day, OPENS)


def test_the_job_of_a_visit_is_late_from_its_day_on_and_goes_with_the_visit(
    app: Flask, clock: Clock
) -> None:
    cast, other = make_cast(), make_person(Role.TECHNICIAN)
    by = viewer_for(cast.thep)
    with in_work():
        kind = class_of_things()
        make_asset(cast.school, class_id=kind.id)
        make_plan(kind, starts_on=date(2026, 12, 1), caretaker_id=cast.thep.id, steps=())
    follow_plans()
    visit_id = db.session.scalars(select(Visit.id)).one()

    def job() -> Ticket:
        db.session.rollback()
        return db.session.scalars(select(Ticket)).one()

    def dues() -> tuple[datetime, datetime]:
        response, end = job().response_due_at, job().resolution_due_at
        assert response is not None
        assert end is not None
        return response, end

    first = dues()
    assert min(first) > opening(date(2026, 12, 1))
    # A week later, and still before the day: nobody is warned, and who begins early keeps the time.
    clock.set(opening(date(2026, 11, 30)))
    assert deadlines.escalate() == 0
    with work():
        working.start(db.session.scalars(select(Ticket)).one(), by=by)
    assert dues() == first

    with work():
        visiting.move(db.session.get_one(Visit, visit_id), date(2026, 12, 3), by=by)
    assert min(dues()) > opening(date(2026, 12, 3))
    with work():
        visiting.give(db.session.get_one(Visit, visit_id), other.id, by=by)
    assert job().assignee_id == other.id
