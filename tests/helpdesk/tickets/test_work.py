"""What the acts change: the item, its availability, the due moment, messages, the story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from assets.register.availability import obstacle_of
from assets.register.models import Asset
from assets.register.states import Condition, Obstacle
from helpdesk.tickets import jobs
from helpdesk.tickets.models import Ticket, TicketEntry, TicketInterval
from helpdesk.tickets.rules import talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Action, Cause, Outcome, Priority, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import make_person, viewer_for
from tests.factories.tickets import RESULT, make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


def kinds() -> list[str]:
    return list(db.session.scalars(select(OutgoingMessage.kind).order_by(OutgoingMessage.id)))


@pytest.mark.parametrize(
    ("outcome", "before", "after"),
    [
        (Outcome.FIXED, Condition.DAMAGED, Condition.GOOD),
        (Outcome.WORKS_AS_IS, Condition.DAMAGED, Condition.GOOD),
        (Outcome.WORKS_AS_IS, Condition.WORN_OUT, Condition.WORN_OUT),
        (Outcome.REPLACED, Condition.GOOD, Condition.DAMAGED),
        (Outcome.BEYOND_REPAIR, Condition.GOOD, Condition.DAMAGED),
    ],
)
def test_resolving_sets_the_condition_of_the_item(
    cast: Cast, thep: Viewer, outcome: Outcome, before: Condition, after: Condition
) -> None:
    asset = make_asset(cast.school, condition=before)
    ticket = make_ticket(asset, state=State.IN_PROGRESS, technician=thep)
    with work():
        result = rules.Result(outcome, Cause.HARDWARE, "ตรวจสอบแล้ว")
        rules.resolve(db.session.get_one(Ticket, ticket.id), result, by=thep)
    assert db.session.get_one(Asset, asset.id).condition == after


def test_a_new_report_does_not_keep_the_item_from_being_lent(cast: Cast) -> None:
    asset = make_asset(cast.school)
    make_ticket(asset)
    assert obstacle_of(asset) is None


def test_an_accepted_repair_holds_the_item_until_it_is_resolved(cast: Cast, thep: Viewer) -> None:
    asset = make_asset(cast.school)
    ticket = make_ticket(asset, state=State.ACCEPTED, technician=thep)
    assert obstacle_of(asset) == Obstacle.IN_REPAIR
    with work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), RESULT, by=thep)
    assert obstacle_of(asset) is None


def test_cancelling_releases_the_item(cast: Cast, thep: Viewer) -> None:
    asset = make_asset(cast.school)
    ticket = make_ticket(asset, state=State.ACCEPTED, technician=thep)
    with work():
        rules.cancel(db.session.get_one(Ticket, ticket.id), "แจ้งซ้ำ", by=thep)
    assert obstacle_of(asset) is None


def test_reopening_holds_the_item_again_and_marks_it_damaged(cast: Cast, thep: Viewer) -> None:
    asset = make_asset(cast.school)
    ticket = make_ticket(asset, state=State.RESOLVED, technician=thep)
    with work():
        rules.reopen(db.session.get_one(Ticket, ticket.id), "ยังไม่หาย", by=thep)
    assert obstacle_of(asset) == Obstacle.IN_REPAIR
    assert db.session.get_one(Asset, asset.id).condition == Condition.DAMAGED


def test_a_ticket_can_be_reopened_for_14_days_and_no_longer(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.CLOSED, technician=thep)
    clock.forward(days=14, seconds=1)
    with pytest.raises(Refusal, match="14"), work():
        rules.reopen(db.session.get_one(Ticket, ticket.id), "ยังไม่หาย", by=thep)
    clock.forward(days=-1)
    with work():
        rules.reopen(db.session.get_one(Ticket, ticket.id), "ยังไม่หาย", by=thep)
    assert db.session.get_one(Ticket, ticket.id).state == State.IN_PROGRESS


def test_the_due_moment_is_counted_in_working_time(cast: Cast, clock: Clock) -> None:
    # Friday 16:00 in Bangkok with two working hours: Monday 10:00 (R-W1).
    clock.set(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    ticket = make_ticket(unit=cast.school, priority=Priority.URGENT)
    assert ticket.resolution_due_at == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_the_clock_stops_while_a_ticket_waits(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    due = ticket.next_due_at
    clock.forward(hours=1)
    with work():
        waiting = db.session.get_one(Ticket, ticket.id)
        rules.wait(waiting, Action.AWAIT_PARTS, "รออะไหล่", by=thep)
    clock.forward(days=1)
    with work():
        rules.resume(db.session.get_one(Ticket, ticket.id), by=thep)
    # Monday to Tuesday, the same hour: one working day of 8 hours was spent waiting.
    assert due is not None
    assert db.session.get_one(Ticket, ticket.id).next_due_at == due + timedelta(days=1)


def test_every_finished_stretch_of_a_state_is_kept(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school)
    clock.forward(minutes=30)
    with work():
        rules.start(db.session.get_one(Ticket, ticket.id), by=thep)
    kept = db.session.scalars(select(TicketInterval)).all()
    assert [(k.state, k.ended_at - k.started_at) for k in kept] == [
        (State.NEW, timedelta(minutes=30))
    ]


def test_raising_the_priority_brings_the_due_moment_nearer(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school)
    due = ticket.resolution_due_at
    with work():
        rules.prioritize(db.session.get_one(Ticket, ticket.id), Priority.URGENT, by=thep)
    sooner = db.session.get_one(Ticket, ticket.id).resolution_due_at
    assert due is not None
    assert sooner is not None
    assert sooner == clock.now + timedelta(hours=2) < due


def test_being_sent_out_needs_the_day_it_is_expected_back(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    with pytest.raises(Refusal) as refusal, work():
        rules.wait(db.session.get_one(Ticket, ticket.id), Action.SEND_OUT, "ร้านสมมติ", by=thep)
    assert refusal.value.field == "look_again"


def test_resolving_needs_what_was_done(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    result = rules.Result(Outcome.FIXED, Cause.USER, "  ")
    with pytest.raises(Refusal) as refusal, work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), result, by=thep)
    assert refusal.value.field == "action_taken"


def test_taking_a_new_ticket_accepts_it(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school)
    with work():
        rules.take(db.session.get_one(Ticket, ticket.id), by=thep)
    taken = db.session.get_one(Ticket, ticket.id)
    assert (taken.state, taken.assignee_id) == (State.ACCEPTED, thep.id)
    assert taken.first_response_at is not None


def test_a_ticket_is_given_only_to_a_technician_of_its_school(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school)
    elsewhere = make_person("technician", over=cast.other_school)
    for person in (cast.malee, elsewhere):
        with pytest.raises(Refusal), work():
            rules.assign(db.session.get_one(Ticket, ticket.id), person.id, by=thep)
    here = make_person("technician", over=cast.school)
    with work():
        rules.assign(db.session.get_one(Ticket, ticket.id), here.id, by=thep)
    assert db.session.get_one(Ticket, ticket.id).assignee_id == here.id
    assert kinds()[-2:] == ["ticket_accepted", "ticket_assigned"]


def test_the_reporter_is_told_of_the_states_that_matter(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.WAITING_REQUESTER, technician=thep)
    with work():
        waiting = db.session.get_one(Ticket, ticket.id)
        rules.resolve(waiting, RESULT, by=thep)
        rules.close(waiting, by=thep)
    assert kinds() == [
        "ticket_accepted",
        "ticket_waiting_requester",
        "ticket_resolved",
        "ticket_closed",
    ]
    message = db.session.scalars(select(OutgoingMessage)).first()
    assert message is not None
    assert message.address == "teacher@example.test"
    assert message.link == f"/t/{ticket.token}"


def test_a_guest_who_left_a_phone_number_gets_no_mail(cast: Cast, thep: Viewer) -> None:
    make_ticket(
        unit=cast.school, state=State.ACCEPTED, technician=thep, reporter_contact="081 000 0000"
    )
    assert kinds() == []


def test_an_answer_takes_a_waiting_ticket_on_and_tells_the_technician(
    cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.WAITING_REQUESTER, technician=thep)
    with work():
        talk.answer(db.session.get_one(Ticket, ticket.id), "รหัสคือ 1234", by=Viewer(name="ครู"))
    answered = db.session.get_one(Ticket, ticket.id)
    assert (answered.state, answered.waiting_reason) == (State.IN_PROGRESS, "")
    assert kinds()[-1] == "ticket_news"


def test_a_note_for_the_office_tells_nobody(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    before = kinds()
    with work():
        talk.comment(db.session.get_one(Ticket, ticket.id), "สั่งอะไหล่", public=False, by=thep)
    assert kinds() == before
    entry = db.session.scalars(select(TicketEntry).order_by(TicketEntry.id.desc())).first()
    assert entry is not None
    assert not entry.public


def test_a_resolved_ticket_closes_by_itself_after_a_week(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    clock.forward(days=6, hours=23)
    assert list(jobs.tickets_to_close()) == []
    clock.forward(hours=2)
    assert jobs.close_resolved(jobs.tickets_to_close()) == 1
    assert db.session.get_one(Ticket, ticket.id).state == State.CLOSED
    assert jobs.close_resolved([ticket.id]) == 0
