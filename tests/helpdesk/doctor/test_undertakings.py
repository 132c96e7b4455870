# ruff: noqa: S608 - faults are planted in SQL, made of the tests' own words
"""The doctor finds each fault planted in what was undertaken for loans, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select

from assets.loans.jobs import flag_due
from assets.loans.later_models import FollowUpLetter, HandingOn, LoanDuty
from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanSetup
from assets.loans.rules import extending, handing_on, recalling, returning, undoing
from assets.loans.rules.asking import Meeting
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from helpdesk.doctor.undertakings import CHECKS
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, open_day
from tests.factories.loans import make_loan
from tests.factories.office import make_person, viewer_for
from tests.helpdesk.doctor.planting import found, ignore_constraint, plant, take_back

DUE, LATER, LATEST = date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 18)


def line_of(loan: Loan) -> LoanLine:
    return db.session.scalars(select(LoanLine).where(LoanLine.loan_id == loan.id)).one()


@dataclass(frozen=True)
class Story:
    """What was undertaken, by id."""

    duty: int
    moved_line: int
    plain_line: int
    waiting_offer: int
    kept_offer: int
    wish: int
    letter: int
    undone: int
    setups: tuple[int, int]


def meeting(hour: int, place: str) -> Meeting:
    day = open_day(1)
    return Meeting(
        kind="video",
        title="ประชุม",
        starts_at=kernel_clock.at(day, time(hour)),
        ends_at=kernel_clock.at(day, time(hour + 2)),
        place_text=place,
    )


def moved(cast: Cast) -> int:
    """Extend a line twice and recall it once."""
    loan, by = make_loan(borrower=cast.malee, due_on=LATER), viewer_for(cast.sri)
    for day in (date(2026, 12, 11), LATEST):
        with work():
            one = db.session.get_one(Loan, loan.id)
            extending.extend(one, [line_of(one)], day, why="สอนต่อ", by=by)
    with work():
        one = db.session.get_one(Loan, loan.id)
        recalling.recall(one, [line_of(one)], DUE, why="ใช้ราชการ", by=by)
    return line_of(loan).id


def offered(cast: Cast, loan: Loan) -> int:
    with work():
        line = line_of(db.session.get_one(Loan, loan.id))
        return handing_on.offer(line, cast.orn, "สอนแทน", by=viewer_for(cast.malee)).id


@pytest.fixture
def story(app: Flask, clock: Clock) -> Iterator[Story]:
    """A duty, moved due dates, offers and a wish, a letter, an undone loan, two set-ups."""
    cast = make_cast()
    broken = make_asset()
    make_loan(broken, borrower=cast.thep)
    with work():
        returning.take_back([Return(broken.id, Outcome.DAMAGED, "จอแตก")], by=viewer_for(cast.sri))
    moved_line = moved(cast)
    plain = make_loan(borrower=cast.malee, due_on=DUE)
    kept, waiting = offered(cast, plain), make_loan(borrower=cast.malee, due_on=DUE)
    with work():
        handing_on.accept(
            db.session.get_one(HandingOn, kept), official=True, by=viewer_for(cast.orn)
        )
    undone = make_loan(borrower=cast.malee, officer=cast.sri, due_on=DUE)
    with work():
        undoing.undo(db.session.get_one(Loan, undone.id), by=viewer_for(cast.sri))
    offer = offered(cast, waiting)
    with work():
        wish = extending.ask(line_of(waiting), LATER, "สอนต่อ", by=viewer_for(cast.malee)).id
    kind = make_class().id
    setups = tuple(
        db.session.scalars(select(LoanSetup.id).where(LoanSetup.request_id == request.id)).one()
        for request in (
            make_approved(cast.thep, make_asset(class_id=kind), meeting=meeting(9, "ห้อง ก")),
            make_approved(cast.orn, make_asset(class_id=kind), meeting=meeting(10, "ห้อง ข")),
        )
    )
    make_loan(borrower=cast.kanda, due_on=DUE)
    clock.set(kernel_clock.at(date(2026, 12, 4), time(6, 30)))
    flag_due()
    letter = db.session.scalars(
        select(FollowUpLetter.id).where(FollowUpLetter.person_id == cast.kanda.id)
    ).one()
    duty = db.session.scalars(select(LoanDuty.id)).one()
    plain_line = line_of(plain).id
    yield Story(
        duty, moved_line, plain_line, offer, kept, wish, letter, undone.id, (setups[0], setups[1])
    )
    take_back()


def test_what_the_rules_write_gives_no_finding(story: Story) -> None:
    assert story.duty
    assert {one.name: there for one in CHECKS if (there := list(one.find()))} == {}


def test_a_duty_of_somebody_else_and_one_for_what_is_whole_are_found(story: Story) -> None:
    plant("UPDATE loan_line SET condition_in = 'good' WHERE condition_in = 'damaged'")
    assert found("loan_duties") == [f"loan_duty {story.duty}"]
    plant("UPDATE loan_line SET condition_in = 'damaged' WHERE condition_in = 'good'")
    assert found("loan_duties") == []
    plant(f"UPDATE loan_duty SET person_id = {make_person().id}")
    assert found("loan_duties") == [f"loan_duty {story.duty}"]


def test_due_dates_that_nothing_explains_are_found(story: Story) -> None:
    later_day = "UPDATE loan_line SET due_on = '2027-01-15' WHERE id = "
    plant(f"{later_day}{story.plain_line}")
    assert found("due_dates") == [f"loan_line {story.plain_line}"]
    plant(f"{later_day}{story.moved_line}")
    assert found("due_dates") == [
        f"loan_line {one}" for one in (story.plain_line, story.moved_line)
    ]


def test_a_step_that_does_not_follow_from_the_one_before_is_found(story: Story) -> None:
    plant("UPDATE loan_extension SET old_due_on = '2026-12-10' WHERE new_due_on = '2026-12-18'")
    assert found("due_dates") == [f"loan_line {story.moved_line}"]


def test_a_wish_and_an_offer_for_what_is_back_are_found(story: Story) -> None:
    plant(
        "UPDATE loan_line SET state = 'returned_elsewhere', handed_in_at = out_at WHERE id IN "
        f"(SELECT line_id FROM loan_extension_wish WHERE id = {story.wish})"
    )
    assert found("offers_and_wishes") == [
        f"loan_extension_wish {story.wish}",
        f"loan_handing_on {story.waiting_offer}",
    ]


def test_an_offer_that_another_person_kept_is_found(story: Story) -> None:
    plant(
        f"UPDATE loan SET borrower_id = {make_person().id} WHERE id IN (SELECT loan_id "
        "FROM loan_line JOIN loan_handing_on ON new_line_id = loan_line.id)"
    )
    assert found("offers_and_wishes") == [f"loan_handing_on {story.kept_offer}"]


def test_a_letter_about_what_another_person_borrowed_is_found(story: Story) -> None:
    wanted = f"WHERE letter_id = {story.letter}"
    plant(f"UPDATE loan_letter_line SET line_id = {story.plain_line} {wanted}")
    assert found("letters_about") == [f"loan_letter {story.letter}"]
    plant(f"DELETE FROM loan_letter_line {wanted}")
    assert found("letters_about") == [f"loan_letter {story.letter}"]


def test_a_loan_of_which_a_part_was_undone_is_found(story: Story) -> None:
    ignore_constraint("loan_line", "ck_loan_line_ended")
    plant(f"UPDATE loan_line SET loan_id = {story.undone} WHERE id = {story.plain_line}")
    assert found("undone_loans") == [f"loan {story.undone}"]


def test_r_v1_two_meetings_in_one_room_at_once_are_found(story: Story) -> None:
    first, second = story.setups
    plant(f"UPDATE loan_setup SET place_text = 'ห้อง ก' WHERE id = {second}")
    assert found("setups_at_once") == [f"loan_setup {second}"]
    plant(
        f"UPDATE loan_setup SET place_text = 'ห้อง ข' WHERE id = {second}",
        f"UPDATE loan_setup SET operator_id = {make_person().id}",
    )
    assert found("setups_at_once") == [f"loan_setup {second}"]
    assert first != second
