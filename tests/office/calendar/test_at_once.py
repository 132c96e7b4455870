"""Two administrators who change the calendar at the same moment take turns."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.calendar import queries, rules
from office.calendar.models import ClosedDay
from office.places.models import Unit
from tests.cast import Cast, make_cast
from tests.factories.office import viewer_for
from tests.office.at_once import in_threads

DAY = date(2026, 12, 9)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def closed_days() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ClosedDay)) or 0


@pytest.mark.parametrize("of_a_school", [True, False])
def test_of_those_who_close_one_day_at_once_one_does(
    app: Flask, cast: Cast, of_a_school: Any
) -> None:
    admin, school_id = viewer_for(cast.admin), cast.school.id

    def close(_number: int) -> str:
        try:
            with work():
                unit = db.session.get_one(Unit, school_id) if of_a_school else None
                rules.close_day(DAY, "กีฬาสี", reason="คำสั่ง 1/2569", by=admin, unit=unit)
        except Refusal as refusal:
            return refusal.field or ""
        return "closed"

    assert sorted(in_threads(app, 4, close)) == ["closed", "day", "day", "day"]
    assert closed_days() == 1


def test_the_holidays_are_taken_once(app: Flask, cast: Cast) -> None:
    admin = viewer_for(cast.admin)

    def take(_number: int) -> int:
        with work():
            return rules.seed_holidays([2030], by=admin)

    made = sorted(in_threads(app, 3, take))
    assert made[:2] == [0, 0]
    assert made[2] == closed_days()


def test_the_hours_set_last_count(app: Flask, cast: Cast) -> None:
    admin = viewer_for(cast.admin)
    wanted = [{day: (time(8, number), time(16)) for day in range(5)} for number in range(4)]

    def set_hours(number: int) -> None:
        with work():
            rules.set_hours(wanted[number], by=admin)

    in_threads(app, len(wanted), set_hours)
    db.session.rollback()
    assert queries.hours() in wanted
