"""Whatever is lent, returned and extended in whatever order, the books agree with themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from assets.loans.models import Loan, LoanLine
from assets.loans.rules import extending, lending, returning
from assets.loans.rules.lending import Piece
from assets.loans.rules.returning import Return
from assets.loans.states import LineState, Outcome
from assets.register.models import Asset, Hold
from assets.register.states import Condition
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.calendar import queries as calendar
from office.people.access import Role
from tests.factories.assets import make_asset
from tests.factories.loans import terms
from tests.factories.office import make_person, viewer_for

ITEMS, PEOPLE = 4, 2


class Desk(RuleBasedStateMachine):
    """A desk with a few items, against a plain picture of who has what."""

    def __init__(self) -> None:
        super().__init__()
        self.assets = [make_asset() for _each in range(ITEMS)]
        self.people = [make_person() for _each in range(PEOPLE)]
        self.by = viewer_for(make_person(Role.STOREKEEPER))
        self.has: dict[int, int] = {}
        self.unfit: set[int] = set()
        self.lost: set[int] = set()

    @rule(who=st.integers(0, PEOPLE - 1), what=st.sets(st.integers(0, ITEMS - 1), min_size=1))
    def lend(self, who: int, what: set[int]) -> None:
        possible = not any(item in self.has or item in self.unfit for item in what)
        pieces = [Piece(self.assets[item].id) for item in sorted(what)]
        done = self._try(lambda: lending.lend(self.people[who], pieces, terms(), by=self.by))
        assert done == possible
        if done:
            self.has |= dict.fromkeys(what, who)

    @rule(what=st.sets(st.integers(0, ITEMS - 1), min_size=1), outcome=st.sampled_from(Outcome))
    def take_back(self, what: set[int], outcome: Outcome) -> None:
        again = set() if outcome == Outcome.LOST else self.lost
        possible = all(item in self.has or item in again for item in what)
        returns = [Return(self.assets[item].id, outcome, "พบ") for item in sorted(what)]
        done = self._try(lambda: returning.take_back(returns, by=self.by))
        assert done == possible
        if done:
            self.has = {item: who for item, who in self.has.items() if item not in what}
            self.unfit, self.lost = self.unfit - what, self.lost - what
            if outcome == Outcome.LOST:
                self.lost |= what
            if outcome not in (Outcome.GOOD, Outcome.INCOMPLETE):
                self.unfit |= what

    @rule(item=st.integers(0, ITEMS - 1), days=st.integers(-3, 20))
    def extend(self, item: int, days: int) -> None:
        line = db.session.scalar(
            select(LoanLine).where(
                LoanLine.asset_id == self.assets[item].id, LoanLine.state == LineState.OUT
            )
        )
        if line is None:
            return
        day = calendar.next_open_day(line.due_on + timedelta(days=days))
        possible = day > line.due_on
        loan_id, line_id = line.loan_id, line.id

        def act() -> None:
            loan, own = db.session.get_one(Loan, loan_id), db.session.get_one(LoanLine, line_id)
            extending.extend(loan, [own], day, why="ต่อ", by=self.by)

        assert self._try(act) == possible

    def _try(self, act: Any) -> bool:
        try:
            with work():
                act()
        except Refusal:
            return False
        return True

    @invariant()
    def the_books_agree(self) -> None:
        db.session.rollback()
        ids = {asset.id: index for index, asset in enumerate(self.assets)}
        out = db.session.scalars(
            select(LoanLine).where(LoanLine.asset_id.in_(ids), LoanLine.state == LineState.OUT)
        ).all()
        held = db.session.scalars(
            select(Hold.asset_id).where(Hold.asset_id.in_(ids), Hold.ended_at.is_(None))
        ).all()
        people = {person.id: index for index, person in enumerate(self.people)}
        assert {ids[line.asset_id]: people[line.loan.borrower_id] for line in out} == self.has
        assert sorted(held) == sorted(line.asset_id for line in out)
        for loan in db.session.scalars(select(Loan).where(Loan.borrower_id.in_(people))):
            still = any(line.loan_id == loan.id for line in out)
            assert (loan.closed_at is None) == still
        lost = db.session.scalars(
            select(Asset.id).where(Asset.id.in_(ids), Asset.condition == Condition.MISSING)
        ).all()
        assert {ids[one] for one in lost} == self.lost


def test_the_books_agree_in_any_order(app: Flask) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
