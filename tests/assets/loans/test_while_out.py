"""While a thing is out: wishes, handing on, recall, undoing, blocks, overrides."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from assets.catalogue.states import Borrowers
from assets.loans import later_queries as later
from assets.loans.later_models import LoanOverride
from assets.loans.later_states import OfferState, WishState
from assets.loans.models import BasketLine, Loan, LoanLine
from assets.loans.rules import (
    blocks,
    extending,
    handing_on,
    lending,
    recalling,
    returning,
    undoing,
)
from assets.loans.rules.lending import Piece
from assets.loans.states import LineState, Outcome
from assets.register import availability
from assets.register.states import Obstacle
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loans import make_loan, terms
from tests.factories.office import make_person, make_unit, viewer_for

DUE, LATER = date(2026, 11, 27), date(2026, 12, 4)


@pytest.fixture
def borrower(app: Flask) -> Person:
    return make_person()


def line_of(loan: Loan) -> LoanLine:
    return db.session.scalars(select(LoanLine).where(LoanLine.loan_id == loan.id)).one()


def officer() -> Person:
    return make_person(Role.STOREKEEPER)


def wished(loan: Loan, person: Person) -> int:
    with work():
        return extending.ask(line_of(loan), LATER, "สอนต่อ", by=viewer_for(person)).id


def test_a_granted_wish_moves_the_due_date_and_tells_the_borrower(borrower: Person) -> None:
    loan = make_loan(borrower=borrower, due_on=DUE)
    wish_id, by = wished(loan, borrower), viewer_for(officer())
    with work():
        extending.grant(later.wish_seen_by(by, wish_id), by=by)
    line = line_of(loan)
    assert (line.due_on, line.first_due_on) == (LATER, DUE)
    told = db.session.scalars(
        select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "loan_wish")
    ).all()
    assert told == [borrower.id]


def test_a_refused_wish_needs_a_reason_and_moves_nothing(borrower: Person) -> None:
    loan = make_loan(borrower=borrower, due_on=DUE)
    wish_id, by = wished(loan, borrower), viewer_for(officer())
    with pytest.raises(Refusal), work():
        extending.refuse(later.wish_seen_by(by, wish_id), " ", by=by)
    with work():
        extending.refuse(later.wish_seen_by(by, wish_id), "มีผู้จองต่อ", by=by)
    assert line_of(loan).due_on == DUE
    with pytest.raises(Refusal), work():
        extending.grant(later.wish_seen_by(by, wish_id), by=by)


def test_one_wish_waits_for_a_line_and_only_the_borrower_asks(borrower: Person) -> None:
    loan = make_loan(borrower=borrower, due_on=DUE)
    wished(loan, borrower)
    with pytest.raises(Refusal):
        wished(loan, borrower)
    with pytest.raises(Refusal):
        wished(make_loan(due_on=DUE), borrower)


def handed(loan: Loan, giver: Person, taker: Person) -> int:
    with work():
        return handing_on.offer(line_of(loan), taker, "สอนแทน", by=viewer_for(giver)).id


def test_an_item_is_handed_on_in_one_act_without_a_gap(borrower: Person) -> None:
    asset, taker = make_asset(), make_person()
    loan = make_loan(asset, borrower=borrower, due_on=DUE)
    offer_id, by = handed(loan, borrower, taker), viewer_for(taker)
    with work():
        new = handing_on.accept(later.offer_seen_by(by, offer_id), official=True, by=by)
    assert line_of(loan).state == LineState.RETURNED
    assert db.session.get_one(Loan, loan.id).closed_at is not None
    line = line_of(new)
    assert (line.state, line.due_on, new.borrower_id) == (LineState.OUT, DUE, taker.id)
    assert availability.obstacle_of(asset) == Obstacle.ON_LOAN


def test_taking_over_needs_the_promise_of_clause_207_r_l2(borrower: Person) -> None:
    taker = make_person()
    loan = make_loan(borrower=borrower, due_on=DUE)
    offer_id, by = handed(loan, borrower, taker), viewer_for(taker)
    with pytest.raises(Refusal), work():
        handing_on.accept(later.offer_seen_by(by, offer_id), official=False, by=by)
    assert line_of(loan).state == LineState.OUT


def test_only_who_was_asked_takes_over(borrower: Person) -> None:
    loan, taker = make_loan(borrower=borrower, due_on=DUE), make_person()
    offer_id, by = handed(loan, borrower, taker), viewer_for(borrower)
    with pytest.raises(Refusal), work():
        handing_on.accept(later.offer_seen_by(by, offer_id), official=True, by=by)


def test_an_overdue_item_is_not_handed_on(borrower: Person, clock: Clock) -> None:
    loan = make_loan(borrower=borrower, due_on=DUE)
    clock.set(kernel_clock.at(DUE + timedelta(days=1), time(10)))
    with pytest.raises(Refusal):
        handed(loan, borrower, make_person())


def test_a_return_withdraws_the_wish_and_the_offer(borrower: Person) -> None:

    asset = make_asset()
    loan = make_loan(asset, borrower=borrower, due_on=DUE)
    wish_id, offer_id = wished(loan, borrower), handed(loan, borrower, make_person())
    by = viewer_for(officer())
    with work():
        returning.take_back([returning.Return(asset.id, Outcome.GOOD)], by=by)
    assert later.own_wish(viewer_for(borrower), wish_id).state == WishState.WITHDRAWN
    assert later.offer_seen_by(viewer_for(borrower), offer_id).state == OfferState.WITHDRAWN


def test_a_recall_brings_the_due_date_forward_and_tells_the_borrower(borrower: Person) -> None:
    loan, day = make_loan(borrower=borrower, due_on=LATER), date(2026, 11, 25)
    with work():
        one = db.session.get_one(Loan, loan.id)
        recalling.recall(one, [line_of(loan)], day, why="ใช้จัดสอบ", by=viewer_for(officer()))
    assert (line_of(loan).due_on, db.session.get_one(Loan, loan.id).due_on) == (day, day)
    assert later.recalls_of(loan)[0].first_due_on == LATER
    kinds = db.session.scalars(select(OutgoingMessage.kind)).all()
    assert kinds == ["loan_recall"]


def test_a_recall_to_a_later_day_is_refused(borrower: Person) -> None:
    loan = make_loan(borrower=borrower, due_on=DUE)
    one, by = db.session.get_one(Loan, loan.id), viewer_for(officer())
    with pytest.raises(Refusal), work():
        recalling.recall(one, [line_of(loan)], LATER, why="ใช้", by=by)


def test_a_hand_over_is_undone_within_five_minutes_by_the_same_person(
    borrower: Person, clock: Clock
) -> None:
    sri, asset = officer(), make_asset()
    loan = make_loan(asset, borrower=borrower, officer=sri, due_on=DUE)
    with pytest.raises(Refusal), work():
        undoing.undo(db.session.get_one(Loan, loan.id), by=viewer_for(officer()))
    clock.forward(minutes=4)
    with work():
        undoing.undo(db.session.get_one(Loan, loan.id), by=viewer_for(sri))
    assert line_of(loan).state == LineState.UNDONE
    assert availability.obstacle_of(asset) is None
    assert db.session.scalars(select(BasketLine.asset_id)).all() == [asset.id]


def test_after_five_minutes_nothing_is_undone(borrower: Person, clock: Clock) -> None:
    sri = officer()
    loan = make_loan(borrower=borrower, officer=sri, due_on=DUE)
    clock.forward(minutes=6)
    with pytest.raises(Refusal), work():
        undoing.undo(db.session.get_one(Loan, loan.id), by=viewer_for(sri))


def test_a_late_borrower_is_blocked_until_the_store_lifts_it(
    borrower: Person, clock: Clock
) -> None:
    make_loan(borrower=borrower, due_on=DUE)
    clock.set(kernel_clock.at(date(2026, 11, 30), time(10)))
    with pytest.raises(Refusal):
        make_loan(borrower=borrower, due_on=LATER)
    with work():
        blocks.lift(borrower, LATER, "งานด่วน", by=viewer_for(officer()))
    assert make_loan(borrower=borrower, due_on=LATER).number.startswith("ย.2/")
    clock.set(kernel_clock.at(date(2026, 12, 8), time(10)))
    block = blocks.block_of(borrower.id)
    assert block is not None
    assert block.holds


def test_a_lifting_needs_a_reason_the_right_and_somebody_else(
    borrower: Person, clock: Clock
) -> None:
    sri = officer()
    make_loan(borrower=sri, due_on=DUE)
    clock.set(kernel_clock.at(date(2026, 11, 30), time(10)))
    for who, why, error in (
        (sri, "เอง", Refusal),
        (officer(), " ", Refusal),
        (make_person(), "ขอ", NotAllowed),
    ):
        with pytest.raises(error), work():
            blocks.lift(db.session.get_one(Person, sri.id), LATER, why, by=viewer_for(who))


def lend_with(why: str, borrower: Person, by: Person) -> Loan:
    of_class = make_class(borrowers=Borrowers.OWN_UNIT)

    asset = make_asset(make_unit(), class_id=of_class.id)
    with work():
        who = db.session.get_one(Person, borrower.id)
        piece = Piece(asset.id, override_why=why)
        return lending.lend(who, [piece], terms(), by=viewer_for(by))


def test_an_override_is_written_down_with_who_and_why(borrower: Person) -> None:
    sri = officer()
    with pytest.raises(Refusal):
        lend_with("", borrower, sri)
    lend_with("ผู้อำนวยการสั่ง", borrower, sri)
    kept = db.session.scalars(select(LoanOverride)).one()
    assert (kept.by_id, kept.why) == (sri.id, "ผู้อำนวยการสั่ง")


def test_r_l3_what_is_out_is_lent_with_no_reason_whatever(borrower: Person) -> None:
    make_loan(asset := make_asset())
    piece, by = Piece(asset.id, override_why="ด่วน"), viewer_for(officer())
    with pytest.raises(Refusal), work():
        lending.lend(borrower, [piece], terms(), by=by)
