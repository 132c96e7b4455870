"""Licences: their days, terms and seats; who is told of their end, each step once."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.licences import jobs
from assets.licences.models import Licence, Seat, Term
from assets.licences.rules import keeping, notices, seating
from assets.licences.states import Standing
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Busy, Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.licences import make_licence
from tests.factories.office import TESTER, make_person


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def messages() -> list[tuple[str, int | None]]:
    rows = db.session.execute(
        select(OutgoingMessage.dedupe_key, OutgoingMessage.person_id)
        .where(OutgoingMessage.kind == "licence_ends")
        .order_by(OutgoingMessage.id)
    )
    return [(str(key), person_id) for key, person_id in rows]


def renew(licence_id: int, ends_on: date) -> None:
    again = db.session.get_one(Licence, licence_id)
    keeping.renew(again, date(2026, 1, 1), ends_on, cost=None, contract_no="", by=TESTER)


def test_a_licence_stands_by_its_last_day(cast: Cast) -> None:
    expected = {
        61: Standing.RUNNING,
        60: Standing.ENDING,
        0: Standing.ENDING,
        -1: Standing.ENDED,
        None: Standing.RUNNING,
    }
    made = {days: make_licence(cast.office, days_left=days) for days in expected}
    today = kernel_clock.today()
    assert {days: one.standing(today) for days, one in made.items()} == expected


@pytest.mark.parametrize(
    ("left", "step"),
    [(61, None), (60, "60"), (31, "60"), (30, "30"), (7, "7"), (0, "7"), (-1, "over"), (-31, None)],
)
def test_a_step_is_reached_by_the_days_that_are_left(left: int, step: str | None) -> None:
    today = date(2026, 11, 23)
    assert notices.step_of(today + timedelta(days=left), today) == step


def test_a_licence_cannot_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        make_licence(cast.office, ends_on=date(2020, 1, 1), starts_on=date(2020, 1, 2))
    assert refused.value.field == "ends_on"


def test_a_renewal_appends_a_term_and_moves_the_last_day(cast: Cast) -> None:
    made = make_licence(cast.office, starts_on=date(2025, 12, 1), ends_on=date(2026, 11, 30))
    starts_on, ends_on = keeping.next_term(made)
    assert (starts_on, ends_on) == (date(2026, 12, 1), date(2027, 11, 30))
    with work():
        again = db.session.get_one(Licence, made.id)
        keeping.renew(again, starts_on, ends_on, cost=Decimal(1200), contract_no="ส.2", by=TESTER)
    assert db.session.get_one(Licence, made.id).ends_on == ends_on
    terms = db.session.scalars(select(Term.ends_on).order_by(Term.id)).all()
    assert terms == [date(2026, 11, 30), date(2027, 11, 30)]


@pytest.mark.parametrize("ends_on", [date(2026, 11, 30), date(2026, 6, 1)])
def test_a_renewal_reaches_beyond_the_present_term(cast: Cast, ends_on: date) -> None:
    made = make_licence(cast.office, starts_on=date(2025, 12, 1), ends_on=date(2026, 11, 30))
    with pytest.raises(Refusal), work():
        renew(made.id, ends_on)


def test_what_was_given_up_or_never_ends_is_not_renewed(cast: Cast) -> None:
    endless, gone = make_licence(cast.office, days_left=None), make_licence(cast.office)
    with work():
        keeping.give_up(db.session.get_one(Licence, gone.id), "ไม่ใช้แล้ว", by=TESTER)
    for one in (endless, gone):
        with pytest.raises(Refusal), work():
            renew(one.id, date(2036, 1, 1))


def test_no_more_seats_are_given_than_there_are(cast: Cast) -> None:
    made = make_licence(cast.office, seats=1)
    with work():
        seat = seating.give(db.session.get_one(Licence, made.id), cast.malee, by=TESTER)
    with pytest.raises(Refusal) as refused, work():
        seating.give(db.session.get_one(Licence, made.id), cast.thep, by=TESTER)
    assert refused.value.field == "holder"
    with work():
        one = db.session.get_one(Licence, made.id)
        seating.give_back(one, db.session.get_one(Seat, seat.id), by=TESTER)
        seating.give(one, cast.thep, by=TESTER)


def test_a_person_and_an_item_have_one_seat_each(cast: Cast) -> None:
    made, item = make_licence(cast.office), make_asset(cast.school)
    for holder in (cast.malee, item):
        with work():
            seating.give(db.session.get_one(Licence, made.id), holder, by=TESTER)
        with pytest.raises(Refusal) as refused, work():
            seating.give(db.session.get_one(Licence, made.id), holder, by=TESTER)
        assert refused.value.field == "holder"


def test_fewer_seats_than_are_in_use_are_refused(cast: Cast) -> None:
    made = make_licence(cast.office, seats=2)
    with work():
        one = db.session.get_one(Licence, made.id)
        seating.give(one, cast.malee, by=TESTER)
        seating.give(one, cast.thep, by=TESTER)
    changes = {"starts_on": made.starts_on, "ends_on": made.ends_on, "seats": 1}
    with pytest.raises(Refusal) as refused, work():
        keeping.edit(db.session.get_one(Licence, made.id), changes, by=TESTER)
    assert refused.value.field == "seats"


def test_two_who_give_the_last_seat_at_once_give_it_once(app: Flask, cast: Cast) -> None:
    made_id = make_licence(cast.office, seats=1).id
    people = [cast.malee.id, cast.thep.id, cast.sri.id]
    db.session.rollback()
    ready = threading.Barrier(len(people))

    def give(person_id: int) -> None:
        with app.app_context():
            ready.wait()
            try:
                with work():
                    person = db.session.get_one(Person, person_id)
                    seating.give(db.session.get_one(Licence, made_id), person, by=TESTER)
            except (Refusal, Busy):
                return

    threads = [threading.Thread(target=give, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 1


def test_caretaker_and_keepers_are_told_each_step_once(cast: Cast, clock: Clock) -> None:
    kavi = make_person(unit=cast.school, name_th="กวี ตัวอย่าง")
    make_licence(cast.school, days_left=30, caretaker_id=kavi.id)
    assert jobs.flag_licences() == 3
    jobs.flag_licences()
    told = {person_id for _key, person_id in messages()}
    assert told == {kavi.id, cast.thep.id, cast.sri.id}
    assert len(messages()) == 3


def test_each_step_and_each_renewal_has_its_own_reminder(cast: Cast, clock: Clock) -> None:
    make_licence(cast.office, days_left=65)
    steps = []
    for _day in range(75):
        clock.forward(days=1)
        before = len(messages())
        jobs.flag_licences()
        if len(messages()) > before:
            steps.append(messages()[-1][0].split(":")[3])
    assert steps == ["60", "30", "7", "over"]


def test_nobody_is_told_on_a_closed_day(cast: Cast, clock: Clock) -> None:
    make_licence(cast.office, days_left=7)
    clock.forward(days=5)
    assert jobs.flag_licences() == 0
    assert messages() == []


def test_what_was_given_up_is_told_of_no_more(cast: Cast, clock: Clock) -> None:
    made = make_licence(cast.office, days_left=7)
    with work():
        keeping.give_up(db.session.get_one(Licence, made.id), "ย้ายไปใช้ระบบกลาง", by=TESTER)
    assert jobs.flag_licences() == 0
