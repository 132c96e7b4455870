"""Plans of maintenance for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from assets.catalogue.models import AssetClass
from assets.maintenance.models import Plan
from assets.maintenance.rules import enrolling, planning
from assets.maintenance.rules.planning import Draft, StepDraft
from assets.maintenance.states import Every
from kernel.db import db
from tests.factories.assets import make_class
from tests.factories.office import TESTER, in_work

STEPS = (StepDraft("ทำความสะอาดพัดลม"), StepDraft("อัปเดตระบบ"))


def class_of_things(**overrides: Any) -> AssetClass:
    """Return a new class that has its id, inside of a unit of work too."""
    made = make_class(**overrides)
    db.session.flush()
    return made


def make_plan(for_class: AssetClass | None = None, **overrides: Any) -> Plan:
    """Return a new plan with its items: each first of a month, for a class (a new one if none)."""
    with in_work():
        if not overrides.keys() & {"asset_id", "model_id", "unit_id", "class_id"}:
            overrides["class_id"] = (for_class or class_of_things()).id
        draft = Draft(
            **{
                "name_th": "บำรุงรักษาคอมพิวเตอร์",
                "counts": Every.MONTHS,
                "starts_on": date(2026, 12, 1),
                "steps": STEPS,
                **overrides,
            }
        )
        plan = planning.make(draft, by=TESTER)
        enrolling.enrol(plan)
    return plan
