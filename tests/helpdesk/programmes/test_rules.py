"""The rules of programmes: R-P1, R-P2, group, plan, copy, notices, log, report, deadlines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from helpdesk.programmes import counting, jobs, queries
from helpdesk.programmes.models import Programme, ProgrammeStep
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.rules import (
    drafting,
    grouping,
    logging,
    planning,
    proposing,
    reporting,
    stepping,
    telling,
)
from helpdesk.programmes.shipped import processes
from helpdesk.programmes.states import (
    PROGRAMMES,
    Duty,
    LogKind,
    ReportState,
    State,
    StepAction,
    StepState,
)
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.bookkeeping.models import OutgoingMessage
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.cast import Cast
from tests.factories.office import viewer_for
from tests.factories.programmes import approved, make_programme, proposed, settled, signed
from tests.factories.tickets import make_ticket


def _again(programme: Programme) -> Programme:
    db.session.rollback()
    return db.session.get_one(Programme, programme.id)


def test_r_p1_a_programme_copies_the_ordered_steps_of_its_process(cast: Cast) -> None:
    wrong = []
    for process in processes():
        made = make_programme(cast.thep, process.number)
        copied = [(one.number, one.title_th) for one in queries.steps_of(made.id)]
        if copied != list(enumerate((one.title_th for one in process.steps), start=1)):
            wrong.append(process.number)
    assert not wrong


def test_r_p1_a_step_stores_its_day_document_person_and_remark(
    cast: Cast, programme: Programme
) -> None:
    me = viewer_for(cast.thep)
    with work():
        found = db.session.get_one(Programme, programme.id)
        step = stepping.step_of(found, 1)
        said = stepping.Done(date(2026, 12, 1), None, "คำสั่งที่ 5/2570", cast.sri, "ลงนามแล้ว")
        stepping.write(found, step, said, by=me)
        stepping.move(found, step, StepAction.FINISH, by=me, on=date(2026, 11, 20))
    step = stepping.step_of(_again(programme), 1)
    assert (step.due_on, step.done_on) == (date(2026, 12, 1), date(2026, 11, 20))
    assert (step.doc_no, step.responsible_id) == ("คำสั่งที่ 5/2570", cast.sri.id)
    assert step.remark == "ลงนามแล้ว"


def test_r_p2_no_step_behind_the_approval_is_done_before_it(cast: Cast) -> None:
    me, early = viewer_for(cast.thep), []
    for process in processes():
        made = make_programme(cast.thep, process.number)
        with work():
            found = db.session.get_one(Programme, made.id)
            for number in range(4, len(process.steps)):
                try:
                    step = stepping.step_of(found, number)
                    stepping.move(found, step, StepAction.FINISH, by=me)
                    early.append((process.number, number))
                except Refusal:
                    continue
            stepping.move(found, stepping.step_of(found, 2), StepAction.FINISH, by=me)
    assert not early


def test_r_p2_after_the_directors_signature_the_next_step_can_be_done(
    cast: Cast, programme: Programme
) -> None:
    approved(programme, cast.thep, cast.chai)
    assert stepping.step_of(programme, 3).state == StepState.DONE
    with work():
        found = db.session.get_one(Programme, programme.id)
        step = stepping.step_of(found, 4)
        stepping.move(found, step, StepAction.FINISH, by=viewer_for(cast.thep))
    assert stepping.step_of(_again(programme), 4).done_on == date(2026, 11, 23)


def test_r_p2_the_approval_step_is_not_done_by_hand(cast: Cast, programme: Programme) -> None:
    with work():
        found = db.session.get_one(Programme, programme.id)
        for number in (3, 6):
            step = stepping.step_of(found, number)
            with pytest.raises(Refusal):
                stepping.move(found, step, StepAction.FINISH, by=viewer_for(cast.thep))


def test_every_state_of_a_programme_is_reached_and_ends(cast: Cast) -> None:
    assert cast
    reached = {State.DRAFT} | set(PROGRAMMES.transitions.values())
    assert reached == set(State)
    ends = {state for state in State if not PROGRAMMES.actions(state)}
    assert ends == {State.CLOSED, State.CANCELLED}


def test_propose_needs_objective_targets_and_a_plan(cast: Cast) -> None:
    bare = make_programme(cast.thep, objective="")
    unplanned = make_programme(cast.thep)
    for one in (bare, unplanned):
        with pytest.raises(Refusal):
            proposed(one, cast.thep)


def test_what_is_proposed_is_not_changed_and_taken_back_voids_the_approval(
    cast: Cast, programme: Programme
) -> None:
    me = viewer_for(cast.thep)
    approved(programme, cast.thep, cast.chai)
    with work():
        found = db.session.get_one(Programme, programme.id)
        with pytest.raises(Refusal):
            planning.set_indicator(found, "ร้อยละ", "", Decimal(80), "", by=me)
        proposing.take_back(found, "เพิ่มกิจกรรม", by=me)
    found = _again(programme)
    assert found.state == State.DRAFT
    assert stepping.step_of(found, 3).state == StepState.DOING
    assert db.session.scalars(select(IssuedPaper)).one().voided_at is not None


def test_the_number_of_an_order_is_suggested_and_a_duplicate_warns(
    cast: Cast, programme: Programme
) -> None:
    me, other = viewer_for(cast.thep), make_programme(cast.thep)
    assert queries.suggested_order_no(2569) == "1/2569"
    with work():
        found = db.session.get_one(Programme, programme.id)
        grouping.write_order(found, "7/2569", date(2026, 11, 23), anyway=False, by=me)
    assert queries.suggested_order_no(2569) == "8/2569"
    with work():
        second = db.session.get_one(Programme, other.id)
        with pytest.raises(Refusal) as refused:
            grouping.write_order(second, "7/2569", date(2026, 11, 23), anyway=False, by=me)
        assert refused.value.field == "anyway"
        grouping.write_order(second, "7/2569", date(2026, 11, 23), anyway=True, by=me)
    assert _again(other).order_no == "7/2569"


def test_a_group_has_one_chair_and_nobody_twice(cast: Cast, programme: Programme) -> None:
    me = viewer_for(cast.thep)

    def add(person: Person, duty: Duty) -> None:
        with work():
            found = db.session.get_one(Programme, programme.id)
            grouping.add_member(found, person, duty, "รองผู้อำนวยการกลุ่ม", by=me)

    for person, duty in ((cast.sri, Duty.CHAIR), (cast.thep, Duty.MEMBER)):
        with pytest.raises(Refusal):
            add(person, duty)
    add(cast.sri, Duty.SECRETARY)
    assert [one.duty for one in queries.members_of(programme.id)] == [Duty.CHAIR, Duty.SECRETARY]


def test_copy_moves_days_by_a_year_and_leaves_results_behind(
    cast: Cast, programme: Programme
) -> None:
    with work():
        found = db.session.get_one(Programme, programme.id)
        made = drafting.copy(found, by=viewer_for(cast.thep))
    made = _again(made)
    assert (made.fiscal_year, made.state, made.approval_id) == (2571, State.DRAFT, None)
    assert made.name.endswith("2571")
    (line,) = queries.activities_of(made.id)
    assert (line.starts_on, line.spent) == (date(2027, 11, 1), Decimal(0))
    assert drafting.a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_notice_is_read_once_by_whom_it_was_sent_to(cast: Cast, programme: Programme) -> None:
    with pytest.raises(Refusal):
        telling.tell(programme, "แจ้ง", "กำหนดการ", [cast.malee], by=viewer_for(cast.thep))
    approved(programme, cast.thep, cast.chai)
    with work():
        found = db.session.get_one(Programme, programme.id)
        notice = telling.tell(
            found, "แจ้ง", "กำหนดการ", [cast.malee, cast.malee], by=viewer_for(cast.thep)
        )
        telling.confirm(found, notice.id, by=viewer_for(cast.malee))
    ((_sent, everybody, read),) = queries.notices_of(programme.id)
    assert (everybody, read) == (1, 1)


def test_figures_count_the_tickets_of_the_programmes_own_days(
    cast: Cast, programme: Programme
) -> None:
    make_ticket(unit=cast.school)
    made = {one.key: one.value for one in counting.figures(_again(programme))}
    assert made["tickets"] == 1
    past = make_programme(
        cast.thep, starts_on=date(2025, 10, 1), ends_on=date(2026, 9, 30), fiscal_year=2569
    )
    assert {one.key: one.value for one in counting.figures(past)}["tickets"] == 0


def test_the_report_freezes_its_figures_and_the_signature_closes(
    cast: Cast, programme: Programme
) -> None:
    me = viewer_for(cast.thep)
    with work():
        found = db.session.get_one(Programme, programme.id)
        planning.set_indicator(found, "จำนวนงาน", "งาน", Decimal(1), "tickets", by=me)
    approved(programme, cast.thep, cast.chai)
    settled(programme, 1, 2, 4, 5)
    make_ticket(unit=cast.school)
    with work():
        found = db.session.get_one(Programme, programme.id)
        logging.log(
            found, LogKind.PROBLEM, date(2026, 11, 20), "อะไหล่มาช้า", [], activity_id=None, by=me
        )
        report = reporting.begin(found, by=me)
        assert report.problems == "อะไหล่มาช้า"
        reporting.write(report, "ดำเนินการครบ", report.problems, "", by=me)
        reporting.send(report, by=me)
        with pytest.raises(Refusal):
            reporting.write(report, "แก้ทีหลัง", "", "", by=me)
    make_ticket(unit=cast.school)
    approval = db.session.scalars(select(Approval).where(Approval.kind == reporting.KIND)).one()
    signed(approval, cast.chai)
    found, report = _again(programme), db.session.scalars(select(ProgrammeReport)).one()
    assert (found.state, report.state) == (State.CLOSED, ReportState.ACKNOWLEDGED)
    assert stepping.step_of(found, 6).state == StepState.DONE
    (line,) = report.figures["indicators"]
    assert (line["result"], line["met"]) == ("1", True)


def test_deadlines_are_told_a_week_and_a_day_ahead_and_once_when_late(
    cast: Cast, programme: Programme
) -> None:
    with work():
        step = db.session.scalars(
            select(ProgrammeStep).where(ProgrammeStep.programme_id == programme.id).limit(1)
        ).one()
        step.due_on = date(2026, 12, 10)
    days = [date(2026, 12, day) for day in (1, 4, 4, 8, 9, 10, 11, 12)]
    assert [jobs.watch_programmes(day) for day in days] == [0, 1, 0, 0, 1, 0, 1, 0]
    told = db.session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.kind == "programme_due")
    ).all()
    assert {one.person_id for one in told} == {cast.thep.id}


def test_a_rejected_proposal_is_a_draft_again(cast: Cast, programme: Programme) -> None:
    approval = proposed(programme, cast.thep)
    with work():
        found = db.session.get_one(Approval, approval.id)
        signing.reject(found, "งบประมาณไม่พอ", by=viewer_for(cast.chai))
    assert _again(programme).state == State.DRAFT
