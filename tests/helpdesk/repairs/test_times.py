"""Time spent: the timer, the forgotten timer, typed minutes, corrections."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.repairs.models import Spell
from helpdesk.repairs.rules import times
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import RESULT, make_ticket
from tests.office.at_once import in_threads


def ticket_at_work(cast: Cast, thep: Viewer, state: State = State.IN_PROGRESS) -> Ticket:
    return make_ticket(unit=cast.school, state=state, technician=thep)


def started(ticket: Ticket, by: Viewer) -> None:
    with work():
        times.start(db.session.get_one(Ticket, ticket.id), by=by)


def stopped(by: Viewer, minutes: int | None = None) -> None:
    with work():
        spell = times.running_of(by.id or 0)
        assert spell is not None
        times.stop(spell, by=by, minutes=minutes)


def minutes() -> list[int | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Spell.minutes).order_by(Spell.id)))


def test_a_timer_counts_the_begun_minutes(cast: Cast, thep: Viewer, clock: Clock) -> None:
    started(ticket_at_work(cast, thep), thep)
    clock.forward(minutes=24, seconds=1)
    stopped(thep)
    assert minutes() == [25]


def test_starting_the_timer_starts_the_work(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_at_work(cast, thep, State.ACCEPTED)
    started(ticket, thep)
    assert db.session.get_one(Ticket, ticket.id).state == State.IN_PROGRESS


def test_a_person_has_one_timer_and_the_other_is_counted(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    started(ticket_at_work(cast, thep), thep)
    clock.forward(minutes=10)
    started(ticket_at_work(cast, thep), thep)
    assert minutes() == [10, None]


def test_a_timer_that_runs_here_is_not_started_again(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_at_work(cast, thep)
    started(ticket, thep)
    with pytest.raises(Refusal):
        started(ticket, thep)


def test_a_forgotten_timer_is_asked_about(cast: Cast, thep: Viewer, clock: Clock) -> None:
    started(ticket_at_work(cast, thep), thep)
    clock.forward(hours=4, seconds=1)
    with pytest.raises(Refusal) as refused:
        stopped(thep)
    assert refused.value.field == "minutes"
    stopped(thep, 90)
    assert minutes() == [90]


def test_a_timer_past_midnight_was_forgotten(cast: Cast, thep: Viewer, clock: Clock) -> None:
    clock.forward(hours=13, minutes=50)
    started(ticket_at_work(cast, thep), thep)
    clock.forward(minutes=30)
    with pytest.raises(Refusal):
        stopped(thep)


def test_a_ticket_that_is_resolved_stops_its_timers(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = ticket_at_work(cast, thep)
    started(ticket, thep)
    clock.forward(minutes=7)
    with work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), RESULT, by=thep)
    assert minutes() == [7]


@pytest.mark.parametrize(("typed", "days"), [(0, 0), (-5, 0), (1441, 0), (5, -1), (5, 93)])
def test_what_a_day_does_not_hold_is_refused(
    cast: Cast, thep: Viewer, typed: int, days: int
) -> None:
    ticket = ticket_at_work(cast, thep)
    day = clock.today() - timedelta(days=days)
    with pytest.raises(Refusal), work():
        times.write_down(db.session.get_one(Ticket, ticket.id), typed, day, "", by=thep)
    assert minutes() == []


def test_two_entries_of_one_day_hold_no_more_than_the_day(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_at_work(cast, thep)
    with work():
        found = db.session.get_one(Ticket, ticket.id)
        times.write_down(found, 1400, clock.today(), "", by=thep)
    with pytest.raises(Refusal), work():
        times.write_down(db.session.get_one(Ticket, ticket.id), 41, clock.today(), "", by=thep)


def test_a_correction_keeps_both_in_the_trail(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_at_work(cast, thep)
    with work():
        spell = times.write_down(
            db.session.get_one(Ticket, ticket.id), 60, clock.today(), "", by=thep
        )
    with work():
        times.correct(db.session.get_one(Spell, spell.id), 45, "พิมพ์ผิด", by=thep)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "time_corrected"))
    assert entry is not None
    assert (entry.before, entry.after) == ({"minutes": 60}, {"minutes": 45, "why": "พิมพ์ผิด"})


def test_nobody_corrects_the_time_of_somebody_else(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_at_work(cast, thep)
    with work():
        spell = times.write_down(
            db.session.get_one(Ticket, ticket.id), 60, clock.today(), "", by=thep
        )
    other = viewer_for(make_person("technician"))
    with pytest.raises(NotAllowed), work():
        times.correct(db.session.get_one(Spell, spell.id), 5, "-", by=other)


def test_the_page_starts_and_stops_and_survives_a_reload(
    cast: Cast, thep: Viewer, client: FlaskClient, clock: Clock
) -> None:
    sign_in(client, cast.thep)
    ticket = ticket_at_work(cast, thep)
    key = {"key": "timer-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/timer/start", data=key).status_code == 302
    clock.forward(minutes=3)
    assert f"/tickets/{ticket.id}/timer/stop" in client.get(f"/tickets/{ticket.id}").text
    client.post(f"/tickets/{ticket.id}/timer/stop", data={"key": "stop-key-0123456789"})
    assert minutes() == [3]


def test_two_timers_of_one_person_at_once_are_one(app: Flask, cast: Cast, thep: Viewer) -> None:
    ids = [ticket_at_work(cast, thep).id for _number in range(2)]

    def start(number: int) -> None:
        with suppress(Refusal), work():
            times.start(db.session.get_one(Ticket, ids[number]), by=thep)

    in_threads(app, 2, start)
    assert minutes().count(None) == 1
