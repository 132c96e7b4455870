"""Meetings to set up: who, when and where (DOMAIN 8.9), and that nobody is wanted twice (R-V1)."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from assets.loans.request_models import LoanRequest
from assets.loans.rules import sending
from assets.loans.rules.asking import Meeting
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, make_request, open_day, sign
from tests.factories.office import make_person, make_room, sign_in, viewer_for


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def meeting(hour: int, **overrides: Any) -> Meeting:
    """Return a meeting of two hours on the next open day, half an hour of setting up before it."""
    day = open_day(1)
    return Meeting(
        **{
            "kind": "video",
            "title": f"ประชุมเวลา {hour} น.",
            "starts_at": kernel_clock.at(day, time(hour)),
            "ends_at": kernel_clock.at(day, time(hour + 2)),
            "place_text": "ห้องประชุม 1",
            **overrides,
        }
    )


def asked(asker: Person, wanted: Meeting) -> LoanRequest:
    return make_request(asker, make_asset(class_id=make_class().id), meeting=wanted)


def approved(asker: Person, wanted: Meeting) -> LoanRequest:
    return make_approved(asker, make_asset(class_id=make_class().id), meeting=wanted)


def test_r_v1_a_room_is_not_promised_to_two_meetings_at_once(cast: Cast) -> None:
    room = make_room(cast.office, "ห้องประชุมใหญ่").id
    approved(cast.malee, meeting(9, room_id=room, place_text=""))
    with pytest.raises(Refusal, match="ห้องประชุมใหญ่"):
        asked(cast.kanda, meeting(10, room_id=room, place_text=""))
    sign(asked(cast.kanda, meeting(10, room_id=make_room(cast.office, "ห้องเล็ก").id)))


def test_r_v1_of_two_that_wait_for_one_room_the_first_approval_wins(cast: Cast) -> None:
    one, other = asked(cast.malee, meeting(9)), asked(cast.kanda, meeting(9))
    sign(one)
    with pytest.raises(Refusal, match="มีการประชุมอื่น"):
        sign(other)


def test_r_v1_the_time_of_setting_up_counts(cast: Cast) -> None:
    approved(cast.malee, meeting(9))
    with pytest.raises(Refusal, match="มีการประชุมอื่น"):
        asked(cast.kanda, meeting(11, place_text="ห้องประชุม  1", minutes_before=30))
    sign(asked(cast.orn, meeting(11, minutes_before=0)))


def test_r_v1_nobody_sets_up_two_meetings_at_once(cast: Cast) -> None:
    first = approved(cast.malee, meeting(9))
    second = approved(cast.kanda, meeting(10, place_text="ห้องประชุม 2"))
    by = viewer_for(cast.thep)
    with work():
        sending.set_operator(db.session.get_one(LoanRequest, first.id), cast.thep.id, by=by)
    with pytest.raises(Refusal) as refused, work():
        sending.set_operator(db.session.get_one(LoanRequest, second.id), cast.thep.id, by=by)
    assert refused.value.field == "operator_id"


def test_r_v1_the_same_equipment_is_not_promised_twice(cast: Cast) -> None:
    camera = make_asset(class_id=make_class().id)
    make_approved(cast.malee, camera, meeting=meeting(9))
    with pytest.raises(Refusal):
        make_request(cast.kanda, camera, meeting=meeting(14, place_text="ห้องประชุม 2"))


def test_the_technician_meets_the_meeting_at_home_in_the_list_and_in_the_request(
    client: FlaskClient, cast: Cast
) -> None:
    one = approved(cast.malee, meeting(9, platform="Zoom", participants=40))
    sign_in(client, cast.thep)
    address = f"/loans/requests/{one.id}"
    for page in ("/", "/loans/setups", "/loans/setups?which=nobody"):
        shown = client.get(page).text
        assert address in shown, page
        assert "ประชุมเวลา 9 น." in shown
        assert "08.30" in shown, page  # half an hour before the meeting
    assert "ห้องประชุม 1" in client.get(address).text
    assert address not in client.get("/loans/setups?which=mine").text


def test_a_technician_takes_a_meeting_and_the_next_one_is_told_who_has_it(
    client: FlaskClient, cast: Cast
) -> None:
    one = approved(cast.malee, meeting(9))
    sign_in(client, cast.thep)
    assert client.post(f"/loans/requests/{one.id}/set-up-myself").status_code == 302
    assert f"/loans/requests/{one.id}" in client.get("/loans/setups?which=mine").text
    sign_in(client, make_person("technician"))
    late = client.post(f"/loans/requests/{one.id}/set-up-myself")
    assert late.status_code == 409
    assert "เทพ ตัวอย่าง" in late.text


def test_who_is_no_technician_takes_no_meeting(client: FlaskClient, cast: Cast) -> None:
    one = approved(cast.malee, meeting(9))
    sign_in(client, cast.sri)
    assert client.post(f"/loans/requests/{one.id}/set-up-myself").status_code == 403
    sign_in(client, cast.malee)
    assert client.post(f"/loans/requests/{one.id}/set-up-myself").status_code == 403


def test_a_request_without_a_meeting_stays_unseen_by_technicians(
    client: FlaskClient, cast: Cast
) -> None:
    plain = make_request(cast.malee, make_asset())
    sign_in(client, cast.thep)
    assert client.get(f"/loans/requests/{plain.id}").status_code == 404


def test_what_is_over_or_cancelled_leaves_the_list(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    kept, gone = approved(cast.malee, meeting(9)), approved(cast.kanda, meeting(13))
    with work():
        sending.cancel(db.session.get_one(LoanRequest, gone.id), by=viewer_for(cast.kanda))
    sign_in(client, cast.thep)
    shown = client.get("/loans/setups").text
    assert f"/loans/requests/{kept.id}" in shown
    assert f"/loans/requests/{gone.id}" not in shown
    clock.forward(days=3)
    assert f"/loans/requests/{kept.id}" not in client.get("/loans/setups").text
    assert f"/loans/requests/{kept.id}" in client.get("/loans/setups?which=past").text


def test_the_list_speaks_english_and_says_when_it_is_empty(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, make_person("technician", language="en"))
    assert "No meeting is to be set up." in client.get("/loans/setups").text
    approved(cast.malee, meeting(9))
    assert "I set it up" in client.get("/loans/setups").text


def test_the_queries_of_the_list_do_not_grow_with_the_meetings(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.thep)
    counts = []
    for first in (1, 2):
        for number in range(first * 4):
            approved(make_person(), meeting(9, place_text=f"ห้อง {first}/{number}"))
        seen: list[str] = []
        note = lambda *args, into=seen: into.append(args[2])  # noqa: E731 - taken off below
        event.listen(db.engine, "before_cursor_execute", note)
        assert client.get("/loans/setups").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len([one for one in seen if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 8
