"""People are told of service dates: once for each step, one message a day, not on closed days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from assets.register import jobs
from assets.register.models import Asset, ServiceNotice
from assets.register.states import Lifecycle
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import in_work, make_person


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def due_in(days: int, clock: Clock, cast: Cast, **overrides: object) -> Asset:
    day = clock.now.date() + timedelta(days=days)
    return make_asset(cast.school, next_service_on=day, **overrides)


def told() -> list[tuple[int | None, str]]:
    """Who was told, and under which subject."""
    db.session.rollback()
    rows = select(OutgoingMessage.person_id, OutgoingMessage.subject).order_by(OutgoingMessage.id)
    return [(person, subject) for person, subject in db.session.execute(rows)]


def steps() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(ServiceNotice.step).order_by(ServiceNotice.id)))


@pytest.mark.parametrize(
    ("days", "step"),
    [(14, "near"), (1, "near"), (0, "due"), (-6, "due"), (-7, "passed"), (-400, "passed")],
)
def test_an_item_is_told_of_at_the_step_it_has_reached(
    clock: Clock, cast: Cast, days: int, step: str
) -> None:
    due_in(days, clock, cast)
    assert jobs.flag_service() == 1
    assert steps() == [step]


def test_an_item_with_time_to_spare_is_left_alone(clock: Clock, cast: Cast) -> None:
    due_in(15, clock, cast)
    assert jobs.flag_service() == 0
    assert told() == []


def test_technician_and_storekeeper_are_told_and_nobody_else(clock: Clock, cast: Cast) -> None:
    due_in(0, clock, cast)
    jobs.flag_service()
    assert {person for person, _subject in told()} == {cast.thep.id, cast.sri.id}


def test_who_works_for_another_school_is_not_told(clock: Clock, cast: Cast) -> None:
    here = make_person("technician", over=cast.school)
    there = make_person("technician", over=cast.other_school)
    due_in(0, clock, cast)
    jobs.flag_service()
    people = {person for person, _subject in told()}
    assert here.id in people
    assert there.id not in people


def test_who_has_left_is_not_told(clock: Clock, cast: Cast) -> None:
    gone = make_person("technician", left_on=clock.now.date())
    due_in(0, clock, cast)
    jobs.flag_service()
    assert gone.id not in {person for person, _subject in told()}


def test_a_person_gets_one_message_with_everything_in_it(clock: Clock, cast: Cast) -> None:
    for days in (0, 3, -9):
        due_in(days, clock, cast)
    jobs.flag_service()
    assert told() == [
        (cast.thep.id, "ครุภัณฑ์ 3 รายการถึงกำหนดบำรุงรักษา"),
        (cast.sri.id, "ครุภัณฑ์ 3 รายการถึงกำหนดบำรุงรักษา"),
    ]


def test_the_same_step_is_told_once(clock: Clock, cast: Cast) -> None:
    due_in(10, clock, cast)
    jobs.flag_service()
    clock.forward(days=1)
    assert jobs.flag_service() == 0
    assert len(told()) == 2


def test_each_step_is_told_as_time_goes_by(clock: Clock, cast: Cast) -> None:
    due_in(14, clock, cast)
    for _day in range(35):
        jobs.flag_service()
        clock.forward(days=1)
    assert steps() == ["near", "due", "passed"]


def test_a_new_date_begins_anew(clock: Clock, cast: Cast) -> None:
    asset = due_in(0, clock, cast)
    jobs.flag_service()
    clock.forward(days=1)
    with in_work():
        moved = db.session.get_one(Asset, asset.id)
        moved.next_service_on = clock.now.date()
    assert jobs.flag_service() == 1


def test_a_second_run_on_one_day_sends_no_second_message(clock: Clock, cast: Cast) -> None:
    due_in(0, clock, cast)
    jobs.flag_service()
    due_in(0, clock, cast)
    assert jobs.flag_service() == 0
    clock.forward(days=1)
    assert jobs.flag_service() == 1


def test_a_closed_day_is_quiet_and_the_next_open_day_makes_it_good(
    clock: Clock, cast: Cast
) -> None:
    clock.forward(days=5)  # a Saturday
    due_in(0, clock, cast)
    assert jobs.flag_service() == 0
    clock.forward(days=2)
    assert jobs.flag_service() == 1


def test_items_out_of_the_register_need_no_service(clock: Clock, cast: Cast) -> None:
    due_in(0, clock, cast, lifecycle=Lifecycle.DISPOSED)
    assert jobs.flag_service() == 0


def test_a_message_speaks_the_language_of_its_reader(clock: Clock, cast: Cast) -> None:
    with in_work():
        db.session.get_one(Person, cast.thep.id).language = "en"
    due_in(-8, clock, cast, name="Projector")
    jobs.flag_service()
    body = db.session.scalars(
        select(OutgoingMessage.body).where(OutgoingMessage.person_id == cast.thep.id)
    ).one()
    assert "Projector · Bang Tuayang School · service overdue since 15 Nov 2026" in body
