"""When a ticket is due: targets, waiting, and reckoning anew (R-W1 to R-W5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as some

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import deadlines, talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Action, Priority, State
from helpdesk.tickets.targets import SHIPPED, Targets
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.calendar.working_time import Calendar
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import viewer_for
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


def again(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def test_what_nobody_has_answered_is_due_when_the_answer_is(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school, priority=Priority.URGENT)
    assert ticket.next_due_at == ticket.response_due_at == clock.now + timedelta(minutes=30)
    with work():
        rules.accept(again(ticket), by=thep)
    assert again(ticket).next_due_at == clock.now + timedelta(hours=2)


def test_the_first_answer_in_words_meets_the_response_target_too(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school)
    with work():
        talk.comment(again(ticket), "จะไปดูบ่ายนี้", public=True, by=thep)
    answered = again(ticket)
    assert answered.first_response_at == clock.now
    assert answered.next_due_at == answered.resolution_due_at


def test_a_note_for_the_office_is_no_answer(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school)
    with work():
        talk.comment(again(ticket), "รอดูก่อน", public=False, by=thep)
    assert again(ticket).next_due_at == ticket.response_due_at


def test_r_w4_every_kind_of_waiting_stops_the_clock_and_nothing_else_does(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    waits = (
        Action.ASK_REQUESTER,
        Action.AWAIT_APPROVAL,
        Action.AWAIT_PARTS,
        Action.SEND_OUT,
    )
    tickets = [
        make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep) for _ in waits
    ]
    due = tickets[0].resolution_due_at
    assert due is not None
    clock.forward(hours=1)
    with work():
        for ticket, action in zip(tickets, waits, strict=True):
            rules.wait(again(ticket), action, "รอ", by=thep, look_again=date(2026, 12, 1))
    clock.forward(days=1)
    with work():
        for ticket in tickets:
            rules.resume(again(ticket), by=thep)
    assert {again(ticket).resolution_due_at for ticket in tickets} == {due + timedelta(days=1)}


def test_what_is_resolved_while_it_waits_is_in_time_however_long_it_waited(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.WAITING_PARTS, technician=thep)
    clock.forward(days=60)
    with work():
        rules.resolve(again(ticket), RESULT, by=thep)
    done = again(ticket)
    assert done.resolved_at is not None
    assert done.resolution_due_at is not None
    assert done.resolved_at <= done.resolution_due_at


def test_raising_the_priority_after_the_new_target_has_passed_says_since_when(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    opened = clock.now
    clock.forward(hours=5)
    with work():
        rules.prioritize(again(ticket), Priority.URGENT, by=thep)
    assert again(ticket).next_due_at == opened + timedelta(hours=2)


def test_another_category_brings_its_own_target(cast: Cast, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school)
    with work():
        changed = again(ticket)
        changed.first_response_at = clock.now
        deadlines.renew(changed)
        before = changed.next_due_at
        deadlines.reckon_anew(changed, [])
    assert again(ticket).next_due_at == before == clock.now + timedelta(days=2, hours=5)


def test_the_nearest_target_that_was_set_holds() -> None:
    own = {("high", ""): SHIPPED["low"], ("high", "network"): SHIPPED["urgent"]}
    found = Targets(own)
    assert found.of("high", "network") == SHIPPED["urgent"]
    assert found.of("high", "printer") == SHIPPED["low"]
    assert found.of("normal", "network") == SHIPPED["normal"]


def test_a_deadline_turns_amber_and_red_before_it_passes() -> None:
    hold = Targets(amber_percent=50, red_percent=80)
    tones = [hold.tone(left, 100) for left in (51, 50, 21, 20, 0, -1)]
    assert tones == ["neutral", "warn", "warn", "danger", "danger", "danger"]


MINUTE = timedelta(minutes=1)
# From the last working days of a year into the next one: the seam must not show.
START = datetime(2026, 12, 29, 0, 0, tzinfo=UTC)
spans = some.lists(some.integers(0, 4 * 1440), min_size=1, max_size=7, unique=True)


@settings(max_examples=60)
@given(spans, some.integers(1, 900), some.sets(some.integers(0, 6), max_size=3))
def test_a_target_is_used_up_in_the_minute_that_a_patient_counter_finds(
    marks: list[int], wanted: int, closed: set[int]
) -> None:
    calendar = Calendar(
        {day: (time(8, 30), time(16, 30)) for day in (0, 2, 3, 4, 5)},
        {date(2026, 12, 29) + timedelta(days=number) for number in closed},
    )
    moments = [START + mark * MINUTE for mark in sorted(marks)]
    running: list[Any] = list(zip(moments[::2], [*moments[1::2], None], strict=False))
    assert calendar.used_up(running, wanted * 60) == _walked(calendar, running, wanted)


def _walked(calendar: Calendar, running: list[Any], wanted: int) -> datetime | None:
    """Walk minute by minute with the clock on the wall (Bangkok is seven hours ahead)."""
    worked = 0
    for start, end in running:
        minute = start
        while end is None or minute < end:
            wall = minute + timedelta(hours=7)
            is_open = (
                wall.weekday() in calendar.hours
                and wall.date() not in calendar.closed
                and time(8, 30) <= wall.time() < time(16, 30)
            )
            minute += MINUTE
            worked += is_open
            if worked == wanted:
                return minute
    return None


RESULT = rules.Result(
    outcome=rules.Outcome.FIXED, cause=rules.Cause.HARDWARE, action_taken="เปลี่ยนอะไหล่"
)
