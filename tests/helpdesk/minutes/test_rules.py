"""Meetings: their sessions, people, agenda and minutes; tasks and who is told of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from helpdesk.minutes import jobs, queries
from helpdesk.minutes.models import MeetingTask
from helpdesk.minutes.rules import agenda, calling, holding, tasks
from helpdesk.minutes.states import (
    MEETINGS,
    Action,
    Adopted,
    Duty,
    Presence,
    Reply,
    State,
)
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.meetings import again, called, circulated, held, make_meeting, rows_of
from tests.factories.office import TESTER, make_person, viewer_for


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def told(kind: str) -> list[int]:
    query = select(OutgoingMessage.person_id).where(
        OutgoingMessage.kind == kind, OutgoingMessage.person_id.is_not(None)
    )
    return sorted(db.session.scalars(query))


def test_what_may_happen_to_a_meeting(app: Flask) -> None:
    assert app.name
    assert {(state, act) for state in State for act in MEETINGS.actions(state)} == {
        (State.DRAFT, Action.CALL),
        (State.CALLED, Action.CALL),
        (State.DRAFT, Action.HOLD),
        (State.CALLED, Action.HOLD),
        (State.HELD, Action.CIRCULATE),
        (State.CIRCULATED, Action.REOPEN),
        (State.CIRCULATED, Action.ADOPT),
        (State.DRAFT, Action.CANCEL),
        (State.CALLED, Action.CANCEL),
    }


def test_a_meeting_begins_with_the_five_customary_items(cast: Cast) -> None:
    made = make_meeting(cast.office, cast.sri, cast.thep)
    items = queries.items_of(made)
    assert [one.number for one in items] == ["1", "2", "3", "4", "5"]
    assert items[1].title == "เรื่องรับรองรายงานการประชุม"
    assert [one.duty for one in rows_of(made)] == [Duty.SECRETARY, Duty.MEMBER]


def test_sessions_of_a_body_count_by_the_year(cast: Cast) -> None:
    numbers = [make_meeting(cast.office, cast.sri).number for _ in range(2)]
    other = make_meeting(cast.office, cast.sri, body="คณะทำงานอื่น").number
    assert [*numbers, other] == ["1/2569", "2/2569", "1/2569"]
    with pytest.raises(Refusal) as refused:
        make_meeting(cast.office, cast.sri, session_no=2)
    assert refused.value.field == "session_no"


def test_a_meeting_ends_after_it_begins(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        make_meeting(cast.office, cast.sri, ends_at=kernel_clock.now())
    assert refused.value.field == "ends"


def test_invitations_go_out_once_and_show_when_they_were_read(cast: Cast) -> None:
    made = called(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with pytest.raises(Refusal), work():
        calling.call(again(made), by=viewer_for(cast.sri))
    assert told("meeting_called") == sorted([cast.sri.id, cast.thep.id])
    with work():
        db.session.scalars(
            select(OutgoingMessage).where(OutgoingMessage.person_id == cast.thep.id)
        ).one().read_at = kernel_clock.now()
    receipts = queries.read_receipts(again(made), queries.people_of(again(made)))
    assert receipts == {cast.thep.id: kernel_clock.now()}


def test_somebody_added_later_is_invited_alone(cast: Cast) -> None:
    made = called(make_meeting(cast.office, cast.sri), cast.sri)
    with work():
        chair = db.session.get_one(Person, cast.chai.id)
        calling.add_person(again(made), chair, Duty.CHAIR, by=TESTER)
        calling.add_person(again(made), None, Duty.GUEST, by=TESTER, name="วิทยากรภายนอก")
        assert calling.call(again(made), by=TESTER) == 2
    assert told("meeting_called") == sorted([cast.sri.id, cast.chai.id])


@pytest.mark.parametrize(
    ("who", "duty", "field"),
    [("thep", Duty.MEMBER, "person"), ("chai", Duty.CHAIR, "duty"), (None, Duty.GUEST, "person")],
)
def test_the_list_refuses_who_is_there_a_second_chair_and_nobody(
    cast: Cast, who: str | None, duty: Duty, field: str
) -> None:
    made = make_meeting(cast.office, cast.sri, cast.thep)
    with work():
        admin = db.session.get_one(Person, cast.admin.id)
        calling.add_person(again(made), admin, Duty.CHAIR, by=TESTER)
    person = getattr(cast, who) if who else None
    with pytest.raises(Refusal) as refused, work():
        calling.add_person(again(made), person, duty, by=TESTER)
    assert refused.value.field == field


def test_only_who_is_invited_replies(cast: Cast) -> None:
    made = called(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with work():
        calling.reply(again(made), Reply.DECLINED, by=viewer_for(cast.thep))
    assert rows_of(made)[1].reply == Reply.DECLINED
    with pytest.raises(Refusal), work():
        calling.reply(again(made), Reply.COMING, by=viewer_for(cast.orn))


def test_who_is_invited_hears_of_another_time_and_of_the_end(cast: Cast) -> None:
    made = called(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with work():
        found = again(made)
        later = {"starts_at": found.starts_at + timedelta(days=1)}
        changes = {**later, "ends_at": found.ends_at + timedelta(days=1), "place": found.place}
        calling.edit(found, changes, by=TESTER)
        calling.cancel(again(made), "ประธานติดราชการ", by=TESTER)
    assert told("meeting_moved") == told("meeting_cancelled") == sorted([cast.sri.id, cast.thep.id])


def test_items_move_up_when_one_is_taken_off(cast: Cast) -> None:
    made = make_meeting(cast.office, cast.sri)
    with work():
        for title in ("หนึ่ง", "สอง", "สาม"):
            agenda.add(again(made), 4, title, "", by=TESTER)
        second = next(one for one in queries.items_of(again(made)) if one.title == "สอง")
        agenda.drop(again(made), second, by=TESTER)
    inner = [(one.number, one.title) for one in queries.items_of(again(made)) if one.place]
    assert inner == [("4.1", "หนึ่ง"), ("4.2", "สาม")]
    with pytest.raises(Refusal), work():
        agenda.drop(again(made), queries.items_of(again(made))[0], by=TESTER)


def test_minutes_are_written_only_while_the_meeting_is_held(cast: Cast) -> None:
    made = make_meeting(cast.office, cast.sri)
    item = queries.items_of(made)[0]
    with pytest.raises(Refusal), work():
        agenda.write(again(made), item, "x", "", by=TESTER)
    circulated(made, cast.sri)
    with pytest.raises(Refusal), work():
        agenda.write(again(made), queries.items_of(again(made))[0], "x", "", by=TESTER)


def test_minutes_go_round_once_everybodys_presence_is_noted(cast: Cast) -> None:
    made = held(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with work():
        holding.attend(again(made), rows_of(made)[1], Presence.UNKNOWN, by=TESTER)
    with pytest.raises(Refusal), work():
        holding.circulate(again(made), by=TESTER)
    with pytest.raises(Refusal), work():
        holding.attend(again(made), rows_of(made)[1], Presence.DEPUTY, by=TESTER)
    with work():
        row = rows_of(made)[1]
        holding.attend(again(made), row, Presence.DEPUTY, by=TESTER, deputy="มาลี ตัวอย่าง")
        holding.circulate(again(made), by=TESTER)
    assert told("meeting_minutes") == sorted([cast.sri.id, cast.thep.id])


def test_minutes_are_adopted_at_the_next_meeting_once_it_is_held(cast: Cast) -> None:
    first = circulated(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with pytest.raises(Refusal) as refused, work():
        holding.adopt(again(first), Adopted.NEXT, "", by=TESTER)
    assert refused.value.field == "how"
    with work():
        begins = kernel_clock.now() + timedelta(days=7)
        when = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "place": "ห้อง 2"}
        after = calling.follow(again(first), when, by=viewer_for(cast.sri))
        after_id = after.id
    follower = queries.next_of(again(first))
    assert follower is not None
    assert (follower.id, follower.number) == (after_id, "2/2569")
    held(follower, cast.sri)
    with work():
        holding.adopt(again(first), Adopted.NEXT, "แก้คำผิดหน้า 2", by=TESTER)
    assert again(first).adopted_on == kernel_clock.today()


def test_the_next_meeting_asks_for_open_tasks_and_keeps_the_people(cast: Cast) -> None:
    first = held(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with work():
        person = db.session.get_one(Person, cast.thep.id)
        for what in ("งานที่ค้าง", "งานที่เสร็จ"):
            tasks.give(again(first), what, person, kernel_clock.today(), by=TESTER)
        done = db.session.scalars(select(MeetingTask).order_by(MeetingTask.id.desc())).first()
        assert done is not None
        tasks.finish(done, "เสร็จแล้ว", by=viewer_for(cast.thep), writes=False)
        begins = kernel_clock.now() + timedelta(days=7)
        when = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "place": "ห้อง 2"}
        calling.follow(again(first), when, by=viewer_for(cast.sri))
    after = queries.next_of(again(first))
    assert after is not None
    inner = [(one.number, one.title) for one in queries.items_of(after) if one.place]
    assert inner == [("2.1", "รับรองรายงานการประชุมครั้งที่ 1/2569"), ("3.1", "งานที่ค้าง")]
    assert sorted(one.person_id or 0 for one in rows_of(after)) == sorted(
        [cast.sri.id, cast.thep.id]
    )
    with pytest.raises(Refusal), work():
        calling.follow(again(first), when, by=viewer_for(cast.sri))


@pytest.mark.parametrize(
    ("left", "step"), [(4, None), (3, "3"), (0, "0"), (-1, "late"), (-30, "late")]
)
def test_a_task_is_reminded_of_by_its_day(left: int, step: str | None) -> None:
    today = date(2026, 11, 23)
    assert tasks.step_of(today + timedelta(days=left), today) == step


def test_tasks_are_given_reminded_of_once_a_step_and_done(cast: Cast, clock: Clock) -> None:
    made = held(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    with work():
        person = db.session.get_one(Person, cast.thep.id)
        due = kernel_clock.today() + timedelta(days=3)
        tasks.give(again(made), "ทำปฏิทิน", person, due, by=viewer_for(cast.sri))
    jobs.remind_tasks()
    jobs.remind_tasks()
    clock.forward(days=7)
    jobs.remind_tasks()
    assert told("meeting_task") == [cast.thep.id] * 3
    task = db.session.scalars(select(MeetingTask)).one()
    with pytest.raises(NotAllowed), work():
        tasks.finish(task, "x", by=viewer_for(cast.orn), writes=False)
    with work():
        task = db.session.scalars(select(MeetingTask)).one()
        tasks.finish(task, "ส่งแล้ว", by=viewer_for(cast.thep), writes=False)
    clock.forward(days=7)
    assert jobs.remind_tasks() == 0


def test_nobody_who_has_left_gets_a_task(cast: Cast) -> None:
    made = held(make_meeting(cast.office, cast.sri), cast.sri)
    gone = make_person(left_on=date(2026, 1, 1))
    with pytest.raises(Refusal), work():
        tasks.give(again(made), "x", gone, kernel_clock.today(), by=TESTER)
