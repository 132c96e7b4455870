"""Reminders: once each, one message a person and day, none on closed days, nothing lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from datetime import time as wall_clock

import pytest
from flask import Flask
from sqlalchemy import select

from assets.loans.jobs import flag_due
from assets.loans.models import LoanLine, LoanNotice
from assets.loans.rules import blocks, extending, returning
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from assets.register.models import Asset
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.calendar import rules as calendar_rules
from office.people.access import Role
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import TESTER, make_person, viewer_for

STEPS = (-1, 0, 1, 7)


def morning(day: date) -> datetime:
    return kernel_clock.at(day, wall_clock(6, 30))


def run(clock: Clock, day: date) -> int:
    clock.set(morning(day))
    return flag_due()


def messages(person: Person) -> list[OutgoingMessage]:
    return list(
        db.session.scalars(
            select(OutgoingMessage)
            .where(OutgoingMessage.person_id == person.id, OutgoingMessage.kind == "loan_due")
            .order_by(OutgoingMessage.id)
        )
    )


def test_each_step_is_told_once(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(borrower=borrower, due_on=date(2026, 11, 26))  # a Thursday
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(14)]
    told = [day for day in days for _twice in range(2) if run(clock, day)]
    assert told == [date(2026, 11, n) for n in (25, 26, 27)] + [date(2026, 12, 3)]
    assert len(messages(borrower)) == 4


def test_the_seventh_day_is_the_official_follow_up(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(borrower=borrower, due_on=date(2026, 11, 26))
    run(clock, date(2026, 12, 3))
    english = make_person(language="en")
    clock.set(morning(date(2026, 11, 23)))
    make_loan(borrower=english, due_on=date(2026, 11, 26))
    run(clock, date(2026, 12, 4))
    assert "211" in messages(borrower)[-1].body
    assert "clause 211" in messages(english)[-1].body
    assert messages(english)[-1].language == "en"


def test_a_reminder_before_the_seventh_day_names_no_clause(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(borrower=borrower, due_on=date(2026, 11, 26))
    run(clock, date(2026, 11, 27))
    assert "211" not in messages(borrower)[-1].body


def test_one_message_lists_everything(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    first, second = make_asset(name="กล้อง"), make_asset(name="ขาตั้ง")
    make_loan(first, borrower=borrower, due_on=date(2026, 11, 24))
    make_loan(second, borrower=borrower, due_on=date(2026, 11, 25))
    assert run(clock, date(2026, 11, 24)) == 2
    (message,) = messages(borrower)
    assert "กล้อง" in message.body
    assert "ขาตั้ง" in message.body


def test_nothing_is_sent_on_a_closed_day_and_nothing_is_lost(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(borrower=borrower, due_on=date(2026, 11, 27))  # Friday; +1 is a Saturday
    assert run(clock, date(2026, 11, 28)) == 0
    assert run(clock, date(2026, 11, 29)) == 0
    assert run(clock, date(2026, 11, 30)) == 1
    steps = db.session.scalars(select(LoanNotice.step)).all()
    assert steps == [1]


def test_after_a_long_gap_only_the_newest_step_is_sent(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(borrower=borrower, due_on=date(2026, 11, 24))
    assert run(clock, date(2027, 1, 5)) == 1
    assert len(messages(borrower)) == 1
    assert db.session.scalars(select(LoanNotice.step)).all() == [7]


def test_what_is_back_is_not_asked_for(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(asset := make_asset(), borrower=borrower, due_on=date(2026, 11, 24))
    by = viewer_for(make_person(Role.STOREKEEPER))
    with work():
        returning.take_back([Return(asset.id, Outcome.GOOD)], by=by)
    assert run(clock, date(2026, 11, 25)) == 0


def test_an_extension_starts_the_reminders_anew(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    loan = make_loan(borrower=borrower, due_on=date(2026, 11, 25))
    assert run(clock, date(2026, 11, 24)) == 1
    by = viewer_for(make_person(Role.STOREKEEPER))
    with work():
        lines = db.session.scalars(select(LoanLine)).all()
        extending.extend(loan, lines, date(2026, 12, 1), why="ต่อ", by=by)
    assert run(clock, date(2026, 11, 25)) == 0
    assert run(clock, date(2026, 11, 30)) == 1


def test_a_second_message_on_one_day_waits_for_the_next(app: Flask, clock: Clock) -> None:
    borrower = make_person()
    make_loan(borrower=borrower, due_on=date(2026, 11, 24))
    assert run(clock, date(2026, 11, 24)) == 1
    make_loan(borrower=borrower, due_on=date(2026, 11, 25))
    assert run(clock, date(2026, 11, 24)) == 0
    assert run(clock, date(2026, 11, 25)) == 2
    assert len(messages(borrower)) == 2


def test_the_day_can_be_given(app: Flask, clock: Clock) -> None:
    make_loan(due_on=date(2026, 11, 26))
    assert flag_due(date(2026, 11, 27)) == 1


LOANS = [
    # (borrower, lent on, due on, back on); 5, 10 December 2026 and New Year are holidays.
    (0, date(2026, 11, 23), date(2026, 11, 27), None),
    (0, date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 2)),
    (1, date(2026, 11, 24), date(2026, 12, 4), date(2026, 12, 14)),
    (1, date(2026, 11, 26), date(2026, 12, 8), None),
    (2, date(2026, 12, 1), date(2026, 12, 9), None),
    (0, date(2026, 12, 3), date(2026, 12, 30), None),
    (2, date(2026, 12, 15), date(2026, 12, 29), date(2027, 1, 11)),
]
MISSED = {date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 11), date(2027, 1, 4)}


@pytest.fixture
def closed_days(app: Flask) -> set[date]:
    with work():
        calendar_rules.seed_holidays((2026, 2027), by=TESTER)
    return {
        date(2026, 12, 7),  # in lieu of the 5th
        date(2026, 12, 10),
        date(2026, 12, 31),
        date(2027, 1, 1),
    }


def test_two_months_agree_with_a_slow_and_obvious_calculation(
    app: Flask, clock: Clock, closed_days: set[date]
) -> None:
    people = [make_person() for _each in range(3)]
    keeper = make_person(Role.STOREKEEPER)
    assets: dict[int, Asset] = {}
    day, sent = date(2026, 11, 23), defaultdict(list)
    while day <= date(2027, 1, 22):
        clock.set(morning(day))
        if day not in MISSED:
            flag_due()
            flag_due()
        for who, person in enumerate(people):
            count = len(messages(person))
            if count > len(sent[who]):
                sent[who].append(day)
            assert count == len(sent[who])
        for index, (who, out, due, back) in enumerate(LOANS):
            if day == out:
                assets[index] = make_asset()
                let_borrow(people[who], keeper)
                make_loan(assets[index], borrower=people[who], officer=keeper, due_on=due)
            if day == back:
                by = viewer_for(keeper)
                with work():
                    returning.take_back([Return(assets[index].id, Outcome.GOOD)], by=by)
        day += timedelta(days=1)
    assert dict(sent) == expected(closed_days)


def let_borrow(person: Person, keeper: Person) -> None:
    """Lift the block of somebody who is late, so that the story goes on."""
    block = blocks.block_of(person.id)
    if block is not None and block.holds:
        with work():
            until = kernel_clock.today() + timedelta(days=60)
            blocks.lift(person, until, "งานเร่งด่วน", by=viewer_for(keeper))


def expected(closed: set[date]) -> dict[int, list[date]]:
    """Walk day by day and person by person; remember for each loan the last step told."""
    told: dict[int, int] = {}
    sent: dict[int, list[date]] = {0: [], 1: [], 2: []}
    day = date(2026, 11, 23)
    while day <= date(2027, 1, 22):
        works = day.weekday() < 5 and day not in closed and day not in MISSED
        for who, told_on in sent.items():
            new = False
            for index, (borrower, out, due, back) in enumerate(LOANS):
                if borrower != who or day <= out or (back is not None and day > back):
                    continue
                follow_up = due + timedelta(days=7)
                while follow_up.weekday() > 4 or follow_up in closed:
                    follow_up -= timedelta(days=1)
                days = (due - timedelta(days=1), due, due + timedelta(days=1), follow_up)
                steps = [step for step, at in zip(STEPS, days, strict=True) if at <= day]
                if works and steps and told.get(index, -99) < steps[-1]:
                    told[index] = steps[-1]
                    new = True
            if new:
                told_on.append(day)
        day += timedelta(days=1)
    return sent
