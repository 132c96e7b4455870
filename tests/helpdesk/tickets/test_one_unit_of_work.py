"""A report, its tries and its key are one unit of work; one key serves a page of buttons."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets import queue_queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.queue_filters import Filters
from helpdesk.tickets.states import State
from kernel.db import db
from office.bookkeeping import audit
from office.bookkeeping.models import Tally
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import make_tag, make_ticket

KEY = "a key of twenty letters"


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def tries() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(Tally.count).order_by(Tally.bucket)))


def test_a_report_counts_once_for_the_network_and_once_for_the_label(
    client: FlaskClient, cast: Cast
) -> None:
    tag = make_tag(make_asset(cast.school))
    client.post(f"/q/{tag.code}/report", data={"detail": "จอไม่ติด", "name": "ครูสมมติ"})
    assert tries() == [1, 1]


def test_a_report_that_a_rule_refuses_is_counted_all_the_same(
    client: FlaskClient, cast: Cast
) -> None:
    tag = make_tag(make_asset(cast.school))
    for _number in range(2):
        answer = client.post(f"/q/{tag.code}/report", data={"name": "ครูสมมติ"})
        assert answer.status_code == 422
    assert tries() == [2, 2]
    assert db.session.scalar(select(Ticket.id)) is None


def test_one_key_takes_each_ticket_of_the_queue(client: FlaskClient, cast: Cast) -> None:
    made = [make_ticket(unit=cast.school) for _number in range(2)]
    sign_in(client, cast.thep)
    for ticket in made:
        for _tap in range(2):
            sent = {"key": KEY, "version": ticket.version}
            assert client.post(f"/tickets/{ticket.id}/take", data=sent).status_code == 302
    db.session.rollback()
    assert set(db.session.scalars(select(Ticket.assignee_id))) == {cast.thep.id}


def test_a_waiting_ticket_is_counted_as_the_view_lists_it(cast: Cast) -> None:
    thep = viewer_for(cast.thep)
    make_ticket(unit=cast.school, state=State.WAITING_PARTS, technician=thep)
    make_ticket(unit=cast.school)
    listed = queue_queries.queue(thep, Filters(view="waiting"), 1, 50)
    assert queue_queries.view_counts(thep)["waiting"] == len(listed) == 1


@pytest.mark.parametrize("signed_in", [False, True])
def test_sending_a_report_asks_at_most_eight_times(
    client: FlaskClient, cast: Cast, signed_in: bool
) -> None:
    if signed_in:
        sign_in(client, cast.thep)
    said = {"detail": "จอไม่ติด", "name": "ครูสมมติ", "about": "other"}
    asked_each_time = []
    for _number in range(2):
        path = f"/q/{make_tag(make_asset(cast.school)).code}/report"
        with counted() as asked:
            assert client.post(path, data=said).status_code == 302
        asked_each_time.append(len(asked))
    # The first one reads the calendar of the school, which the process keeps for a minute.
    assert asked_each_time[1] <= 8
    assert audit.verify().broken_id is None
