"""Requests from draft to end: kept, sent, decided, carried out, confirmed, and every way back."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.requests import jobs, shapes
from helpdesk.requests.models import RequestTicket, ServiceRequest
from helpdesk.requests.rules import carrying_out, drafting
from helpdesk.requests.states import MOMENTS, REQUESTS, Act, Action, State
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as tickets
from helpdesk.tickets.states import Cause, Outcome
from helpdesk.tickets.states import State as TicketState
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.queries import stuck
from office.approvals.rules import moving, signing
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import viewer_for
from tests.factories.requests import (
    Ground,
    make_kind,
    make_request,
    sent,
    signed,
)


def again(request: ServiceRequest) -> ServiceRequest:
    db.session.rollback()
    return db.session.get_one(ServiceRequest, request.id)


def approved(ground: Ground) -> ServiceRequest:
    return signed(sent(make_request(ground.asker)), ground.head, ground.director)


def resolved(ground: Ground, ticket_id: int) -> None:
    thep = viewer_for(ground.thep)
    result = tickets.Result(Outcome.FIXED, Cause.HARDWARE, "เดินสายและทดสอบแล้ว")
    for step in ("accept", "start", "resolve"):
        with work():
            ticket = db.session.get_one(Ticket, ticket_id)
            if step == "resolve":
                tickets.resolve(ticket, result, by=thep)
            else:
                getattr(tickets, step)(ticket, by=thep)


def ticket_ids(request: ServiceRequest) -> list[int]:
    rows = db.session.query(RequestTicket).filter_by(request_id=request.id)
    return sorted(row.ticket_id for row in rows)


def test_only_the_transitions_of_the_table_are_possible() -> None:
    allowed = {(State(s), Action(a)) for s in State for a in Action if REQUESTS.allows(s, a)}
    assert allowed == set(REQUESTS.transitions)
    for state in State:
        for action in set(Action) - set(REQUESTS.actions(state)):
            with pytest.raises(Refusal):
                REQUESTS.target(state, action)
    assert set(MOMENTS) == set(Act)


def test_a_number_is_given_when_it_is_sent_and_kept_when_it_is_taken_back(ground: Ground) -> None:
    draft = make_request(ground.asker)
    assert draft.number is None
    one = sent(draft)
    assert one.number == "ดน.1/2570"
    with work():
        drafting.recall(again(one), by=viewer_for(ground.asker))
    assert again(one).state == State.DRAFT
    two = sent(one)
    assert (two.number, two.state) == ("ดน.1/2570", State.WAITING)
    assert sent(make_request(ground.asker)).number == "ดน.2/2570"


def test_a_draft_keeps_nonsense_and_sending_refuses_it(ground: Ground) -> None:
    draft = make_request(ground.asker, **{"from": "เมื่อไรก็ได้", "works": "cabling\nnonsense"})
    wrong = drafting.reading_of(draft, shapes.of_request(draft)).wrong
    assert set(wrong) == {"from", "works"}
    assert draft.typed["from"] == "เมื่อไรก็ได้"
    with pytest.raises(Refusal, match="ไม่ถูกต้อง"):
        sent(draft)


def test_days_that_are_over_or_turned_round_are_refused(ground: Ground) -> None:
    past = make_request(ground.asker, **{"from": "1/11/2569"})
    turned = make_request(ground.asker, **{"from": "30/11/2569", "to": "25/11/2569"})
    found = [drafting.reading_of(one, shapes.of_request(one)).wrong for one in (past, turned)]
    assert [set(one) for one in found] == [{"from"}, {"to"}]


def test_what_waits_or_is_approved_is_not_edited_and_the_way_out_is_told(ground: Ground) -> None:
    one = sent(make_request(ground.asker))
    asker = viewer_for(ground.asker)
    with pytest.raises(Refusal, match="ดึงกลับก่อน"), work():
        drafting.keep(again(one), {}, by=asker)
    signed(one, ground.head, ground.director)
    with pytest.raises(Refusal, match="แก้ไขรายการที่อนุมัติแล้ว"), work():
        drafting.keep(again(one), {}, by=asker)


def test_a_change_after_the_approval_makes_it_void_and_everybody_signs_anew(
    ground: Ground,
) -> None:
    one = approved(ground)
    paper = db.session.query(IssuedPaper).filter_by(number=one.number).one()
    assert paper.voided_at is None
    asker = viewer_for(ground.asker)
    with work():
        drafting.change(db.session.get_one(ServiceRequest, one.id), by=asker)
    changed = again(one)
    assert changed.state == State.DRAFT
    assert changed.approval is not None
    assert changed.approval.state == "voided"
    assert db.session.get_one(IssuedPaper, paper.id).voided_at is not None
    assert {db.session.get_one(Ticket, i).state for i in ticket_ids(one)} == {TicketState.CANCELLED}
    with work():
        drafting.keep(again(one), {**changed.typed, "what": "เดินสาย ๘ จุด"}, by=asker)
    last = signed(sent(one), ground.head, ground.director)
    assert last.state == State.APPROVED
    assert last.answers["what"]["th"] == "เดินสาย ๘ จุด"


def test_nothing_is_changed_once_the_technicians_work_on_it(ground: Ground) -> None:
    one = approved(ground)
    with work():
        ticket = db.session.get_one(Ticket, ticket_ids(one)[0])
        tickets.take(ticket, by=viewer_for(ground.thep))
    asker = viewer_for(ground.asker)
    with pytest.raises(Refusal, match="ช่างกำลังดำเนินการ"), work():
        drafting.change(db.session.get_one(ServiceRequest, one.id), by=asker)
    with pytest.raises(Refusal, match="ช่างกำลังดำเนินการ"), work():
        carrying_out.cancel(db.session.get_one(ServiceRequest, one.id), "", by=asker)
    assert again(one).state == State.APPROVED


def test_an_approved_request_becomes_a_ticket_for_each_kind_of_work(ground: Ground) -> None:
    one = approved(ground)
    found = [db.session.get_one(Ticket, i) for i in ticket_ids(one)]
    assert [ticket.reporter_id for ticket in found] == [ground.asker.id] * 2
    assert {ticket.unit_id for ticket in found} == {ground.school.id}
    assert all(one.number and one.number in ticket.detail for ticket in found)


def test_the_request_follows_its_tickets_and_the_asker_confirms(ground: Ground) -> None:
    one = approved(ground)
    first, second = ticket_ids(one)
    resolved(ground, first)
    assert again(one).state == State.APPROVED
    resolved(ground, second)
    done = again(one)
    assert done.state == State.DONE
    assert "เดินสายและทดสอบแล้ว" in done.result
    with work():
        carrying_out.confirm(again(one), by=viewer_for(ground.asker))
    assert again(one).state == State.CLOSED


def test_a_complaint_opens_the_tickets_again(ground: Ground) -> None:
    one = approved(ground)
    for ticket_id in ticket_ids(one):
        resolved(ground, ticket_id)
    with work():
        carrying_out.complain(again(one), "สายยังหลุดอยู่", by=viewer_for(ground.asker))
    assert again(one).state == State.APPROVED
    assert all(db.session.get_one(Ticket, i).is_open for i in ticket_ids(one))


def test_silence_counts_as_confirmed_after_fourteen_days_once(ground: Ground, clock: Clock) -> None:
    one = approved(ground)
    for ticket_id in ticket_ids(one):
        resolved(ground, ticket_id)
    clock.forward(days=13)
    assert jobs.confirm_silent() == 0
    clock.forward(days=1)
    assert [jobs.confirm_silent() for _time in range(2)] == [1, 0]
    assert again(one).state == State.CLOSED


def test_a_rejection_ends_it_with_the_reason(ground: Ground) -> None:
    one = sent(make_request(ground.asker))
    with work():
        approval = db.session.get_one(Approval, one.approval_id)
        step = moving.open_step(approval)
        signing.reject(approval, "ไม่มีงบประมาณ", by=viewer_for(ground.head), step_id=step.id)
    ended = again(one)
    assert (ended.state, ended.ended_why) == (State.REJECTED, "ไม่มีงบประมาณ")


def test_an_approver_who_left_is_followed_by_who_has_the_role_now(ground: Ground) -> None:
    one = sent(make_request(ground.asker))
    with work():
        db.session.get_one(Person, ground.head.id).left_on = date(2026, 11, 23)
    admin = viewer_for(ground.admin)
    assert [step.approval.subject_id for step in stuck(admin, date(2026, 11, 1))] == [one.id]
    with work():
        approval = db.session.get_one(Approval, one.approval_id)
        person = db.session.get_one(Person, ground.director.id)
        signing.assign(approval, person, "หัวหน้าพ้นจากหน้าที่", by=admin)
    assert signed(one, ground.director, ground.director).state == State.APPROVED


def test_a_chain_whose_role_nobody_holds_waits_for_an_administrator_not_for_ever(
    ground: Ground,
) -> None:
    lonely = make_kind(handling_unit_id=None)
    with work():
        db.session.get_one(Person, ground.head.id).left_on = date(2026, 11, 23)
    one = sent(make_request(ground.asker, lonely.key, q1="สอน", q3="1/12/2569"))
    assert one.state == State.WAITING
    steps = stuck(viewer_for(ground.admin), date(2026, 11, 1))
    assert [step.approval.subject_id for step in steps] == [one.id]
    with work():
        drafting.recall(again(one), by=viewer_for(ground.asker))
    assert again(one).state == State.DRAFT
