"""Whatever people do in whatever order: what is approved was signed, and never by the asker."""

from __future__ import annotations

import itertools
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals import jobs
from office.approvals.kinds import StepPlan
from office.approvals.models import Approval, ApprovalAct, ApprovalStep
from office.approvals.rules import absences, asking, signing
from office.approvals.snapshot import fingerprint
from office.approvals.states import Act, Capacity, Place, State, StepState
from office.people import rules as staff
from office.people.access import Role
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import TESTER, make_person, viewer_for
from tests.office.approvals.conftest import People
from tests.office.approvals.wishes import DIRECTOR, HEAD, registered, wish

_subjects = itertools.count(1000)
WHO = st.integers(0, 5)


class Office(RuleBasedStateMachine):
    """Six people who ask, sign, refuse, go away and leave."""

    people: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[int] = []
        school = db.session.get_one(Person, self.people[0]).unit_id
        self.staff = [*self.people[:2], *self._newcomers(school)]

    def _newcomers(self, school: int) -> list[int]:
        from office.places.models import Unit

        unit = db.session.get_one(Unit, school)
        heads = [make_person(Role.APPROVER, unit=unit, over=unit).id for _n in range(2)]
        directors = [make_person(Role.APPROVER).id]
        return [*heads, *directors, make_person(unit=unit).id]

    def _do(self, who: int, verb: Any, *args: Any, **more: Any) -> None:
        person = db.session.get_one(Person, self.staff[who])
        if not self.ids or person.left_on is not None:
            return
        viewer = viewer_for(person)
        with suppress(Refusal), work():
            verb(db.session.get_one(Approval, self.ids[-1]), *args, by=viewer, **more)

    @rule(who=WHO)
    def submit(self, who: int) -> None:
        person = db.session.get_one(Person, self.staff[who])
        if person.left_on is not None:
            return
        viewer, request = viewer_for(person), wish(person, subject_id=next(_subjects))
        with work():
            self.ids.append(asking.submit(request, by=viewer).id)

    @rule(who=WHO)
    def approve(self, who: int) -> None:
        self._do(who, signing.approve)

    @rule(who=WHO)
    def reject(self, who: int) -> None:
        self._do(who, signing.reject, "ไม่เห็นด้วย")

    @rule(who=WHO)
    def send_back(self, who: int) -> None:
        self._do(who, signing.send_back, "ทำไม")

    @rule(who=WHO, changed=st.booleans())
    def answer(self, who: int, changed: bool) -> None:
        if not self.ids:
            return
        approval = db.session.get_one(Approval, self.ids[-1])
        content = {"thing": f"แก้ครั้งที่ {approval.version}"}
        asker = db.session.get_one(Person, approval.asker_id)
        request = wish(asker, subject_id=approval.subject_id, content=content)
        self._do(who, asking.answer, "ตอบ", request=request if changed else None)

    @rule(who=WHO)
    def recall(self, who: int) -> None:
        self._do(who, asking.recall)

    @rule(who=WHO, to=WHO)
    def delegate(self, who: int, to: int) -> None:
        self._do(who, signing.delegate, db.session.get_one(Person, self.staff[to]))

    @rule(who=WHO, to=WHO)
    def go_away(self, who: int, to: int) -> None:
        today = kernel_clock.today()
        with suppress(Refusal), work():
            absences.enter(
                db.session.get_one(Person, self.staff[who]),
                db.session.get_one(Person, self.staff[to]),
                today,
                today + timedelta(days=1),
                capacity=Capacity.ACTING,
                by=TESTER,
            )

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        with suppress(Refusal), work():
            staff.leave(db.session.get_one(Person, self.staff[who]), by=TESTER)

    @rule()
    def renew(self) -> None:
        jobs.renew_signers()

    @invariant()
    def the_books_agree(self) -> None:
        """Each approval of this run with its steps and acts, read together: it is asked often."""
        db.session.rollback()
        steps, acts = self._by_approval(ApprovalStep), self._by_approval(ApprovalAct)
        for approval in db.session.scalars(select(Approval).where(Approval.id.in_(self.ids))):
            approved = [act for act in acts[approval.id] if act.act == Act.APPROVED]
            round_now = [step for step in steps[approval.id] if step.round == approval.round]
            _what_is_approved_was_signed_at_every_step(approval, round_now, approved)
            _nobody_signs_the_own_request_nor_one_request_twice(approved)
            _what_waits_has_one_open_step(approval, steps[approval.id])

    def _by_approval(self, table: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {number: [] for number in self.ids}
        for row in db.session.scalars(select(table).where(table.approval_id.in_(self.ids))):
            found[row.approval_id].append(row)
        return found


def _what_is_approved_was_signed_at_every_step(
    approval: Approval, steps: list[ApprovalStep], approved: list[ApprovalAct]
) -> None:
    assert fingerprint(approval.snapshot) == approval.snapshot_hash
    if approval.state == State.APPROVED:
        assert steps
        assert {step.state for step in steps} == {StepState.SIGNED}
    for step in steps:
        signatures = [act for act in approved if act.step_id == step.id]
        assert bool(signatures) >= (step.state == StepState.SIGNED)
        assert all(act.snapshot_hash == approval.snapshot_hash for act in signatures)


def _nobody_signs_the_own_request_nor_one_request_twice(approved: list[ApprovalAct]) -> None:
    for act in approved:
        assert act.asker_id not in (act.person_id, act.principal_id)
    signers = [(act.round, act.person_id) for act in approved]
    assert len(signers) == len(set(signers))


def _what_waits_has_one_open_step(approval: Approval, steps: list[ApprovalStep]) -> None:
    opened = [step for step in steps if step.state == StepState.OPEN]
    assert len(opened) == (approval.state in (State.WAITING, State.SENT_BACK))


@pytest.mark.parametrize("group", [False, True], ids=["one", "all"])
def test_in_any_order(app: Flask, clock: Clock, people: People, group: bool) -> None:
    steps = (
        (StepPlan("คณะ", "", Place.OWN_UNIT, all_sign=True), DIRECTOR)
        if group
        else (HEAD, DIRECTOR)
    )
    machine = type("OneOffice", (Office,), {"people": [people.malee.id, people.head.id]})
    with registered(*steps):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=8,
                stateful_step_count=25,
                suppress_health_check=list(HealthCheck),
            ),
        )
