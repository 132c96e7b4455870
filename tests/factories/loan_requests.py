"""Requests to borrow for tests, in any state on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from assets.loans import pools
from assets.loans.request_models import LoanRequest
from assets.loans.rules import asking, sending
from assets.loans.rules.asking import Wish
from assets.register.models import Asset
from kernel import clock
from kernel.db import db
from office.approvals.models import Approval, ApprovalStep, StepSigner
from office.approvals.rules import signing
from office.approvals.states import StepState
from office.calendar import queries as calendar
from office.people.models import Person
from tests.factories.office import in_work, viewer_for


def open_day(days: int) -> date:
    """Return the first open day so many days from today."""
    return calendar.next_open_day(clock.today() + timedelta(days=days))


def wish(**overrides: Any) -> Wish:
    """Return a wish that the regulation allows: official, inside, for two days or so."""
    return Wish(
        **{
            "from_on": open_day(1),
            "to_on": open_day(4),
            "purpose": "อบรมครูวิทยาการคำนวณ",
            "official": True,
            **overrides,
        }
    )


def draft(
    asker: Person, *assets: Asset, quantity: int = 1, items: bool = False, **overrides: Any
) -> LoanRequest:
    """Return a draft that asks for the kind of each of these items, or for exactly them."""
    meeting = overrides.pop("meeting", None)
    with in_work():
        by = viewer_for(asker)
        for asset in assets:
            request = asking.put(
                pools.pool_of(asset), quantity, by=by, asset_id=asset.id if items else None
            )
        db.session.flush()  # the lines are known by their ids
        asking.write_down(request, wish(**overrides), {}, meeting, by=by)
    return request


def make_request(asker: Person, *assets: Asset, **more: Any) -> LoanRequest:
    """Return a request that was sent and waits for its approval."""
    with in_work():
        made = draft(asker, *assets, **more)
        return sending.submit(made, by=viewer_for(asker))


def sign(request: LoanRequest, *, by: Person | None = None) -> None:
    """Let who is asked (or this person) approve a request in a unit of work of its own."""
    request_id, person_id = request.id, by.id if by else None
    with in_work():
        one = db.session.get_one(LoanRequest, request_id)
        approval = db.session.get_one(Approval, one.approval_id)
        person = db.session.get_one(Person, person_id or _asked(approval))
        signing.approve(approval, by=viewer_for(person))


def refuse(request: LoanRequest, *, why: str = "ใช้ในราชการอื่น") -> None:
    """Let who is asked say no."""
    request_id = request.id
    with in_work():
        one = db.session.get_one(LoanRequest, request_id)
        approval = db.session.get_one(Approval, one.approval_id)
        person = db.session.get_one(Person, _asked(approval))
        signing.reject(approval, why, by=viewer_for(person))


def asked(request: LoanRequest) -> list[int]:
    """Return the ids of the people who are asked for the approval of a request now."""
    query = (
        select(StepSigner.person_id)
        .join(ApprovalStep, ApprovalStep.id == StepSigner.step_id)
        .where(
            ApprovalStep.approval_id == request.approval_id,
            ApprovalStep.state == StepState.OPEN,
            StepSigner.ended_at.is_(None),
        )
        .order_by(StepSigner.id)
    )
    return list(db.session.scalars(query))


def _asked(approval: Approval) -> int:
    query = (
        select(StepSigner.person_id)
        .join(ApprovalStep, ApprovalStep.id == StepSigner.step_id)
        .where(ApprovalStep.approval_id == approval.id, ApprovalStep.state == StepState.OPEN)
        .order_by(StepSigner.id)
    )
    found = db.session.scalars(query).first()
    assert found is not None
    return found


def make_approved(asker: Person, *assets: Asset, **more: Any) -> LoanRequest:
    """Return a request that was approved."""
    made = make_request(asker, *assets, **more)
    sign(made)
    return db.session.get_one(LoanRequest, made.id)
