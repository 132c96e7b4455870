"""What several test files of this room do and look at."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from assets.maintenance.models import Occurrence, Plan
from assets.maintenance.rules import doing
from assets.maintenance.rules.doing import Said
from assets.maintenance.states import (
    State,
)
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work

ME = Viewer(name="a test")


def one_item(**overrides: Any) -> Plan:
    """Return a plan with one item."""
    with in_work():
        kind = class_of_things()
        make_asset(class_id=kind.id)
        return make_plan(kind, **overrides)


def book() -> list[tuple[str, date]]:
    db.session.rollback()
    found = db.session.scalars(select(Occurrence).order_by(Occurrence.due_on, Occurrence.id))
    return [(str(one.state), one.due_on) for one in found]


def only(kind: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(select(kind)).one()


def open_one() -> Occurrence:
    db.session.rollback()
    return db.session.scalars(
        select(Occurrence).where(Occurrence.state.in_([State.PLANNED, State.ON_VISIT]))
    ).one()


def do(occurrence: Occurrence, **finish: Any) -> None:
    with work():
        found = db.session.get_one(Occurrence, occurrence.id)
        for step in found.item.plan.steps:
            doing.answer(found, Said(step.id), by=ME)
        db.session.flush()
        doing.finish(found, by=ME, **finish)
