"""Closed days and opening hours as the office keeps them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kernel.clock import BANGKOK
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.calendar import jobs, queries, rules
from office.calendar.models import ClosedDay
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import TESTER, make_person, make_unit, sign_in

MONDAY = date(2026, 11, 23)


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


def close(day: Any, unit: Any = None, **fields: Any) -> Any:
    with work():
        known = {"reason": "ประกาศ 1/2569", "by": TESTER, "unit": unit, **fields}
        return rules.close_day(day, known.pop("name_th", "วันหยุด"), **known)


def seed(*years: Any) -> Any:
    with work():
        return rules.seed_holidays(years, by=TESTER)


def test_without_settings_the_office_works_from_monday_to_friday(app: Flask) -> None:
    assert queries.is_open_day(MONDAY)
    assert not queries.is_open_day(date(2026, 11, 22))
    assert queries.calendar_for().hours[0] == (time(8, 30), time(16, 30))


def test_public_holidays_of_2026_give_r_w3_its_twenty_days(app: Flask) -> None:
    seed(2026)
    october = queries.calendar_for(around=MONDAY)

    assert october.open_days(date(2026, 10, 1), date(2026, 10, 31)) == 20


def test_songkran_stops_the_clock_as_r_w2_says(app: Flask) -> None:
    seed(2026)
    calendar = queries.calendar_for(around=date(2026, 4, 10))
    came = datetime(2026, 4, 10, 16, 30, tzinfo=BANGKOK)

    assert calendar.opening(came) == datetime(2026, 4, 16, 8, 30, tzinfo=BANGKOK)


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2027, 5, 3), date(2026, 1, 10)])
def test_labour_day_and_childrens_day_are_no_days_off(app: Flask, day: Any) -> None:
    seed(2026, 2027)

    assert db.session.scalar(select(ClosedDay).where(ClosedDay.day == day)) is None


def test_the_ploughing_ceremony_is_a_day_off(app: Flask) -> None:
    seed(2026)

    assert not queries.is_open_day(date(2026, 5, 13))


def test_taking_the_holidays_again_adds_nothing_and_keeps_what_was_removed(app: Flask) -> None:
    made = seed(2026)
    row = db.session.scalar(select(ClosedDay).where(ClosedDay.day == date(2026, 5, 13)))
    with work():
        rules.open_day(row, reason="มติ ครม.", by=TESTER)

    assert (made > 15, seed(2026)) == (True, 0)
    assert queries.is_open_day(date(2026, 5, 13))


def test_the_job_takes_this_year_and_the_next(app: Flask, clock: Clock) -> None:
    jobs.seed_holidays()

    years = {day.year for day in db.session.scalars(select(ClosedDay.day))}
    assert years == {2026, 2027}


def test_a_closed_day_is_left_out_at_once(app: Flask) -> None:
    assert queries.is_open_day(MONDAY)
    close(MONDAY)

    assert queries.next_open_day(MONDAY) == date(2026, 11, 24)


def test_a_day_of_a_school_closes_that_school_and_what_lies_under_it(cast: Cast) -> None:
    below = make_unit(parent=cast.school)
    close(MONDAY, cast.school)

    assert not queries.is_open_day(MONDAY, cast.school.id)
    assert not queries.is_open_day(MONDAY, below.id)
    assert queries.is_open_day(MONDAY, cast.other_school.id)
    assert queries.is_open_day(MONDAY)


def test_a_school_may_work_on_a_day_off_of_the_office(cast: Cast) -> None:
    close(MONDAY)
    row = close(MONDAY, cast.school)
    with work():
        rules.open_day(row, reason="สอนชดเชย", by=TESTER)

    assert queries.is_open_day(MONDAY, cast.school.id)
    assert not queries.is_open_day(MONDAY, cast.other_school.id)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name_th": " "}, "name_th"),
        ({"reason": " "}, "reason"),
        ({"day": date(9999, 1, 1)}, "day"),
        ({"day": date(1950, 1, 1)}, "day"),
    ],
)
def test_a_bad_closed_day_is_refused_at_its_field(app: Flask, fields: Any, field: Any) -> None:
    with pytest.raises(Refusal) as refused:
        close(**{"day": MONDAY, **fields})

    assert refused.value.field == field


def test_a_day_is_closed_once_and_may_be_closed_anew(app: Flask) -> None:
    row = close(MONDAY)
    with pytest.raises(Refusal):
        close(MONDAY)
    with work():
        rules.open_day(row, reason="เลื่อน", by=TESTER)
    with pytest.raises(Refusal), work():
        rules.open_day(row, reason="เลื่อน", by=TESTER)
    close(MONDAY)

    assert not queries.is_open_day(MONDAY)
    assert db.session.scalar(select(func.count()).select_from(ClosedDay)) == 1


def test_hours_are_set_for_the_week(app: Flask) -> None:
    week = {day: (time(8), time(12)) for day in range(6)}
    with work():
        rules.set_hours(week, by=TESTER)

    assert queries.hours() == week
    assert queries.is_open_day(date(2026, 11, 28))


@pytest.mark.parametrize("week", [{}, {0: (time(16), time(8))}, {0: (time(8), time(8))}])
def test_hours_that_cannot_be_are_refused(app: Flask, week: Any) -> None:
    with pytest.raises(Refusal), work():
        rules.set_hours(week, by=TESTER)


def hours_form(version: Any, **changes: Any) -> Any:
    fields = {"version": version}
    for day in range(5):
        fields |= {f"open_{day}": "y", f"opens_{day}": "08:00", f"closes_{day}": "16:00"}
    return {**fields, **changes}


def version(client: FlaskClient) -> Any:
    page = client.get("/calendar/hours").text
    return page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]


def test_the_page_sets_the_hours_and_refuses_a_stale_form(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    seen = version(client)

    assert client.post("/calendar/hours", data=hours_form(seen)).status_code == 302
    assert client.post("/calendar/hours", data=hours_form(seen, opens_0="09:00")).status_code == 409
    db.session.rollback()
    assert queries.hours()[0] == (time(8), time(16))


@pytest.mark.parametrize("changes", [{"opens_0": ""}, {"closes_0": "07:00"}, {"opens_0": "25:99"}])
def test_the_page_tells_what_is_wrong_with_the_hours(
    client: FlaskClient, cast: Cast, changes: Any
) -> None:
    sign_in(client, cast.admin)
    answer = client.post("/calendar/hours", data=hours_form(version(client), **changes))

    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_the_page_closes_a_day_typed_in_buddhist_years(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    answer = client.post(
        "/calendar/close",
        data={
            "day": "๒๓ พ.ย. ๒๕๖๙",
            "name_th": "<b>วันดี</b>",
            "source": "special",
            "unit_id": "",
            "reason": "มติ",
        },
    )

    assert answer.headers["Location"] == "/calendar?year=2026"
    db.session.rollback()
    assert not queries.is_open_day(MONDAY)
    assert "&lt;b&gt;วันดี" in client.get("/calendar?year=2026").text


@pytest.mark.parametrize("day", ["31/2/2569", "1/1/9999", "tomorrow", ""])
def test_the_page_tells_what_is_wrong_with_a_day(client: FlaskClient, cast: Cast, day: Any) -> None:
    sign_in(client, cast.admin)
    data = {"day": day, "name_th": "วันดี", "source": "office", "unit_id": "", "reason": "มติ"}
    answer = client.post("/calendar/close", data=data)

    assert answer.status_code == 422
    assert 'value="วันดี"' in answer.text


def test_the_page_opens_a_day_again_with_a_reason(client: FlaskClient, cast: Cast) -> None:
    row = close(MONDAY)
    sign_in(client, cast.admin)
    address = f"/calendar/{row.id}/open"

    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"reason": "เลื่อน"}).status_code == 302
    db.session.rollback()
    assert queries.is_open_day(MONDAY)


def test_an_administrator_of_a_school_closes_days_of_that_school_only(
    client: FlaskClient, cast: Cast
) -> None:
    row = close(MONDAY)
    sign_in(client, make_person("admin", unit=cast.school, over=cast.school))
    data = {"day": "24/11/2569", "name_th": "กีฬาสี", "source": "office", "reason": "ประกาศ"}
    own = client.post("/calendar/close", data={**data, "unit_id": str(cast.school.id)})
    whole = client.post("/calendar/close", data={**data, "unit_id": ""})

    assert (own.status_code, whole.status_code) == (302, 422)
    assert client.post(f"/calendar/{row.id}/open", data={"reason": "x"}).status_code == 403
    db.session.rollback()
    assert not queries.is_open_day(date(2026, 11, 24), cast.school.id)
    assert queries.is_open_day(date(2026, 11, 24))


@pytest.mark.parametrize("year", ["", "x", "0001", "9999", "99999999999999999999"])
def test_nonsense_years_show_a_year(client: FlaskClient, cast: Cast, year: Any) -> None:
    sign_in(client, cast.malee)

    assert client.get(f"/calendar?year={year}").status_code == 200


def test_the_page_takes_the_holidays_of_its_year(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    client.post("/calendar/holidays", data={"year": "2027"})

    assert "วันสงกรานต์" in client.get("/calendar?year=2027").text


def test_the_command_takes_the_holidays(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["calendar", "holidays", "2026"])

    assert answer.exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(ClosedDay)) > 15


def test_the_calendar_takes_two_queries_however_often_it_is_asked(app: Flask) -> None:
    db.session.rollback()
    queries.calendar_for()

    assert queries.calendar_for() is queries.calendar_for()
