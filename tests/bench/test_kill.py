"""The proof of the kill finds what is lost; a proof that cannot fail would show nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import insert, update

from bench import kill, people_at_work
from helpdesk.tickets.models import Ticket
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import NumberSeries
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def place(app: Flask) -> kill.Place:
    return kill.Place(app, {}, 0, None)


def _guests(*tokens: str) -> people_at_work.Guests:
    guests = people_at_work.Guests(0, 0)
    for token in tokens:
        guests.note(token)
    return guests


def test_a_report_that_was_acknowledged_and_is_not_there_is_a_fault(
    place: kill.Place, cast: Cast
) -> None:
    kept = make_ticket(make_asset(cast.school)).token
    assert kill._reports_kept(place, _guests(kept), 1).faults == []
    assert kill._reports_kept(place, _guests(kept, "gone-and-lost"), 1).faults == [
        "report gone-a… lost"
    ]


def test_a_kill_before_anything_was_acknowledged_proves_nothing(
    place: kill.Place, cast: Cast
) -> None:
    verdict = kill._reports_kept(place, _guests(), 30)
    assert verdict.faults == ["only 0 were acknowledged: nothing is shown"]


def test_a_gap_in_the_numbers_is_a_fault(app: Flask, cast: Cast) -> None:
    make_ticket(make_asset(cast.school))
    assert kill._books() == []
    with work():
        db.session.execute(update(NumberSeries).values(last=NumberSeries.last + 1))
    assert "1 numbers ซ., the last one is 2" in kill._books()


def test_a_report_that_nobody_wrote_down_is_a_fault(app: Flask, cast: Cast) -> None:
    whole = make_ticket(make_asset(cast.school))
    columns = [column for column in Ticket.__table__.columns if column.name != "id"]
    copy = {column.name: getattr(whole, column.key) for column in columns}
    with work():
        db.session.execute(insert(Ticket).values({**copy, "number": "ซ.9/2570", "token": "t"}))
    assert kill._books()[0] == "2 numbers ซ., the last one is 1"
