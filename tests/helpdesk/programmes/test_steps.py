"""Steps of programmes: left out with a reason, and what the summary report waits for."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.programmes import jobs
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import reporting, stepping
from helpdesk.programmes.states import STEPS, State, StepAction, StepState
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.papers.models import IssuedPaper
from tests.cast import Cast
from tests.factories.office import viewer_for
from tests.factories.programmes import approved, settled, signed


def test_every_state_of_a_step_is_reached_and_left_out_means_with_a_reason(
    cast: Cast, programme: Programme
) -> None:
    assert {StepState.TO_DO} | set(STEPS.transitions.values()) == set(StepState)
    me = viewer_for(cast.thep)
    with work():
        found = db.session.get_one(Programme, programme.id)
        first, fourth = stepping.step_of(found, 1), stepping.step_of(found, 4)
        for step, reason in (
            (first, "  "),
            (fourth, "ยังไม่อนุมัติ"),
            (stepping.step_of(found, 3), "ก"),
        ):
            with pytest.raises(Refusal):
                stepping.move(found, step, StepAction.SKIP, by=me, reason=reason)
        stepping.move(found, first, StepAction.SKIP, by=me, reason="ใช้คณะทำงานเดิม")
        assert (first.state, first.remark, first.done_on) == ("skipped", "ใช้คณะทำงานเดิม", None)
        with pytest.raises(Refusal):
            stepping.write(found, first, stepping.Done(remark=" "), by=me)
        first.due_on = date(2026, 10, 1)
    assert jobs.watch_programmes() == 0
    with work():
        found = db.session.get_one(Programme, programme.id)
        step = stepping.step_of(found, 1)
        stepping.move(found, step, StepAction.REOPEN, by=me)
        assert step.state == StepState.TO_DO


def test_the_report_waits_for_steps_that_are_open_and_tells_of_those_left_out(
    cast: Cast, programme: Programme
) -> None:
    me = viewer_for(cast.thep)
    approved(programme, cast.thep, cast.chai)
    settled(programme, 1, 2)
    with work():
        found = db.session.get_one(Programme, programme.id)
        report = reporting.begin(found, by=me)
        reporting.write(report, "ดำเนินการครบ", "", "", by=me)
        with pytest.raises(Refusal) as refused:
            reporting.send(report, by=me)
        assert [number for number in "123456" if f"{number} " in refused.value.message] == [
            "4",
            "5",
        ]
        step = stepping.step_of(found, 4)
        stepping.move(found, step, StepAction.SKIP, by=me, reason="แจ้งในที่ประชุมแล้ว")
        stepping.move(found, stepping.step_of(found, 5), StepAction.FINISH, by=me)
        reporting.send(report, by=me)
        with pytest.raises(Refusal):
            stepping.move(found, stepping.step_of(found, 5), StepAction.REOPEN, by=me)
        told = [(one["number"], one["state"], one["remark"]) for one in report.figures["steps"]]
        assert told[3] == (4, "skipped", "แจ้งในที่ประชุมแล้ว")
        assert len(told) == 5


def test_no_signature_closes_a_programme_with_open_steps(cast: Cast, programme: Programme) -> None:
    me = viewer_for(cast.thep)
    approved(programme, cast.thep, cast.chai)
    settled(programme, 1, 2, 4, 5)
    with work():
        found = db.session.get_one(Programme, programme.id)
        report = reporting.begin(found, by=me)
        reporting.write(report, "ดำเนินการครบ", "", "", by=me)
        reporting.send(report, by=me)
        # As a report was that had been sent before its steps counted.
        step = stepping.step_of(found, 5)
        step.state, step.done_on = StepState.DOING, None
    approval = db.session.scalars(select(Approval).where(Approval.kind == reporting.KIND)).one()
    with pytest.raises(Refusal):
        signed(approval, cast.chai)
    db.session.rollback()
    settled(programme, 5)
    signed(approval, cast.chai)
    assert db.session.get_one(Programme, programme.id).state == State.CLOSED


def test_the_check_page_tells_the_process_and_the_year_and_no_number_of_a_row(
    cast: Cast, programme: Programme, client: FlaskClient
) -> None:
    approved(programme, cast.thep, cast.chai)
    paper = db.session.scalars(select(IssuedPaper)).one()
    page = client.get(f"/papers/check/{paper.code}").text
    for words in (paper.title_th, "2 ติดตั้ง ดูแล บำรุงรักษา และพัฒนา", "2570"):
        assert words in page
    assert "เลขที่" not in page
    assert cast.thep.name_th not in page
