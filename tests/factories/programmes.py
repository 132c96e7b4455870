"""Programmes for tests: drafted, planned, approved by the director."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from helpdesk.programmes.models import Activity, Programme
from helpdesk.programmes.rules import drafting, planning, proposing, stepping
from helpdesk.programmes.rules.drafting import Draft
from helpdesk.programmes.rules.planning import Line
from helpdesk.programmes.states import StepAction
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.people.models import Person
from tests.factories.office import in_work, viewer_for


def make_programme(owner: Person, process_no: int = 2, **overrides: Any) -> Programme:
    """Return a new draft of fiscal year 2570 that a person owns."""
    fields: dict[str, Any] = {
        "process_no": process_no,
        "fiscal_year": 2570,
        "name": "โครงการบำรุงรักษาเครื่องคอมพิวเตอร์ ปีงบประมาณ 2570",
        "objective": "เพื่อให้เครื่องคอมพิวเตอร์พร้อมใช้งาน",
        "targets": "โรงเรียนในสังกัดทุกแห่ง",
        "unit_id": owner.unit_id,
        "owner": owner,
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2027, 9, 30),
        "budget": Decimal("20000.00"),
        **overrides,
    }
    with in_work():
        return drafting.begin(Draft(**fields), by=viewer_for(owner))


def plan_line(
    programme: Programme, by: Person, title: str, first: date, budget: Decimal = Decimal(0)
) -> Activity:
    """Return a new activity of a month in the plan of a draft."""
    line = Line(title, first, first + timedelta(days=29), None, budget)
    with in_work():
        db.session.refresh(programme)
        return planning.plan_activity(programme, line, by=viewer_for(by))


def proposed(programme: Programme, by: Person) -> Approval:
    """Propose a programme and return its approval."""
    with in_work():
        found = db.session.get_one(Programme, programme.id)
        proposing.propose(found, by=viewer_for(by))
    db.session.rollback()
    return db.session.scalars(
        select(Approval).where(Approval.kind == proposing.KIND).order_by(Approval.id.desc())
    ).first()  # type: ignore[return-value]  # it was made a moment ago


def signed(approval: Approval, by: Person) -> None:
    """Let the director sign an approval."""
    with in_work():
        found = db.session.get_one(Approval, approval.id)
        signing.approve(found, by=viewer_for(by))
    db.session.rollback()


def approved(programme: Programme, by: Person, director: Person) -> Programme:
    """Propose a programme, have it signed, and return it."""
    signed(proposed(programme, by), director)
    return db.session.get_one(Programme, programme.id)


def settled(programme: Programme, *numbers: int) -> None:
    """Let the owner finish the steps of these numbers."""
    with in_work():
        found = db.session.get_one(Programme, programme.id)
        for number in numbers:
            step = stepping.step_of(found, number)
            stepping.move(found, step, StepAction.FINISH, by=viewer_for(found.owner))
