"""Appointing the committee and the days that the regulation sets (R-I1 to R-I4)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from assets.counts import dates
from assets.counts.models import Round
from assets.counts.rules import opening, planning
from assets.counts.states import Duty, RoundState
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.calendar import rules as calendar
from office.people.access import Role
from office.people.models import Person, RoleGrant
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import appointment, make_round, open_round, store_officer
from tests.factories.office import TESTER, make_office, make_person, make_unit, viewer_for


@pytest.fixture(autouse=True)
def _office(app: Flask, clock: Clock) -> None:
    with work():
        calendar.seed_holidays(range(2025, 2028), by=TESTER)


@pytest.mark.parametrize(
    ("ordered_on", "in_time"),
    [
        (date(2026, 9, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 8, 31), False),
        (date(2026, 10, 1), False),
        (date(2025, 9, 15), False),
    ],
)
def test_r_i1_the_appointment_belongs_into_september(ordered_on: date, in_time: bool) -> None:
    assert dates.is_appointed_in_time(ordered_on, 2569) is in_time


def test_r_i1_a_late_order_is_kept_all_the_same(app: Flask) -> None:
    one = make_round(ordered_on=date(2026, 10, 5))
    assert one.ordered_on == date(2026, 10, 5)


def test_r_i2_a_supply_officer_of_the_unit_is_refused() -> None:
    school = make_unit()
    officer = make_person(Role.STOREKEEPER, unit=school, over=school)
    one = make_round(school)
    with pytest.raises(Refusal, match="213"), work():
        planning.appoint(
            db.session.get_one(Round, one.id),
            db.session.get_one(Person, officer.id),
            Duty.MEMBER,
            by=store_officer(),
        )


def test_r_i2_the_officer_of_the_unit_above_is_a_supply_officer_too() -> None:
    school = make_unit()
    office = make_office()
    officer = make_person(Role.STOREKEEPER, over=office)
    assert planning.is_supply_officer(officer.id, [school.id])


def test_r_i2_the_supply_officer_of_another_school_may_inspect() -> None:
    school, other = make_unit(), make_unit()
    officer = make_person(Role.STOREKEEPER, over=other)
    assert not planning.is_supply_officer(officer.id, [school.id])


def test_r_i2_who_became_supply_officer_after_the_order_stops_the_opening() -> None:
    school, person = make_unit(), make_person()
    make_asset(school)
    one = make_round(school, person)
    with work():
        db.session.add(RoleGrant(person_id=person.id, role=Role.STOREKEEPER, unit_id=school.id))
    with pytest.raises(Refusal, match="213"), work():
        opening.open_round(db.session.get_one(Round, one.id), by=store_officer())


def test_r_i3_the_counting_begins_on_the_first_working_day_of_october() -> None:
    # 1 October 2022 was a Saturday.
    assert dates.days_of(2565, None).starts_on == date(2022, 10, 3)
    assert dates.days_of(2569, None).starts_on == date(2026, 10, 1)


def test_r_i3_a_round_cannot_be_opened_before_that_day(clock: Clock) -> None:
    make_asset()
    one = make_round()
    clock.set(datetime(2026, 9, 30, 3, 0, tzinfo=UTC))
    with pytest.raises(Refusal), work():
        opening.open_round(db.session.get_one(Round, one.id), by=store_officer())


@pytest.mark.parametrize(
    ("year", "counts", "due"),
    [
        (2568, True, date(2025, 11, 13)),
        (2569, True, date(2026, 11, 13)),
        (2568, False, date(2025, 11, 14)),
        (2569, False, date(2026, 11, 16)),
    ],
)
def test_r_i4_the_report_is_due_on_the_30th_working_day(year: int, counts: bool, due: date) -> None:
    assert dates.days_of(year, None, first_day_counts=counts).due_on == due


def test_r_i4_the_stricter_way_of_counting_is_the_default() -> None:
    assert make_round().due_on == date(2026, 11, 13)


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2026, 11, 5), ""), (date(2026, 11, 6), "soon"), (date(2026, 11, 14), "late")],
)
def test_a_report_is_urgent_a_week_before_and_late_after(today: date, said: str) -> None:
    assert dates.urgency(date(2026, 11, 13), today) == said


def test_r_i5_a_unit_has_one_round_a_year() -> None:
    school = make_unit()
    make_round(school)
    with pytest.raises(Refusal):
        make_round(school)


def test_r_i5_a_cancelled_round_makes_room_for_another_one() -> None:
    school = make_unit()
    one = make_round(school)
    with work():
        planning.cancel(db.session.get_one(Round, one.id), "เขียนผิด", by=store_officer())
    assert make_round(school).state == RoundState.PLANNED


def test_a_round_is_cancelled_only_with_a_reason_and_while_it_is_planned() -> None:
    make_asset()
    one = make_round()
    with pytest.raises(Refusal), work():
        planning.cancel(db.session.get_one(Round, one.id), " ", by=store_officer())
    school = make_unit()
    make_asset(school)
    opened = open_round(school)
    with pytest.raises(Refusal), work():
        planning.cancel(db.session.get_one(Round, opened.id), "เลิก", by=store_officer())


def test_a_storekeeper_plans_for_the_own_school_only() -> None:
    school, other = make_unit(), make_unit()
    officer = viewer_for(make_person(Role.STOREKEEPER, over=school))
    with pytest.raises(NotAllowed), work():
        planning.plan(appointment(other), by=officer)


def test_a_committee_of_several_needs_one_chair() -> None:
    make_asset()
    one = make_round(None, make_person(), make_person())
    person_id = make_person().id
    with work():
        who = db.session.get_one(Person, person_id)
    with pytest.raises(Refusal), work():
        planning.appoint(db.session.get_one(Round, one.id), who, Duty.CHAIR, by=store_officer())


def test_an_empty_list_cannot_be_opened() -> None:
    one = make_round(make_unit())
    with pytest.raises(Refusal), work():
        opening.open_round(db.session.get_one(Round, one.id), by=store_officer())
