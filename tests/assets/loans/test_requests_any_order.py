"""Whatever is asked, approved, handed out and on, returned, undone: never more promised than is."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from assets.loans import jobs, later_queries
from assets.loans.later_models import HandingOn
from assets.loans.models import Loan, LoanLine
from assets.loans.pools import Pools, pool_of
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules import (
    baskets,
    extending,
    handing_in,
    handing_on,
    lending,
    recalling,
    returning,
    sending,
    undoing,
)
from assets.loans.rules.lending import Piece
from assets.loans.rules.returning import Return
from assets.loans.states import NOT_BACK, LineState, Outcome, RequestState
from assets.register.models import Asset, Hold
from helpdesk.doctor import lendings, reservations, undertakings
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.calendar import queries as calendar
from office.people.access import Role
from tests.conftest import OFFICE_HOURS
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_request, open_day
from tests.factories.loans import terms
from tests.factories.office import make_person, make_unit, viewer_for

ITEMS, PEOPLE = 3, 2
CHECKS = (*lendings.CHECKS, *reservations.CHECKS, *undertakings.CHECKS)
number = st.integers(0, 5)


class Store(RuleBasedStateMachine):
    """A store with three like things, two people who ask, a director and an officer."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(kernel_clock.frozen(OFFICE_HOURS))
        kind = make_class(turnaround_days=1)
        self.assets = [make_asset(class_id=kind.id) for _each in range(ITEMS)]
        self.people = [make_person() for _each in range(PEOPLE)]
        self.director = make_person(Role.APPROVER)
        self.by = viewer_for(make_person(Role.STOREKEEPER))
        school = make_unit()
        self.schoolmaster = make_person(Role.COORDINATOR, unit=school, over=school)
        self.ids = [asset.id for asset in self.assets]

    def teardown(self) -> None:
        self.stack.close()

    @rule(
        who=st.integers(0, PEOPLE - 1),
        begins=st.integers(0, 9),
        days=st.integers(1, 6),
        quantity=st.integers(1, ITEMS),
        item=st.booleans(),
    )
    def ask(self, who: int, begins: int, days: int, quantity: int, item: bool) -> None:
        first = open_day(begins)
        end = calendar.next_open_day(first + timedelta(days=days))
        self._try(
            lambda: make_request(
                self.people[who],
                self.assets[0],
                quantity=1 if item else quantity,
                items=item,
                from_on=first,
                to_on=end,
            )
        )

    @rule(which=number)
    def approve(self, which: int) -> None:
        self._decide(which, lambda one: signing.approve(one, by=viewer_for(self.director)))

    def _decide(self, which: int, act: Any) -> None:
        one = self._one(RequestState.REQUESTED, which)
        if one is not None:
            approval_id = one.approval_id
            self._try(lambda: act(db.session.get_one(Approval, approval_id)))

    @rule(which=number)
    def reject(self, which: int) -> None:
        self._decide(which, lambda one: signing.reject(one, "x", by=viewer_for(self.director)))

    @rule(which=number, waiting=st.booleans())
    def cancel(self, which: int, waiting: bool) -> None:
        one = self._one(RequestState.REQUESTED if waiting else RequestState.APPROVED, which)
        if one is not None:
            by, request_id = viewer_for(one.asker), one.id
            self._try(lambda: sending.cancel(db.session.get_one(LoanRequest, request_id), by=by))

    @rule(days=st.integers(1, 4))
    def wait(self, days: int) -> None:
        later = kernel_clock.now() + timedelta(days=days)
        self.stack.enter_context(kernel_clock.frozen(later))
        jobs.expire_requests()

    @rule(who=st.integers(0, PEOPLE - 1), item=st.integers(0, ITEMS - 1), days=st.integers(1, 6))
    def hand_out(self, who: int, item: int, days: int) -> None:
        due = calendar.next_open_day(kernel_clock.today() + timedelta(days=days))
        borrower, asset_id = self.people[who], self.ids[item]
        self._try(lambda: lending.lend(borrower, [Piece(asset_id)], terms(due_on=due), by=self.by))

    @rule(item=st.integers(0, ITEMS - 1), lost=st.sampled_from([False] * 9 + [True]))
    def take_back(self, item: int, lost: bool) -> None:
        outcome = Outcome.LOST if lost else Outcome.GOOD
        self._try(lambda: returning.take_back([Return(self.ids[item], outcome)], by=self.by))

    @rule(item=st.integers(0, ITEMS - 1), days=st.integers(1, 9))
    def extend(self, item: int, days: int) -> None:
        line = self._out(item)
        if line is None:
            return
        day = calendar.next_open_day(line.due_on + timedelta(days=days))
        loan_id, line_id = line.loan_id, line.id

        def act() -> None:
            loan, own = db.session.get_one(Loan, loan_id), db.session.get_one(LoanLine, line_id)
            extending.extend(loan, [own], day, why="ต่อ", by=self.by)

        self._try(act)

    @rule(item=st.integers(0, ITEMS - 1))
    def recall(self, item: int) -> None:
        line = self._out(item)
        if line is None:
            return
        day = calendar.next_open_day(kernel_clock.today())
        loan_id, line_id = line.loan_id, line.id

        def act() -> None:
            loan, own = db.session.get_one(Loan, loan_id), db.session.get_one(LoanLine, line_id)
            recalling.recall(loan, [own], day, why="ใช้ราชการ", by=self.by)

        self._try(act)

    @rule(item=st.integers(0, ITEMS - 1))
    def hand_in_elsewhere(self, item: int) -> None:
        by = viewer_for(self.schoolmaster)
        self._try(lambda: handing_in.hand_in(db.session.get_one(Asset, self.ids[item]), by=by))

    @rule(item=st.integers(0, ITEMS - 1))
    def hand_on(self, item: int) -> None:
        line = self._out(item)
        if line is None:
            return
        giver = line.loan.borrower_id
        taker = next(one for one in self.people if one.id != giver)
        line_id, by, other = line.id, viewer_for(line.loan.borrower), viewer_for(taker)
        self._try(
            lambda: handing_on.offer(db.session.get_one(LoanLine, line_id), taker, "สอน", by=by)
        )
        offer = later_queries.offer_of(line_id)
        if offer is not None:
            offer_id = offer.id
            self._try(
                lambda: handing_on.accept(
                    db.session.get_one(HandingOn, offer_id), official=True, by=other
                )
            )

    @rule()
    def undo(self) -> None:
        loan = undoing.last_of(self.by)
        if loan is not None:
            loan_id = loan.id
            self._try(lambda: undoing.undo(db.session.get_one(Loan, loan_id), by=self.by))
            self._try(lambda: baskets.clear(by=self.by))

    def _out(self, item: int) -> LoanLine | None:
        return db.session.scalar(
            select(LoanLine).where(
                LoanLine.asset_id == self.ids[item], LoanLine.state == LineState.OUT
            )
        )

    def _one(self, state: RequestState, which: int) -> LoanRequest | None:
        found = db.session.scalars(
            select(LoanRequest)
            .where(
                LoanRequest.state == state,
                LoanRequest.asker_id.in_([person.id for person in self.people]),
            )
            .order_by(LoanRequest.id)
        ).all()
        return found[which % len(found)] if found else None

    def _try(self, act: Any) -> None:
        try:
            with work():
                act()
        except Refusal:
            db.session.rollback()

    @invariant()
    def every_item_has_one_open_line_and_one_hold_at_most(self) -> None:
        db.session.rollback()
        out = db.session.scalars(
            select(LoanLine.asset_id).where(
                LoanLine.asset_id.in_(self.ids), LoanLine.state.in_(NOT_BACK)
            )
        ).all()
        held = db.session.scalars(
            select(Hold.asset_id).where(Hold.asset_id.in_(self.ids), Hold.ended_at.is_(None))
        ).all()
        assert len(out) == len(set(out))
        assert sorted(out) == sorted(held)

    @invariant()
    def the_doctor_finds_nothing(self) -> None:
        assert {one.name: there for one in CHECKS if (there := list(one.find()))} == {}

    @invariant()
    def what_was_handed_over_is_counted_on_its_line(self) -> None:
        handed = dict(
            db.session.execute(
                select(LoanLine.request_line_id, func.count())
                .where(LoanLine.request_line_id.is_not(None))
                .group_by(LoanLine.request_line_id)
            ).all()
        )
        for line in db.session.scalars(select(RequestLine)):
            assert line.handed == handed.get(line.id, 0)
            fetched = all(one.left == 0 for one in line.request.lines)
            if line.request.state == RequestState.APPROVED:
                assert not fetched
            assert line.request.state != RequestState.DRAFT or line.handed == 0

    @invariant()
    def promises_alone_never_exceed_what_there_is(self) -> None:
        """Late and lost things break promises; but no day is promised more often than there is."""
        today = kernel_clock.today()
        asset = db.session.get_one(Asset, self.ids[0])
        found = Pools.read([pool_of(asset)])
        kept = found.promises.get(pool_of(asset), ())
        for days in range(30):
            day = today + timedelta(days=days)
            assert sum(one.count for one in kept if one.first <= day < one.end) <= ITEMS

    @invariant()
    def nobody_took_what_was_promised(self) -> None:
        """While nothing is late or lost, every promise can be kept on each of its days."""
        today = kernel_clock.today()
        asset = db.session.get_one(Asset, self.ids[0])
        lines = select(func.count(LoanLine.id)).where(LoanLine.asset_id.in_(self.ids))
        late = db.session.scalar(
            lines.where(LoanLine.state == LineState.OUT, LoanLine.due_on <= today)
        )
        lost = db.session.scalar(lines.where(LoanLine.state == LineState.LOST))
        back = db.session.scalar(
            select(func.max(LoanLine.returned_at)).where(LoanLine.asset_id.in_(self.ids))
        )
        rests = back is not None and kernel_clock.local(back).date() > today - timedelta(days=7)
        if late or lost or rests:
            return
        steps = Pools.read([pool_of(asset)]).steps(pool_of(asset))
        assert min(free for _day, free in steps) >= 0, steps


def test_the_books_agree_in_any_order(app: Flask) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Store,
        settings=settings(
            max_examples=4,
            stateful_step_count=18,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
