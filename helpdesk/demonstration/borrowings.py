"""What people of the demonstration ask to borrow, and how the desk deals with what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from assets.loans import later_queries, shelf
from assets.loans.later_models import FollowUpLetter, LoanDuty
from assets.loans.later_states import DutyKind, DutyState
from assets.loans.models import Loan, LoanLine
from assets.loans.pools import Pool
from assets.loans.request_models import LoanRequest
from assets.loans.rules import (
    asking,
    blocks,
    compensation,
    extending,
    kits,
    lending,
    letters,
    sending,
)
from assets.loans.rules.asking import Meeting, Wish
from assets.loans.rules.lending import Piece, Terms
from assets.loans.shelf import Wanted
from assets.loans.states import LineState
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import ICT_GROUP, STORE, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.demonstration.things import Things
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from office.approvals.models import Approval, ApprovalStep, StepSigner
from office.approvals.rules import signing
from office.approvals.states import State, StepState
from office.bookkeeping import audit
from office.people.models import Person
from office.places.access import viewer_of

KIT_PARTS, PAID = 3, Decimal(850)
REPAIR_DAYS, LIFT_DAYS, WISH_DAYS = 14, 3, 5
SETTLED_AFTER = timedelta(days=20)
Row = Mapping[str, str]


@dataclass
class Borrowings:
    """Plans the requests of the last day, and what the desk settles then."""

    cast: Cast
    things: Things
    diary: Diary

    def plan(self, start: datetime, at: datetime) -> None:
        """Let the desk settle things each week from ``start``; all else happens at one moment."""
        week = start + timedelta(weeks=1)
        while week < at - timedelta(days=10):
            self.diary.plan(self.diary.calendar.opening(week), self._settle_the_week)
            week += timedelta(weeks=1)
        self.diary.plan(at, self._keep_kit)
        for row in script.rows("requests.csv"):
            self.diary.plan(at, partial(self._ask, row))
        for act in (self._agree, self._lift, self._wish):
            self.diary.plan(at, act)

    @property
    def _unit_id(self) -> int:
        return self.cast.units[ICT_GROUP]

    def _open_day(self, days: str) -> date:
        return self.diary.calendar.next_open_day(clock.today() + timedelta(days=int(days)))

    def _free(self, first: date, end: date, pieces: int) -> Pool | None:
        """Return what the lending desk has most of on these days, if enough."""
        found = shelf.things(self._unit_id, Wanted(first, end), 1)
        best = max(found, key=lambda one: one.free, default=None)
        return best.pool if best is not None and best.free >= pieces else None

    def _keep_kit(self) -> None:
        by, today = self.cast.viewer(STORE), clock.today()
        kit = kits.add(self._unit_id, script.phrases("kit_name")[0], "", by=by)
        kit.note = script.phrases("kit_note")[0]
        db.session.flush()  # the parts name the kit
        parts = shelf.things(self._unit_id, Wanted(today, today + timedelta(days=1)), 1)
        for part in [one for one in parts if one.kind != "item"][:KIT_PARTS]:
            kits.put(kit, part.pool, 1, by=by)

    def _ask(self, row: Row) -> None:
        by, pieces = self.cast.viewer(row["asker"]), int(row["pieces"])
        first, end = self._open_day(row["first"]), self._open_day(row["last"])
        end = end if end > first else self._open_day(str(int(row["last"]) + 1))
        pool = self._free(first, end, pieces)
        if pool is None or blocks.block_of(self.cast.ids[row["asker"]]) is not None:
            return
        request = asking.put(pool, pieces, by=by)
        db.session.flush()  # the lines are known by their ids
        asking.write_down(request, _wish(row, first, end), {}, self._meeting(row, first), by=by)
        sending.submit(request, by=by)
        if row["fate"] != "waiting":
            db.session.flush()  # what is decided next knows the request by its id
            self.diary.plan(clock.now(), partial(self._decide, request.id, row))

    def _meeting(self, row: Row, day: date) -> Meeting | None:
        if not row["meeting"]:
            return None
        operator = row["operator"]
        return Meeting(
            kind=row["kind"],
            title=row["meeting"],
            starts_at=clock.at(day, time(int(row["begins"]))),
            ends_at=clock.at(day, time(int(row["ends"]))),
            place_text=row["room"],
            platform=row["platform"],
            operator_id=self.cast.ids[operator] if operator else None,
        )

    def _decide(self, request_id: int, row: Row) -> None:
        request = db.session.get_one(LoanRequest, request_id)
        if row["fate"] == "cancelled":
            sending.cancel(request, by=self.cast.viewer(row["asker"]))
            return
        approval = db.session.get_one(Approval, request.approval_id)
        if row["fate"] == "refused":
            signing.reject(approval, row["reason"], by=acting(asked(approval)))
            return
        while approval.state == State.WAITING:
            signing.approve(approval, by=acting(asked(approval)))
            db.session.flush()  # the next step is asked for as it is now
        if row["fate"] == "fetched":
            self._hand_over(request)

    def _hand_over(self, request: LoanRequest) -> None:
        pool = Pool(
            request.lending_unit_id, request.lines[0].model_id or 0, request.lines[0].class_id or 0
        )
        ready = [one for one in shelf.items_in(pool) if one.id in self.things.free(self._unit_id)]
        if not ready or request.to_on is None:
            return
        terms = Terms(
            purpose=request.purpose,
            place_kind=request.place_kind,
            official=True,
            due_on=request.to_on,
            approved_by_text=script.phrases("approved_outside")[0],
        )
        piece = Piece(ready[0].id, ready[0].accessories)
        lending.lend(request.asker, [piece], terms, by=self.cast.viewer(STORE))
        self.things.away.add(ready[0].id)

    def _settle_the_week(self) -> None:
        """Send the letters that were prepared, and close the duties of some weeks ago."""
        by = self.cast.viewer(STORE)
        prepared = select(FollowUpLetter).where(FollowUpLetter.sent_at.is_(None))
        for letter in db.session.scalars(prepared.order_by(FollowUpLetter.id)).all():
            number = letters.suggested_number() or script.phrases("letter_number")[0]
            lines = [row.line for row in later_queries.letter_lines(letter)]
            letters.send(letter, lines, number, clock.today(), by=by)
            db.session.flush()  # the next number follows this one
        for duty in self._owed(clock.now() - SETTLED_AFTER):
            paid = duty.id % 3 == 0
            compensation.settle(
                duty,
                DutyKind.PAY if paid else DutyKind.REPAIR,
                paper=script.phrases("duty_paper")[0 if paid else 1],
                amount=PAID if paid else None,
                note="",
                by=by,
            )

    def _owed(self, before: datetime) -> Sequence[LoanDuty]:
        query = select(LoanDuty).where(
            LoanDuty.state == DutyState.OPEN,
            LoanDuty.opened_at < before,
            LoanDuty.person_id != self.cast.ids[STORE],
        )
        return db.session.scalars(query.order_by(LoanDuty.id)).all()

    def _agree(self) -> None:
        """Let the borrower of one damaged thing agree to have it repaired."""
        until, note = clock.today() + timedelta(days=REPAIR_DAYS), script.phrases("duty_note")[0]
        for duty in self._owed(clock.now())[:1]:
            compensation.agree(
                duty, DutyKind.REPAIR, due_on=until, note=note, by=self.cast.viewer(STORE)
            )

    def _lift(self) -> None:
        by, until = self.cast.viewer(STORE), clock.today() + timedelta(days=LIFT_DAYS)
        late = db.session.scalars(
            select(Loan.borrower_id)
            .join(LoanLine, LoanLine.loan_id == Loan.id)
            .where(LoanLine.state == LineState.OUT, LoanLine.due_on < clock.today())
            .order_by(LoanLine.due_on)
            .limit(1)
        ).first()
        if late is not None and late != by.id:
            why = script.phrases("lift_why")[0]
            blocks.lift(db.session.get_one(Person, late), until, why, by=by)

    def _wish(self) -> None:
        """Let somebody wish to keep a thing longer; the first to whom nothing stands in the way."""
        kept = db.session.scalars(
            select(LoanLine)
            .where(LoanLine.state == LineState.OUT, LoanLine.due_on >= clock.today())
            .order_by(LoanLine.id)
            .limit(10)
        ).all()
        for line in kept:
            day = self.diary.calendar.next_open_day(line.due_on + timedelta(days=WISH_DAYS))
            by = acting(line.loan.borrower_id)
            with suppress(Refusal), audit.trial():
                extending.ask(line, day, script.phrases("wish_why")[0], by=by)
                return


def _wish(row: Row, first: date, end: date) -> Wish:
    agency = bool(row["agency"])
    return Wish(
        from_on=first,
        to_on=end,
        purpose=row["purpose"],
        official=True,
        place_kind=row["place_kind"],
        place_text=row["place"],
        agency_name=row["agency"],
        agency_contact=row["contact"],
        agency_phone=row["phone"],
        letter_no=row["letter"],
        letter_on=clock.today() - timedelta(days=3) if agency else None,
    )


def asked(approval: Approval) -> int:
    """Return the id of the first person whom the open step asks."""
    return db.session.scalars(
        select(StepSigner.person_id)
        .join(ApprovalStep, ApprovalStep.id == StepSigner.step_id)
        .where(
            ApprovalStep.approval_id == approval.id,
            ApprovalStep.state == StepState.OPEN,
            StepSigner.ended_at.is_(None),
        )
        .order_by(StepSigner.id)
        .limit(1)
    ).one()


def acting(person_id: int) -> Viewer:
    """Return a person as the one who acts."""
    found = viewer_of(person_id)
    if found is None:
        raise LookupError(person_id)
    return found
