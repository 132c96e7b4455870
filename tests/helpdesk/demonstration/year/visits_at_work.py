"""The visits of maintenance plans in the simulated year, and the numbers of its tickets."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import select

from assets.maintenance.models import Occurrence, Visit
from assets.maintenance.rules import doing, visiting
from assets.maintenance.rules.doing import Said
from assets.maintenance.states import State, StepKind, VisitState
from kernel.db import db
from kernel.work import work
from tests.factories.office import viewer_for
from tests.helpdesk.demonstration.year.slow_year import FIRST
from tests.helpdesk.demonstration.year.the_office import person

TEN, MARCH = time(10, 0), 3


def done_on(planned: date) -> date:
    """Most visits are done on their day, those of February six weeks late; one began before."""
    if planned < FIRST:
        return date(2026, 10, 5)
    return planned + timedelta(days=40 if planned.month == 2 else 0)


class Story:
    """What only the year itself brings: the numbers of its tickets, and visits to do."""

    def __init__(self) -> None:
        self.numbers: dict[object, str] = {}

    def visit(self, day: date) -> None:
        """Do the visits of a day; what is maintained in March is left out with a reason."""
        found = db.session.execute(
            select(Visit.id, Visit.day).where(
                Visit.state.in_((VisitState.PLANNED, VisitState.UNDER_WAY))
            )
        )
        for visit_id, planned in found.all():
            if done_on(planned) == day:
                self._do(visit_id, left_out=day.month == MARCH)

    @staticmethod
    def _do(visit_id: int, *, left_out: bool) -> None:
        technician = viewer_for(person("technician"))
        with work():
            visit = db.session.get_one(Visit, visit_id)
            if visit.state == VisitState.PLANNED:
                visiting.begin(visit, by=technician)
            on_it = select(Occurrence).filter_by(visit_id=visit_id, state=State.ON_VISIT)
            for one in db.session.scalars(on_it).all():
                if left_out:
                    doing.skip(one, "ห้องปิด", by=technician)
                    continue
                for step in one.item.plan.steps:
                    reading = step.least if step.kind == StepKind.READING else None
                    doing.answer(one, Said(step.id, reading=reading), by=technician)
                db.session.flush()  # finishing reads the answers
                doing.finish(one, by=technician)
            visiting.finish(visit, by=technician)
