"""Requests from draft to end: kept, sent, decided, carried out, confirmed, and every way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from assets.stock.models import StockBalance
from helpdesk.requests import answers, jobs, shapes
from helpdesk.requests.fields import as_plain, from_plain
from helpdesk.requests.models import KindEdition, RequestKind, RequestTicket, ServiceRequest
from helpdesk.requests.rules import carrying_out, drafting, kinds, lines
from helpdesk.requests.states import MOMENTS, REQUESTS, Act, Action, State
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as tickets
from helpdesk.tickets.states import Cause, Outcome
from helpdesk.tickets.states import State as TicketState
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.queries import stuck
from office.approvals.rules import moving, signing
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import TESTER, viewer_for
from tests.factories.requests import (
    Ground,
    ask_materials,
    kind_draft,
    make_kind,
    make_material,
    make_request,
    make_store,
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


# Materials


@pytest.mark.parametrize("typed", ["-1", "0", "1.5", "สาม", "123456789012345", "1e3", "99999999"])
def test_quantities_that_are_none_are_told_at_their_line(ground: Ground, typed: str) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    with work():
        by = viewer_for(ground.asker)
        base = {"purpose": "สอบ", "store": str(store.id), f"add_{item.id}": typed}
        draft = drafting.begin("materials", base, by=by)
        drafting.keep(draft, base, by=by)
    wrong = drafting.reading_of(again(draft), shapes.of_request(again(draft))).wrong
    assert list(wrong) == [f"line_{item.id}"]
    assert lines.lines_of(draft.id)[0].typed == typed


def test_a_request_for_materials_without_a_line_is_not_sent(ground: Ground) -> None:
    store = make_store(ground)
    draft = make_request(ground.asker, "materials", purpose="สอบ", store=str(store.id))
    assert "lines" in drafting.reading_of(draft, shapes.of_request(draft)).wrong


def test_who_signs_may_lower_but_never_raise_and_says_why(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    one = ask_materials(ground, store, **{f"i{item.id}": "6"})
    line = lines.lines_of(one.id)[0]
    head, other = viewer_for(ground.head), viewer_for(ground.thep)
    for quantity, why, by, kind in (
        (Decimal(7), "x", head, Refusal),
        (Decimal(3), "", head, Refusal),
        (Decimal(3), "x", other, NotAllowed),
    ):
        with pytest.raises(kind), work():
            lines.lower(again(one), {line.id: quantity}, why, by=by)
    with work():
        assert lines.lower(again(one), {line.id: Decimal(4)}, "เหลือน้อย", by=head) == 1
    done = signed(one, ground.head, ground.director)
    row = lines.lines_of(done.id)[0]
    assert (row.requested, row.approved, row.issued) == (Decimal(6), Decimal(4), Decimal(0))
    assert db.session.query(StockBalance).one().reserved == Decimal(4)


def test_parts_are_handed_out_until_all_is_and_never_more_than_approved(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "6"}), ground.head, ground.director)
    line, sri = lines.lines_of(one.id)[0].id, viewer_for(ground.sri)

    def hand_out(quantity: str) -> None:
        with work():
            found = db.session.get_one(ServiceRequest, one.id)
            place = db.session.merge(store)
            asker = db.session.get_one(Person, ground.asker.id)
            lines.issue(found, place, {line: Decimal(quantity)}, asker, by=sri)

    hand_out("2")
    balance = db.session.query(StockBalance).one()
    assert (balance.quantity, balance.reserved) == (Decimal(8), Decimal(4))
    assert again(one).state == State.APPROVED
    with pytest.raises(Refusal, match="ค้างจ่ายเพียง 4"):
        hand_out("5")
    hand_out("4")
    assert again(one).state == State.DONE
    assert db.session.query(StockBalance).one().reserved == Decimal(0)


def test_what_is_cancelled_lets_go_of_what_was_promised(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "6"}), ground.head, ground.director)
    assert db.session.query(StockBalance).one().reserved == Decimal(6)
    with work():
        carrying_out.cancel(again(one), "ไม่ใช้แล้ว", by=viewer_for(ground.asker))
    assert again(one).state == State.CANCELLED
    assert db.session.query(StockBalance).one().reserved == Decimal(0)


def test_more_than_the_store_has_is_approved_and_waits(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store, quantity=2)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "5"}), ground.head, ground.director)
    assert one.state == State.APPROVED
    assert db.session.query(StockBalance).one().reserved == Decimal(2)


# Simple kinds


def test_fields_go_into_json_and_come_back_the_same(app: Flask) -> None:
    fields = kind_draft().fields
    assert from_plain(as_plain(fields)) == fields


def test_a_change_is_a_new_edition_and_old_requests_keep_theirs(ground: Ground) -> None:
    kind = make_kind()
    old = make_request(ground.asker, kind.key, q1="สอน AI", q3="1/12/2569")
    with work():
        found = db.session.get_one(RequestKind, kind.id)
        draft = kind_draft(fields=kind_draft().fields[:1], name_th="ขอผู้เชี่ยวชาญ")
        edition = kinds.edit(found, draft, by=TESTER)
        assert edition is not None
        assert kinds.edit(found, draft, by=TESTER) is None
    assert db.session.query(KindEdition).count() == 2
    new = make_request(ground.asker, kind.key, q1="สอน")
    shown = [shapes.of_request(again(one)) for one in (old, new)]
    assert [(one.edition, len(one.fields)) for one in shown] == [(1, 5), (2, 1)]
    assert sent(old).number == "วก.1/2570"


@pytest.mark.parametrize(
    "changes",
    [
        {"name_th": " "},
        {"series": "วก"},
        {"series": "ซ."},
        {"series": "ดน."},
        {"fields": ()},
        {"handling_unit_id": 999_999},
    ],
)
def test_a_kind_that_nobody_could_use_is_refused(
    ground: Ground, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal):
        make_kind(**changes)


def test_a_prefix_of_another_kind_is_taken(ground: Ground) -> None:
    make_kind()
    with pytest.raises(Refusal, match="ใช้กับเอกสารอื่นแล้ว"):
        make_kind()


def test_a_closed_kind_takes_no_requests_and_those_that_were_sent_go_on(ground: Ground) -> None:
    kind = make_kind()
    one = sent(make_request(ground.asker, kind.key, q1="สอน", q3="1/12/2569"))
    with work():
        kinds.close_kind(db.session.get_one(RequestKind, kind.id), by=TESTER)
    with pytest.raises(Refusal, match="ปิดรับคำขอใหม่"):
        make_request(ground.asker, kind.key)
    assert signed(one, ground.head).state == State.APPROVED


def test_each_kind_of_field_is_read_as_people_write_it(ground: Ground) -> None:
    kind = make_kind()
    shape = shapes.now_of(kind.key)
    typed = {"q1": "สอน", "q2": "๑,๒๐๐", "q3": "1 ธ.ค. 2569", "q4": "c2"}
    found = answers.read(shape.fields, typed, unit_id=ground.school.id)
    assert not found.wrong
    assert found.answers["q2"]["th"] == "1,200"
    assert found.answers["q3"]["value"] == "2026-12-01"
    assert found.answers["q4"]["th"] == "ในห้อง"
    bad = answers.read(
        shape.fields, {"q1": "x" * 300, "q2": "-5", "q3": "30/2/2569", "q4": "c9"},
        unit_id=ground.school.id,
    )  # fmt: skip
    assert set(bad.wrong) == {"q1", "q2", "q3", "q4"}
