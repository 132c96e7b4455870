"""Handing over: what the regulation allows, and what stands in the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from assets.loans.models import Loan, LoanLine
from assets.loans.rules import lending
from assets.loans.rules.lending import Piece
from assets.loans.states import LineState
from assets.register.models import Asset, Hold
from assets.register.rules import holds
from assets.register.states import Condition, HoldKind, Lifecycle
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from office.calendar import rules as calendar_rules
from office.people.access import Role
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loans import make_loan, terms
from tests.factories.office import TESTER, make_person, make_unit, viewer_for


def refused(*assets: Asset, **overrides: Any) -> str:
    """Try to lend, and return the sentence of the refusal."""
    with pytest.raises(Refusal) as caught:
        make_loan(*assets, **overrides)
    return caught.value.message


def test_a_loan_has_a_number_of_the_fiscal_year_and_lines_that_are_out(
    app: Flask, clock: Clock
) -> None:
    assets = [make_asset(), make_asset()]
    loan = make_loan(*assets)
    lines = db.session.scalars(select(LoanLine).where(LoanLine.loan_id == loan.id)).all()
    assert loan.number == "ย.1/2570"
    assert {line.asset_id for line in lines} == {asset.id for asset in assets}
    assert {line.state for line in lines} == {LineState.OUT}
    assert {line.first_due_on for line in lines} == {loan.due_on}


def test_each_item_is_held_by_the_loan(app: Flask) -> None:
    loan = make_loan(asset := make_asset())
    held = db.session.scalars(select(Hold).where(Hold.asset_id == asset.id)).one()
    assert (held.kind, held.reference, held.ended_at) == (HoldKind.LOAN, loan.number, None)


def test_lending_is_written_down(app: Flask) -> None:
    loan = make_loan()
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "lent", AuditEntry.subject_id == loan.id)
    ).one()
    assert entry.after is not None
    assert entry.after["number"] == loan.number


def test_a_loan_without_purpose_is_refused(app: Flask) -> None:
    assert refused(purpose="  ")


def test_a_loan_that_is_not_for_official_use_is_refused(app: Flask) -> None:
    assert "207" in refused(official=False)


def test_a_place_that_nobody_knows_is_refused(app: Flask) -> None:
    assert refused(place_kind="moon")


@pytest.mark.parametrize("place", ["outside", "other_agency"])
def test_what_leaves_the_premises_needs_an_approver(app: Flask, place: str) -> None:
    assert "208" in refused(place_kind=place)
    assert make_loan(place_kind=place, approved_by_text="ผู้อำนวยการ").approved_by_text


def test_the_borrower_cannot_approve(app: Flask) -> None:
    malee = make_person(name_th="มาลี ตัวอย่าง")
    assert refused(borrower=malee, approved_by_text="นางสาวมาลี  ตัวอย่าง")


def test_nobody_hands_over_to_themselves(app: Flask) -> None:
    sri = make_person(Role.STOREKEEPER)
    assert refused(borrower=sri, officer=sri)


def test_a_person_who_has_left_cannot_borrow(app: Flask) -> None:
    assert refused(borrower=make_person(left_on=date(2026, 1, 1)))


def test_a_due_date_that_has_passed_is_refused(app: Flask, clock: Clock) -> None:
    assert refused(due_on=kernel_clock.today() - timedelta(days=1))


def test_a_due_date_on_a_closed_day_is_refused_with_the_next_open_day(
    app: Flask, clock: Clock
) -> None:
    with work():
        calendar_rules.close_day(date(2026, 11, 25), "ปิดซ่อมไฟ", reason="คำสั่ง 1", by=TESTER)
    assert "26 พ.ย. 2569" in refused(due_on=date(2026, 11, 25))


def test_a_due_date_more_than_a_year_ahead_is_refused(app: Flask, clock: Clock) -> None:
    assert refused(due_on=kernel_clock.today() + timedelta(days=400))


def test_a_missing_due_date_is_refused(app: Flask) -> None:
    assert refused(due_on=None)


def test_an_item_that_is_out_names_borrower_and_day(app: Flask, clock: Clock) -> None:
    asset = make_asset()
    make_loan(asset, borrower=make_person(name_th="มาลี ตัวอย่าง"), due_on=date(2026, 11, 27))
    sentence = refused(asset)
    assert "มาลี ตัวอย่าง" in sentence
    assert "27 พ.ย. 2569" in sentence


def test_an_item_in_repair_names_the_ticket(app: Flask) -> None:
    asset = make_asset()
    with work():
        holds.hold(asset, HoldKind.REPAIR, "ซ.9/2570")
    assert "ซ.9/2570" in refused(asset)


@pytest.mark.parametrize("lifecycle", [one for one in Lifecycle if one != Lifecycle.IN_SERVICE])
def test_only_items_in_service_are_lent(app: Flask, lifecycle: Lifecycle) -> None:
    assert refused(make_asset(lifecycle=lifecycle))


@pytest.mark.parametrize("condition", [Condition.DAMAGED, Condition.WORN_OUT, Condition.MISSING])
def test_items_out_of_order_are_not_lent(app: Flask, condition: Condition) -> None:
    assert refused(make_asset(condition=condition))


@pytest.mark.parametrize("kind", [HoldKind.MAINTENANCE, HoldKind.COUNT])
def test_items_kept_by_other_work_are_not_lent(app: Flask, kind: HoldKind) -> None:
    asset = make_asset()
    with work():
        holds.hold(asset, kind, "x")
    assert refused(asset)


def test_items_that_are_not_for_lending_are_not_lent(app: Flask) -> None:
    assert refused(make_asset(lendable=False))
    assert refused(make_asset(class_id=make_class(lendable=False).id))


def test_an_officer_of_a_school_lends_only_what_it_owns_or_holds(app: Flask) -> None:
    school, other = make_unit(), make_unit()
    officer = make_person(Role.STOREKEEPER, unit=school, over=school)
    assert make_loan(make_asset(school), officer=officer).lending_unit_id == school.id
    assert make_loan(make_asset(other, holding_unit_id=school.id), officer=officer)
    foreign = make_asset(other)
    sentence = refused(foreign, officer=officer)
    assert foreign.name not in sentence


@pytest.mark.parametrize("role", [one for one in Role if one not in (Role.STOREKEEPER, Role.ADMIN)])
def test_only_the_store_and_the_administrator_lend(app: Flask, role: Role) -> None:
    cast = make_cast()
    with pytest.raises(NotAllowed):
        make_loan(officer=cast.by_role()[role], borrower=make_person())


def test_one_bad_item_means_that_nothing_is_lent(app: Flask) -> None:
    good, bad = make_asset(), make_asset(lendable=False)
    refused(good, bad)
    assert db.session.scalar(select(Loan.id)) is None
    assert holds_open() == []
    assert make_loan(good).number.startswith("ย.1/")


def holds_open() -> list[int]:
    return list(db.session.scalars(select(Hold.asset_id).where(Hold.ended_at.is_(None))))


def test_an_empty_loan_and_an_endless_one_are_refused(app: Flask) -> None:
    officer, borrower = viewer_for(make_person(Role.STOREKEEPER)), make_person()
    for pieces in ([], [Piece(1)] * 51):
        with pytest.raises(Refusal), work():
            lending.lend(borrower, pieces, terms(), by=officer)
