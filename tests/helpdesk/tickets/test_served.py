"""The person served: by when it is expected, and what they think of the work."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets import jobs
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rating_models import Rating
from helpdesk.tickets.rules import rating
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Priority, State
from helpdesk.tickets.views.expected import expected_words
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import speaking
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import make_room, sign_in, viewer_for
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


@pytest.fixture
def closed(cast: Cast, thep: Viewer) -> Ticket:
    return make_ticket(unit=cast.school, state=State.CLOSED, technician=thep)


def ratings() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(one.level, one.comment) for one in db.session.scalars(select(Rating))]


def reminders() -> list[str]:
    db.session.rollback()
    kind = OutgoingMessage.kind == "ticket_rate"
    return list(db.session.scalars(select(OutgoingMessage.link).where(kind)))


def test_r_w1_two_working_hours_from_friday_afternoon_are_expected_on_monday(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    clock.set(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))  # Friday, four in the afternoon
    ticket = make_ticket(unit=cast.school, priority=Priority.URGENT)
    client.set_cookie("language", "en")
    page = client.get(f"/t/{ticket.token}").text
    assert "Expected by Mon" in page
    clock.set(datetime(2026, 11, 23, 1, 45, tzinfo=UTC))
    with speaking("en"):
        words = expected_words(db.session.get_one(Ticket, ticket.id))
    assert words == "Expected today, by 10:00"
    with speaking("th"):
        assert "เวลา 10.00 น." in expected_words(db.session.get_one(Ticket, ticket.id))


def test_what_waits_names_no_day_and_what_is_late_says_so(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    waits = make_ticket(unit=cast.school, state=State.WAITING_PARTS, technician=thep)
    late = make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(days=9)
    with speaking("en"):
        assert expected_words(db.session.get_one(Ticket, waits.id)) == ""
        assert "longer than planned" in expected_words(db.session.get_one(Ticket, late.id))


def test_one_tap_rates_and_another_changes_it(client: FlaskClient, closed: Ticket) -> None:
    assert 'name="level"' in client.get(f"/t/{closed.token}").text
    for level in ("2", "5"):
        assert client.post(f"/t/{closed.token}/rate", data={"level": level}).status_code == 302
    assert ratings() == [(5, "")]
    client.post(f"/t/{closed.token}/rate/comment", data={"comment": "ช่างใจดี <b>มาก</b>"})
    assert ratings() == [(5, "ช่างใจดี <b>มาก</b>")]
    page = client.get(f"/t/{closed.token}").text
    assert "ช่างใจดี &lt;b&gt;" in page


def test_the_technician_sees_the_rating(client: FlaskClient, cast: Cast, closed: Ticket) -> None:
    client.post(f"/t/{closed.token}/rate", data={"level": "4"})
    client.post(f"/t/{closed.token}/rate/comment", data={"comment": "รวดเร็ว"})
    sign_in(client, cast.thep)
    assert "รวดเร็ว" in client.get(f"/tickets/{closed.id}").text


def test_bad_ratings_are_refused(client: FlaskClient, cast: Cast, closed: Ticket) -> None:
    still_open = make_ticket(unit=cast.school)
    assert 'name="level"' not in client.get(f"/t/{still_open.token}").text
    wrong = {
        "open": client.post(f"/t/{still_open.token}/rate", data={"level": "5"}),
        "six": client.post(f"/t/{closed.token}/rate", data={"level": "6"}),
        "none": client.post(f"/t/{closed.token}/rate"),
        "words": client.post(f"/t/{closed.token}/rate", data={"level": "45"}),
        "too early": client.post(f"/t/{closed.token}/rate/comment", data={"comment": "x"}),
        "stranger": client.post("/t/none/rate", data={"level": "5"}),
    }
    client.post(f"/t/{closed.token}/rate", data={"level": "3"})
    wrong["too long"] = client.post(f"/t/{closed.token}/rate/comment", data={"comment": "ก" * 1001})
    found = {name: answer.status_code for name, answer in wrong.items()}
    assert {name for name, status in found.items() if status not in (404, 422)} == set()
    assert ratings() == [(3, "")]


def test_two_taps_at_once_are_one_rating(app: Flask, closed: Ticket) -> None:
    ready = threading.Barrier(2)
    ticket_id = closed.id

    def tap(level: int) -> None:
        with app.app_context():
            ready.wait()
            with work():
                rating.rate(db.session.get_one(Ticket, ticket_id), level, by=Viewer(name="ครู"))

    taps = [threading.Thread(target=tap, args=(level,)) for level in (1, 5)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert len(ratings()) == 1


def test_the_reminder_to_rate_comes_once_three_days_after_the_end(
    cast: Cast, thep: Viewer, closed: Ticket, clock: Clock
) -> None:
    rated = make_ticket(unit=cast.school, state=State.CLOSED, technician=thep)
    make_ticket(unit=cast.school, state=State.CLOSED, technician=thep, reporter_contact="081")
    make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    with work():
        rating.rate(db.session.get_one(Ticket, rated.id), 4, by=Viewer())
    clock.forward(days=2, hours=23)
    assert (jobs.remind_to_rate(), reminders()) == (0, [])
    clock.forward(hours=2)
    assert (jobs.remind_to_rate(), reminders()) == (1, [f"/t/{closed.token}"])
    clock.forward(days=1)
    assert jobs.remind_to_rate() == 0
    clock.forward(days=30)
    jobs.remind_to_rate()
    assert len(reminders()) == 1


def test_a_reopened_and_closed_again_report_is_asked_about_no_second_time(
    cast: Cast, thep: Viewer, closed: Ticket, clock: Clock
) -> None:
    clock.forward(days=4)
    assert jobs.remind_to_rate() == 1
    with work():
        row = db.session.get_one(Ticket, closed.id)
        rules.reopen(row, "ยังเสีย", by=thep)
        rules.cancel(row, "แจ้งผิด", by=thep)
    clock.forward(days=4)
    assert jobs.remind_to_rate() == 0
    assert len(reminders()) == 1


def test_the_report_is_reopened_within_fourteen_days_and_not_later(
    client: FlaskClient, closed: Ticket, clock: Clock
) -> None:
    clock.forward(days=14, minutes=1)
    late = client.post(
        f"/t/{closed.token}/reopen", data={"reopen_reason": "ยังเสีย", "version": closed.version}
    )
    assert late.status_code == 422
    clock.set(clock.now - timedelta(minutes=2))
    early = client.post(
        f"/t/{closed.token}/reopen", data={"reopen_reason": "ยังเสีย", "version": closed.version}
    )
    assert early.status_code == 302


def test_f02_the_report_carries_what_the_form_of_a_repair_wants(
    client: FlaskClient, cast: Cast, closed: Ticket
) -> None:
    room = make_room(cast.school, "ห้องสมุด")
    asset = make_asset(cast.school, room_id=room.id, name="เครื่องพิมพ์", asset_no="7440-001-0003")
    ticket = make_ticket(asset, detail="กระดาษติด", reporter_name="ครูสมศรี")
    sign_in(client, cast.thep)
    page = client.get(f"/tickets/{ticket.id}").text
    for wanted in ("เครื่องพิมพ์", "7440-001-0003", "ห้องสมุด", "กระดาษติด", "ครูสมศรี", ticket.number):
        assert wanted in page, wanted


def test_r_r5_the_person_served_confirms_or_it_closes_by_itself_after_a_week(
    client: FlaskClient, cast: Cast, thep: Viewer, clock: Clock
) -> None:
    confirmed, silent = (
        make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep) for _number in "ab"
    )
    client.post(f"/t/{confirmed.token}/close", data={"version": confirmed.version})
    clock.forward(days=6, hours=23)
    assert jobs.tickets_to_close() == []
    clock.forward(hours=2)
    assert jobs.close_resolved(jobs.tickets_to_close()) == 1
    states = db.session.scalars(select(Ticket.state).order_by(Ticket.id)).all()
    assert list(states) == [State.CLOSED, State.CLOSED]
    assert silent.id != confirmed.id
