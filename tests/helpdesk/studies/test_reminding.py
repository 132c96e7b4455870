"""Reminders of work and studies that are due or late: each step once, and never on a closed day."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import select

from helpdesk.studies import jobs
from helpdesk.studies.models import Development, Study
from helpdesk.studies.states import State
from kernel.clock import at
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.office import in_work
from tests.factories.studies import make_development, make_study

DAYS = ("2026-11-30", "2026-12-01", "2026-12-04", "2027-01-04")


def told() -> list[str]:
    """Return what the reminders have said so far, in their order."""
    found = db.session.scalars(
        select(OutgoingMessage.subject)
        .where(OutgoingMessage.kind == "study_due")
        .order_by(OutgoingMessage.id)
    )
    said = [one.rpartition("” ")[2] or one for one in found]
    db.session.rollback()
    return said


def test_work_and_studies_are_asked_after_when_due_and_again_while_late(
    cast: Cast, clock: Clock
) -> None:
    work = make_development(cast.thep, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 1))
    study = make_study(cast.thep)
    steps = []
    # A Saturday, less than a week before, the day, three days late, a month late.
    for day in (date(2026, 11, 28), *map(date.fromisoformat, DAYS)):
        clock.set(at(day, time(8)))
        jobs.remind_studies()
        jobs.remind_studies()
        steps.append(len(told()))
    with in_work():
        row = db.session.get_one(Development, work.id)
        row.state, row.finished_on = State.FINISHED, date(2027, 1, 5)
        db.session.get_one(Study, study.id).begun_on = date(2026, 11, 5)
    clock.set(at(date(2027, 2, 8), time(8)))
    jobs.remind_studies()
    assert steps == [0, 1, 2, 3, 4]
    late, report, study_open = told()[3:]
    assert "เกินกำหนดแล้ว" in late
    assert report != late
    assert study_open == "ยังไม่แล้วเสร็จ"
