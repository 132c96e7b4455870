"""What the timetable does about deadlines, and the administrator's page of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets.deadline_models import TicketEscalation, TicketTarget
from helpdesk.tickets.deadlines import jobs
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import targets as rules
from helpdesk.tickets.rules import work as working
from helpdesk.tickets.states import Action, Priority, State
from helpdesk.tickets.targets import Target, in_force
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.calendar import rules as calendar
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import make_ticket

HOUR = 3600


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


@pytest.fixture
def admin(cast: Cast) -> Viewer:
    return viewer_for(cast.admin)


def again(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def told() -> list[tuple[int | None, str]]:
    rows = db.session.execute(
        select(OutgoingMessage.person_id, OutgoingMessage.subject)
        .where(OutgoingMessage.kind == "ticket_deadline")
        .order_by(OutgoingMessage.id)
    )
    return [(row.person_id, row.subject) for row in rows]


def test_the_technician_is_told_at_red_and_the_head_when_it_has_passed_each_once(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep, priority=Priority.HIGH)
    found = []
    # A target of seven hours: red from 6 h 18 min, past at 7 h, in two working days.
    for step in (6, 0.2, 0.2, 0.2, 17, 0.2, 0.2):
        clock.forward(hours=step)
        found.append((jobs.escalate(), jobs.escalate()))
    assert found == [(0, 0), (0, 0), (1, 0), (0, 0), (1, 0), (0, 0), (0, 0)]
    assert [person for person, _subject in told()] == [cast.thep.id, cast.chai.id]


def test_an_unanswered_ticket_is_told_of_to_all_who_may_take_it(cast: Cast, clock: Clock) -> None:
    elsewhere = make_person(Role.TECHNICIAN, over=cast.other_school)
    make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(minutes=28)
    assert jobs.escalate() == 1
    assert [person for person, _subject in told()] == [cast.thep.id]
    assert elsewhere.id not in dict(told())


def test_nobody_is_told_of_a_ticket_that_waits(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    with work():
        working.wait(again(ticket), Action.AWAIT_PARTS, "รออะไหล่", by=thep)
    clock.forward(days=30)
    assert jobs.escalate() == 0


def test_the_database_keeps_a_step_from_being_taken_twice(cast: Cast, clock: Clock) -> None:
    make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(hours=1)
    assert jobs.escalate() == 2
    steps = db.session.scalars(select(TicketEscalation)).all()
    assert sorted((one.deadline, one.step) for one in steps) == [
        ("response", "head"),
        ("response", "technician"),
    ]


def test_r_w5_a_day_closed_late_moves_open_tickets_only_and_nobodys_version(
    cast: Cast, thep: Viewer, admin: Viewer, clock: Clock
) -> None:
    still = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    done = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    assert jobs.renew_deadlines() == 0
    before = (again(still).next_due_at, again(done).resolution_due_at, again(still).version)
    with work():
        calendar.close_day(
            (clock.now + timedelta(days=1)).date(), "วันหยุดพิเศษ", reason="มติ", by=admin
        )
    assert jobs.renew_deadlines() == 1
    assert before[0] is not None
    assert again(still).next_due_at == before[0] + timedelta(days=1)
    assert (again(done).resolution_due_at, again(still).version) == before[1:]
    with counted() as asked:
        assert jobs.renew_deadlines() == 0
    assert len(asked) == 5


def test_a_new_target_reaches_open_tickets_that_were_there_before(
    cast: Cast, admin: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school)
    with work():
        wanted: dict[Priority, Target | None] = {Priority.NORMAL: Target(HOUR, 2 * HOUR)}
        rules.set_targets("other", wanted, seen=0, by=admin)
    assert jobs.renew_deadlines() == 1
    assert again(ticket).next_due_at == clock.now + timedelta(hours=1)
    assert again(ticket).resolution_due_at == clock.now + timedelta(hours=2)


@pytest.mark.parametrize(
    "target", [Target(0, HOUR), Target(2 * HOUR, HOUR), Target(HOUR, 401 * HOUR)]
)
def test_targets_that_cannot_be_are_refused(cast: Cast, admin: Viewer, target: Target) -> None:
    with pytest.raises(Refusal), work():
        rules.set_targets("", {Priority.LOW: target}, seen=0, by=admin)


def test_two_who_set_targets_at_once_do_not_overwrite_each_other(cast: Cast, admin: Viewer) -> None:
    with work():
        rules.set_targets("", {Priority.LOW: Target(HOUR, HOUR)}, seen=0, by=admin)
    with pytest.raises(Stale), work():
        rules.set_warnings(10, 20, seen=0, by=admin)


@pytest.mark.parametrize("percents", [(0, 50), (80, 80), (90, 101)])
def test_percents_out_of_order_are_refused(
    cast: Cast, admin: Viewer, percents: tuple[int, int]
) -> None:
    with pytest.raises(Refusal), work():
        rules.set_warnings(*percents, seen=0, by=admin)


def test_the_administrator_sets_targets_and_warnings_on_their_page(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    assert "เครือข่าย" in client.get("/tickets/targets").text
    data = {"version": "0", "response_urgent": "๐.๕", "resolution_urgent": "3"}
    assert client.post("/tickets/targets/network", data=data).status_code == 302
    assert in_force().of("urgent", "network") == Target(HOUR // 2, 3 * HOUR)
    stale = client.post("/tickets/targets/all", data=data)
    assert stale.status_code == 409
    data = {"version": "1", "amber": "60", "red": "80"}
    assert client.post("/tickets/targets/warnings", data=data).status_code == 302
    assert (in_force().amber_percent, in_force().red_percent) == (60, 80)


def test_half_a_pair_and_nonsense_come_back_with_the_words_as_typed(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    data = {"version": "0", "response_urgent": "ครึ่งวัน", "resolution_low": "5"}
    answer = client.post("/tickets/targets/all", data=data)
    assert answer.status_code == 422
    assert "ครึ่งวัน" in answer.text
    assert db.session.scalars(select(TicketTarget)).all() == []
    assert client.get("/tickets/targets/nothing").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_only_the_administrator_opens_the_page_of_deadlines(
    client: FlaskClient, cast: Cast, role: Role
) -> None:
    sign_in(client, cast.by_role()[role])
    expected = 200 if role == Role.ADMIN else 403
    assert client.get("/tickets/targets").status_code == expected
    assert client.get("/tickets/targets/all").status_code == expected
