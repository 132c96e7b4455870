"""A person's calendar feed, read back by a real parser."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from sqlalchemy import select

from assets.loans.models import LoanLine
from assets.loans.request_models import LoanRequest
from assets.loans.rules import returning, sending
from assets.loans.rules.asking import Meeting
from assets.loans.states import Outcome
from assets.maintenance.jobs import follow_plans
from assets.maintenance.models import Visit
from assets.maintenance.rules import visiting
from helpdesk.feeds import rules, tokens
from helpdesk.tickets.states import State
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, open_day
from tests.factories.loans import make_loan
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, sign_in, viewer_for
from tests.factories.tickets import make_ticket

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def address(person: Person) -> str:
    with work():
        rules.renew(by=viewer_for(person))
    token = tokens.token_of(person.id)
    return f"/calendar/{token}.ics"


def events(client: FlaskClient, path: str) -> dict[str, Event]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.data)
    return {str(one["UID"]).split("@")[0]: one for one in found.walk("VEVENT")}


def test_a_loan_is_a_whole_day_on_which_the_thing_comes_back(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    loan = make_loan(borrower=cast.malee, due_on=clock.now.date() + timedelta(days=7))
    (event,) = events(client, address(cast.malee)).values()
    assert event["DTSTART"].dt == date(2026, 11, 30)
    assert event["DTEND"].dt == date(2026, 12, 1)
    assert "คืน:" in event["SUMMARY"]
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["UID"]).startswith(f"loan-{loan.id}@")


def test_what_came_back_is_cancelled_under_the_same_id_with_a_higher_sequence(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    loan = make_loan(borrower=cast.malee, due_on=clock.now.date() + timedelta(days=7))
    path = address(cast.malee)
    before = events(client, path)[f"loan-{loan.id}"]
    with work():
        line = db.session.scalars(select(LoanLine).where(LoanLine.loan_id == loan.id)).one()
        returning.take_back(
            [returning.Return(line.asset_id, Outcome.GOOD)], by=viewer_for(cast.sri)
        )
    after = events(client, path)[f"loan-{loan.id}"]
    assert after["STATUS"] == "CANCELLED"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    clock.forward(days=31)
    assert events(client, path) == {}


def test_a_job_stands_at_its_deadline_to_the_second_in_utc(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(state=State.ACCEPTED, technician=viewer_for(cast.thep))
    path = address(cast.thep)
    event = events(client, path)[f"ticket-{ticket.id}"]
    db.session.refresh(ticket)
    assert event["DTSTART"].dt == ticket.next_due_at
    assert b"TZID" not in client.get(path).data
    assert ticket.number in event["SUMMARY"]


def test_a_day_of_maintenance_stands_on_its_day_moves_with_it_and_is_cancelled_when_done(
    client: FlaskClient, cast: Cast
) -> None:
    with in_work():
        kind = class_of_things()
        make_asset(cast.school, class_id=kind.id)
        make_plan(kind, starts_on=date(2026, 12, 1), caretaker_id=cast.thep.id, steps=())
    follow_plans()
    visit = db.session.scalars(select(Visit)).one()
    path, by, number = address(cast.thep), viewer_for(cast.thep), visit.id
    # The job of the visit does not stand beside it at its own deadline.
    ((key, event),) = events(client, path).items()
    assert (key, event["DTSTART"].dt) == (f"maintenance-{number}", date(2026, 12, 1))
    assert cast.school.name_th in event["SUMMARY"]
    with work():
        visiting.move(db.session.get_one(Visit, number), date(2026, 12, 3), by=by)
    assert events(client, path)[key]["DTSTART"].dt == date(2026, 12, 3)
    with work():
        visiting.cancel(db.session.get_one(Visit, number), "โรงเรียนปิด", by=by)
    assert events(client, path)[key]["STATUS"] == "CANCELLED"


def test_a_meeting_stands_from_its_setting_up_to_its_end_and_is_cancelled_with_its_request(
    client: FlaskClient, cast: Cast
) -> None:
    begins = kernel_clock.at(open_day(1), time(9))
    wanted = Meeting(
        kind="video",
        title="ประชุมผู้บริหาร",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        place_text="ห้องประชุม 1",
    )
    item = make_asset(class_id=make_class().id)
    number = make_approved(cast.malee, item, meeting=wanted).id
    with work():
        request = db.session.get_one(LoanRequest, number)
        sending.set_operator(request, cast.thep.id, by=viewer_for(cast.thep))
    paths = [address(person) for person in (cast.thep, cast.malee)]
    found = [events(client, path) for path in paths]
    (key,) = (one for one in found[0] if one.startswith("meeting-"))
    for one in found:
        assert one[key]["DTSTART"].dt == begins - timedelta(minutes=30)
        assert one[key]["DTEND"].dt == begins + timedelta(hours=2)
        assert one[key]["LOCATION"] == "ห้องประชุม 1"
        assert one[key]["STATUS"] == "CONFIRMED"
    with work():
        sending.cancel(db.session.get_one(LoanRequest, number), by=viewer_for(cast.malee))
    for path, before in zip(paths, found, strict=True):
        after = events(client, path)[key]
        assert after["STATUS"] == "CANCELLED"
        assert int(after["SEQUENCE"]) > int(before[key]["SEQUENCE"])


def test_nobody_sees_what_is_another_persons(client: FlaskClient, cast: Cast) -> None:
    make_ticket(state=State.ACCEPTED, technician=viewer_for(cast.thep))
    assert events(client, address(cast.malee)) == {}


def test_long_thai_titles_are_folded_and_read_back_whole(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(
        state=State.ACCEPTED,
        technician=viewer_for(cast.thep),
        detail="เครื่องพิมพ์ไม่ทำงาน, กระดาษติด; เปิดไม่ได้ " * 6,
    )
    path = address(cast.thep)
    assert max(len(line) for line in client.get(path).data.split(b"\r\n")) <= 75
    assert events(client, path)[f"ticket-{ticket.id}"]["SUMMARY"].startswith(ticket.number)


def test_a_new_address_makes_the_old_one_void_for_ever(client: FlaskClient, cast: Cast) -> None:
    old = address(cast.malee)
    new = address(cast.malee)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    sign_in(client, cast.malee)
    client.post("/profile/calendar/close")
    assert client.get(new).status_code == 404
    client.post("/profile/calendar/renew")
    assert [client.get(path).status_code for path in (old, new)] == [404, 404]


def test_who_has_left_has_no_calendar(client: FlaskClient, cast: Cast, clock: Clock) -> None:
    path = address(cast.malee)
    with work():
        db.session.get_one(Person, cast.malee.id).left_on = clock.now.date()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "WzEsMV0.forged", "..", "%00"])
def test_an_address_that_is_none_is_a_helpful_page(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 404


def test_the_own_page_tells_the_address_in_both_languages(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.malee)
    assert "ยังไม่มีที่อยู่ปฏิทิน" in client.get("/profile/calendar").text
    client.post("/profile/calendar/renew")
    assert f"/calendar/{tokens.token_of(cast.malee.id)}.ics" in client.get("/profile/calendar").text
    with work():
        db.session.get_one(Person, cast.malee.id).language = "en"
    assert "My calendar" in client.get("/profile/calendar").text
