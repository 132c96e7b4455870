"""Taking back and extending."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.queries import open_line
from assets.disposals.rules import ending, proposing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Cause, Origin
from assets.loans import queries
from assets.loans.models import Loan, LoanExtension, LoanLine
from assets.loans.rules import extending, returning
from assets.loans.rules.returning import Return
from assets.loans.states import LINES, LineAction, LineState, Outcome
from assets.register.models import Asset, Hold
from assets.register.states import Condition, Lifecycle
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.people.access import Role
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import make_person, make_unit, viewer_for


def officer() -> Viewer:
    return viewer_for(make_person(Role.STOREKEEPER))


def back(asset: Asset, outcome: Outcome = Outcome.GOOD, note: str = "") -> LoanLine:
    by = officer()
    with work():
        return returning.take_back([Return(asset.id, outcome, note)], by=by)[0]


def test_an_item_that_is_back_can_be_lent_again(app: Flask) -> None:
    make_loan(asset := make_asset())
    back(asset)
    assert make_loan(asset).number.startswith("ย.2/")


def test_a_loan_is_closed_when_the_last_item_is_back(app: Flask) -> None:
    first, second = make_asset(), make_asset()
    loan = make_loan(first, second)
    back(first)
    assert db.session.get_one(Loan, loan.id).closed_at is None
    back(second)
    assert db.session.get_one(Loan, loan.id).closed_at is not None


@pytest.mark.parametrize(
    ("outcome", "condition"),
    [
        (Outcome.GOOD, Condition.GOOD),
        (Outcome.DAMAGED, Condition.DAMAGED),
        (Outcome.WORN_OUT, Condition.WORN_OUT),
        (Outcome.INCOMPLETE, Condition.GOOD),
        (Outcome.LOST, Condition.MISSING),
    ],
)
def test_the_condition_at_the_return_becomes_the_items(
    app: Flask, outcome: Outcome, condition: Condition
) -> None:
    make_loan(asset := make_asset())
    line = back(asset, outcome, "ขาดสายไฟ")
    assert line.condition_in == outcome
    assert db.session.get_one(Asset, asset.id).condition == condition


def test_a_lost_item_stays_in_the_register_and_is_proposed_for_disposal(app: Flask) -> None:
    loan = make_loan(asset := make_asset(), other := make_asset())
    line = back(asset, Outcome.LOST, "หายระหว่างเดินทาง")
    back(other, Outcome.LOST)
    assert line.state == LineState.LOST
    lost = db.session.get_one(Asset, asset.id)
    assert (lost.lifecycle, lost.condition) == (Lifecycle.PENDING_DISPOSAL, Condition.MISSING)
    assert not db.session.scalars(select(Hold).where(Hold.ended_at.is_(None))).all()
    (case,) = db.session.scalars(select(Disposal)).all()
    assert (case.origin, case.cause, case.reference) == (Origin.LOAN, Cause.LOST, loan.number)
    said = db.session.scalars(select(DisposalLine.said).order_by(DisposalLine.id)).all()
    assert said == ["หายระหว่างเดินทาง", loan.number]


def test_what_comes_back_leaves_its_case_before_and_after_it_was_written_off(app: Flask) -> None:
    make_loan(first := make_asset(), second := make_asset(), third := make_asset())
    for one in (first, second, third):
        back(one, Outcome.LOST)
    back(first)
    with work():
        case = db.session.scalars(select(Disposal)).one()
        line = open_line(second.id)
        assert line is not None
        ending.take_out(case, line, "ยังหาอยู่", by=officer())
    back(second)
    left = list(db.session.scalars(select(DisposalLine.state).order_by(DisposalLine.id)))
    assert left == ["taken_out", "taken_out", "listed"]
    back(third, Outcome.DAMAGED)
    assert db.session.scalars(select(Disposal.state)).one() == "cancelled"
    found = db.session.scalars(select(Asset).order_by(Asset.id)).all()
    assert {one.lifecycle for one in found} == {Lifecycle.IN_SERVICE}
    assert [one.condition for one in found] == ["good", "good", "damaged"]


def test_what_was_written_down_as_lost_without_papers_can_be_proposed(app: Flask) -> None:
    asset = make_asset(lifecycle=Lifecycle.LOST, condition=Condition.MISSING)
    with work():
        (case,) = proposing.propose([asset], Ground(Origin.HAND, "บันทึก 1/2569"), by=officer())
    assert db.session.get_one(Asset, asset.id).lifecycle == Lifecycle.PENDING_DISPOSAL
    assert case.cause == Cause.LOST


def test_missing_parts_must_be_named(app: Flask) -> None:
    make_loan(asset := make_asset())
    with pytest.raises(Refusal):
        back(asset, Outcome.INCOMPLETE)


def test_an_item_that_is_not_out_cannot_come_back(app: Flask) -> None:
    with pytest.raises(Refusal):
        back(make_asset())


def test_an_item_comes_back_only_once(app: Flask) -> None:
    make_loan(asset := make_asset())
    back(asset)
    with pytest.raises(Refusal):
        back(asset)


def test_a_school_cannot_take_back_what_is_another_ones(app: Flask) -> None:
    school, other = make_unit(), make_unit()
    make_loan(asset := make_asset(other))
    by = viewer_for(make_person(Role.STOREKEEPER, unit=school, over=school))
    with pytest.raises(Refusal), work():
        returning.take_back([Return(asset.id, Outcome.GOOD)], by=by)


def test_items_of_several_loans_come_back_together(app: Flask) -> None:
    first, second = make_asset(), make_asset()
    loans = [make_loan(first), make_loan(second)]
    by = officer()
    with work():
        lines = returning.take_back(
            [Return(first.id, Outcome.GOOD), Return(second.id, Outcome.GOOD)], by=by
        )
    assert [line.loan_id for line in lines] == [loan.id for loan in loans]
    assert len(queries.received_together(lines[0].id, by)) == 2


def test_one_bad_return_means_that_nothing_is_taken_back(app: Flask) -> None:
    make_loan(asset := make_asset())
    by = officer()
    with pytest.raises(Refusal), work():
        returning.take_back(
            [Return(asset.id, Outcome.GOOD), Return(make_asset().id, Outcome.GOOD)], by=by
        )
    line = queries.open_line_of(asset.id)
    assert line is not None


@pytest.mark.parametrize("state", list(LineState))
@pytest.mark.parametrize("action", list(LineAction))
def test_the_table_of_states_is_the_whole_story(state: LineState, action: LineAction) -> None:
    known = {
        ("out", "extend"): "out",
        ("out", "hand_in"): "returned_elsewhere",
        ("out", "take_back"): "returned",
        ("out", "lose"): "lost",
        ("returned_elsewhere", "take_back"): "returned",
        ("returned_elsewhere", "lose"): "lost",
        ("out", "hand_on"): "returned",
        ("out", "undo"): "undone",
        ("lost", "find"): "returned",
    }
    target = known.get((state.value, action.value))
    if target is None:
        with pytest.raises(Refusal):
            LINES.target(state, action)
    else:
        assert LINES.target(state, action) == target


def extend(loan: Loan, day: date, *, by: Viewer | None = None, why: str = "ยังสอนไม่จบ") -> None:
    who = by or officer()
    with work():
        lines = db.session.scalars(select(LoanLine).where(LoanLine.loan_id == loan.id)).all()
        extending.extend(loan, lines, day, why=why, by=who)


def test_an_extension_keeps_the_first_due_date_and_the_reason(app: Flask, clock: Clock) -> None:
    loan = make_loan(due_on=date(2026, 11, 25))
    extend(loan, date(2026, 12, 1))
    line = db.session.scalars(select(LoanLine)).one()
    row = db.session.scalars(select(LoanExtension)).one()
    assert (line.due_on, line.first_due_on) == (date(2026, 12, 1), date(2026, 11, 25))
    assert (row.old_due_on, row.new_due_on, row.why) == (
        date(2026, 11, 25),
        date(2026, 12, 1),
        "ยังสอนไม่จบ",
    )
    assert loan.due_on == date(2026, 12, 1)


def test_an_extension_must_be_later_have_a_reason_and_find_things_out(
    app: Flask, clock: Clock
) -> None:
    loan = make_loan(asset := make_asset(), due_on=date(2026, 11, 25))
    for day, why in ((date(2026, 11, 25), "x"), (date(2026, 11, 24), "x"), (date(2026, 12, 1), "")):
        with pytest.raises(Refusal):
            extend(loan, day, why=why)
    back(asset)
    with pytest.raises(Refusal):
        extend(loan, date(2026, 12, 1))


def test_the_borrower_cannot_extend_the_own_loan(app: Flask, clock: Clock) -> None:
    borrower = make_person(Role.STOREKEEPER)
    loan = make_loan(borrower=borrower)
    with pytest.raises(Refusal):
        extend(loan, date(2026, 12, 1), by=viewer_for(borrower))


def test_only_officers_extend(app: Flask, clock: Clock) -> None:
    loan = make_loan()
    with pytest.raises(NotAllowed):
        extend(loan, date(2026, 12, 1), by=viewer_for(make_person(Role.AUDITOR)))


def test_days_late_count_from_the_day_after_the_due_date(app: Flask, clock: Clock) -> None:
    loan = make_loan(due_on=date(2026, 11, 25))
    line = db.session.scalars(select(LoanLine).where(LoanLine.loan_id == loan.id)).one()
    due = line.due_on
    assert [line.days_late(due + timedelta(days=n)) for n in (-1, 0, 1, 8)] == [0, 0, 1, 8]
