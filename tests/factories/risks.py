"""Tables of internal control for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from helpdesk.risks.models import Risk, RiskComponent, RiskTable
from helpdesk.risks.rules import keeping, weighing
from kernel.db import db
from office.people.models import Person
from office.places.models import Unit
from tests.factories.office import TESTER, in_work


def make_risk_table(unit: Unit, year: int = 2570) -> RiskTable:
    """Return an open table without risks."""
    with in_work():
        return keeping.begin(unit.id, year, by=TESTER)


def make_risk(table: RiskTable, responsible: Person, **overrides: Any) -> Risk:
    """Return a high risk of a table with its treatment."""
    fields = {
        "objective": "การให้ยืมครุภัณฑ์",
        "danger": "คืนเกินกำหนด",
        "control": "ใบยืม",
        "verdict": "partly",
        "assessment": "",
        "likelihood": 4,
        "impact": 3,
        "remaining": "",
        "treatment": "reduce",
        "improvement": "แจ้งหัวหน้าหน่วยงาน",
        "responsible_id": responsible.id,
        "due_on": date(2026, 12, 15),
        "source": "",
        **overrides,
    }
    with in_work():
        return weighing.add(db.session.get_one(RiskTable, table.id), fields, by=TESTER)


def judged(table: RiskTable) -> RiskTable:
    """Return a table whose five components are judged."""
    with in_work():
        rows = select(RiskComponent).where(RiskComponent.table_id == table.id)
        for one in db.session.scalars(rows):
            one.finding = "เพียงพอ"
    return db.session.get_one(RiskTable, table.id)
