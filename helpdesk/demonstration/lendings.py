"""The loans of a year: lent, brought back in time or late, extended, damaged, still out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from assets.loans.models import Loan, LoanLine
from assets.loans.rules import blocks, extending, lending
from assets.loans.rules.lending import Piece, Terms
from assets.loans.rules.returning import Return
from assets.loans.states import LineState, Outcome, PlaceKind
from assets.register.models import Asset
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import ICT_GROUP, SCHOOL, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.demonstration.things import Things
from helpdesk.desk.lending import rules as desk
from kernel import clock
from kernel.db import db

SCHOOL_SHARE = 0.2
EXTENDED, KEPT_LATE = 0.06, 0.2
COUNTER = time(10, 15)
# Days from today on which the last loans are due; nobody brings these back.
STILL_OUT = (-21, -9, -8, -2, -1, 0, 0, 1, 1, 3, 6)
OUTCOMES = {
    Outcome.GOOD: 92,
    Outcome.DAMAGED: 5,
    Outcome.WORN_OUT: 1,
    Outcome.INCOMPLETE: 2,
}


@dataclass
class Lendings:
    """Plans the loans of the year and plays them.

    Attributes:
        reported: called with the item whenever the desk opened a ticket for it.
    """

    cast: Cast
    things: Things
    diary: Diary
    chance: Random
    reported: Callable[[int], None]

    def plan(self, count: int, start: datetime) -> None:
        """Put the lending of ``count`` loans into the diary, the last ones still out today."""
        calendar, today = self.diary.calendar, clock.local(self.diary.end).date()
        days = [
            start.date() + timedelta(days=number) for number in range((today - start.date()).days)
        ]
        open_days = [day for day in days if calendar.is_open(day)]
        last_ones = STILL_OUT[: max(4, count // 6)]
        for _number in range(count - len(last_ones) - 1):
            at = clock.at(self.chance.choice(open_days[:-1]), self._hour())
            self.diary.plan(at, partial(self._lend, None))
        self.diary.plan(clock.at(open_days[len(open_days) // 2], COUNTER), self._lend_and_lose)
        for offset in last_ones:
            due = self._due(today, offset)
            lent_on = max(day for day in open_days if day < min(due, today))
            lent_on = open_days[max(0, open_days.index(lent_on) - self.chance.randint(1, 4))]
            self.diary.plan(clock.at(lent_on, self._hour()), partial(self._lend, due))

    def _hour(self) -> time:
        return time(self.chance.randint(9, 15), self.chance.randint(0, 59))

    def _lend(self, still_out_until: date | None) -> int | None:
        """Lend one to four things; with a day given they are not brought back before today."""
        at_school = still_out_until is None and self.chance.random() < SCHOOL_SHARE
        unit_id = self.cast.units[SCHOOL if at_school else ICT_GROUP]
        officer = "school-store" if at_school else self.chance.choice(("storekeeper", "fon"))
        free = self.things.free(unit_id)
        if not free:
            return None
        pieces = self.chance.sample(free, min(len(free), self.chance.choice((1, 1, 1, 2, 2, 3, 4))))
        borrower = self._borrower(officer)
        if borrower is None:
            return None
        due = still_out_until or self._due(clock.today(), self.chance.randint(1, 12))
        loan = lending.lend(
            self.cast.person(borrower),
            [Piece(one, db.session.get_one(Asset, one).accessories) for one in pieces],
            self._terms(borrower, due),
            by=self.cast.viewer(officer),
        )
        db.session.flush()  # what happens later knows the loan by its id
        self.things.away.update(pieces)
        if still_out_until is None:
            self._plan_end(loan.id, pieces, due, officer)
        return loan.id

    def _borrower(self, officer: str) -> str | None:
        """Return somebody who has nothing overdue, as those borrow nothing more."""
        names = list(self._borrowers(officer))
        self.chance.shuffle(names)
        return next(
            (name for name in names if blocks.block_of(self.cast.person(name).id) is None), None
        )

    def _borrowers(self, officer: str) -> Sequence[str]:
        if self.cast.homes[officer] == SCHOOL:
            return [name for name in self.cast.at(self.cast.units[SCHOOL]) if name != officer]
        out = ("admin", "director", officer)
        return [name for name in self.cast.ids if name not in out]

    def _terms(self, borrower: str, due: date) -> Terms:
        outside = self.cast.homes[borrower].isdecimal()
        approved = "approved_outside" if outside else "approved_inside"
        return Terms(
            purpose=script.phrase("purpose", self.chance),
            place_kind=PlaceKind.OUTSIDE if outside else PlaceKind.INSIDE,
            official=True,
            due_on=due,
            approved_by_text=script.phrase(approved, self.chance),
        )

    def _plan_end(self, loan_id: int, pieces: list[int], due: date, officer: str) -> None:
        drawn, back = self.chance.random(), clock.at(due, self._hour())
        if drawn < EXTENDED:
            later = self._due(due, self.chance.randint(4, 8))
            self.diary.plan(
                self.diary.after_working(4), partial(self._extend, loan_id, later, officer)
            )
            back = clock.at(later, self._hour())
        elif drawn < EXTENDED + KEPT_LATE:
            back = clock.at(self._due(due, self.chance.randint(1, 6)), self._hour())
        if len(pieces) > 2 and self.chance.random() < 0.4:
            early = self.diary.after_working(6)
            self.diary.plan(early, partial(self._take_back, pieces[:1], officer))
            pieces = pieces[1:]
        self.diary.plan(back, partial(self._take_back, pieces, officer))

    def _extend(self, loan_id: int, later: date, officer: str) -> None:
        loan = db.session.get_one(Loan, loan_id)
        out = select(LoanLine).where(LoanLine.loan_id == loan_id, LoanLine.state == LineState.OUT)
        lines = db.session.scalars(out.order_by(LoanLine.id)).all()
        why = script.phrase("extend", self.chance)
        extending.extend(loan, lines, later, why=why, by=self.cast.viewer(officer))

    def _take_back(self, pieces: Sequence[int], officer: str) -> None:
        ends = [(one, script.drawn(OUTCOMES, self.chance)) for one in pieces]
        returns = [Return(one, outcome, self._noticed(outcome)) for one, outcome in ends]
        desk.take_back_and_report(returns, by=self.cast.viewer(officer))
        db.session.flush()  # the tickets of what is damaged are found by the item
        for one, outcome in ends:
            if outcome == Outcome.DAMAGED:
                self.reported(one)
            elif outcome != Outcome.WORN_OUT:
                self.things.away.discard(one)

    def _noticed(self, outcome: Outcome) -> str:
        told = outcome in (Outcome.DAMAGED, Outcome.INCOMPLETE)
        return script.phrase(str(outcome), self.chance) if told else ""

    def _lend_and_lose(self) -> None:
        """Lend one thing that never comes back: the one loss of the year."""
        loan_id = self._lend(self._due(clock.today(), 7))
        if loan_id is not None:
            self.diary.plan(self.diary.after_working(120), partial(self._lose, loan_id))

    def _lose(self, loan_id: int) -> None:
        lines = select(LoanLine.asset_id).where(LoanLine.loan_id == loan_id).order_by(LoanLine.id)
        lost, *rest = db.session.scalars(lines).all()
        ends = [Return(lost, Outcome.LOST, script.phrase("lost", self.chance))]
        ends += [Return(one, Outcome.GOOD) for one in rest]
        desk.take_back_and_report(ends, by=self.cast.viewer("storekeeper"))
        self.things.away.difference_update(rest)

    def _due(self, day: date, days: int) -> date:
        """Return an open day so many days later, or earlier for a negative number."""
        found = day + timedelta(days=days)
        while days < 0 and not self.diary.calendar.is_open(found):
            found -= timedelta(days=1)
        return self.diary.calendar.next_open_day(found)
