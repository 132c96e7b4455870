"""Studies and developments: what may be written when, and what the director's word does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period
from helpdesk.studies import content
from helpdesk.studies.models import Development, Study
from helpdesk.studies.rules import developing, reporting, studying
from helpdesk.studies.rules.developing import Measure
from helpdesk.studies.rules.studying import SystemNamed
from helpdesk.studies.states import (
    DEVELOPMENTS,
    RECORDS,
    STUDIES,
    Action,
    Better,
    Sort,
    State,
    StudyState,
)
from kernel import clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import asking, signing
from office.bookkeeping.models import OutgoingMessage
from office.papers.models import IssuedPaper
from tests.cast import Cast
from tests.factories import studies as make
from tests.factories.office import make_person, viewer_for


def decide(cast: Cast, thing: Study | Development, act: Callable[..., Any], *words: str) -> None:
    """Let the director act on the approval of a thing."""
    with work():
        approval = db.session.get_one(Approval, thing.approval_id)
        act(approval, *words, by=viewer_for(cast.chai))


def refused(act: Callable[[], Any]) -> str:
    """Return the sentence with which an act is refused."""
    with pytest.raises(Refusal) as caught, work():
        act()
    return str(caught.value.field or caught.value.message)


def test_every_state_can_be_left_but_the_cancelled_ones() -> None:
    tables: tuple[Any, ...] = (STUDIES, RECORDS, DEVELOPMENTS)
    ends = {state for one in tables for state in one.faces if not one.actions(state)}
    assert ends == {StudyState.CANCELLED, State.CANCELLED}
    reached = {target for one in tables for target in one.transitions.values()}
    assert {state for one in tables for state in one.faces} - reached == set()


def test_numbers_run_for_studies_and_developments_apart(cast: Cast) -> None:
    numbers = [make.make_study(cast.thep).number, make.make_study(cast.thep).number]
    numbers.append(make.make_development(cast.thep).number)
    assert numbers == ["ศว.1/2570", "ศว.2/2570", "พว.1/2570"]


def test_a_study_needs_a_system_an_own_unit_and_somebody_who_is_here(cast: Cast) -> None:
    gone = make_person(left_on=date(2026, 1, 1))
    wrong: dict[str, dict[str, Any]] = {
        "system_name": {"system": SystemNamed(name=" ")},
        "system_id": {"system": SystemNamed(id=99)},
        "title": {"title": " "},
        "owner": {"owner": gone},
        "unit_id": {"unit_id": cast.other_school.id},
    }
    by = viewer_for(cast.kanda)
    told = {}
    for field, change in wrong.items():
        draft = make.study_draft(cast.kanda, **change)
        told[field] = refused(lambda draft=draft: studying.begin(draft, by=by))
    assert told == {field: field for field in wrong}


def test_a_record_is_finished_once_the_parts_that_matter_are_written(cast: Cast) -> None:
    study = make.make_study(cast.thep)
    record = make.make_record(study, cast.thep, done=False, findings="")
    by = viewer_for(cast.thep)
    assert refused(lambda: studying.finish_record(record, by=by)) == "findings"
    tomorrow = make.record_draft(cast.thep)
    late = type(tomorrow)(**{**vars(tomorrow), "studied_on": clock.today() + timedelta(days=1)})
    assert refused(lambda: studying.edit_record(record, late, by=by)) == "studied_on"


def test_a_report_is_sent_with_finished_records_and_its_own_words(cast: Cast) -> None:
    study, by = make.make_study(cast.thep), viewer_for(cast.thep)
    told = [refused(lambda: reporting.send_study(study, by=by))]
    make.make_record(study, cast.thep)
    told.append(refused(lambda: reporting.send_study(study, by=by)))
    make.write_study_report(study, cast.thep)
    make.make_record(study, cast.thep, done=False)
    told.append(refused(lambda: reporting.send_study(study, by=by)))
    assert len(set(told)) == 3


def test_what_waits_for_the_director_is_frozen_and_comes_back_when_refused(cast: Cast) -> None:
    study = make.sent_study(cast.thep)
    by, record = viewer_for(cast.thep), make.record_draft(cast.thep)
    refused(lambda: studying.add_record(study, record, by=by))
    refused(lambda: studying.write_report(study, {}, by=by))
    refused(lambda: studying.edit(study, make.study_draft(cast.thep), by=by))
    decide(cast, study, signing.reject, "ขอข้อมูลเพิ่ม")
    assert study.state == StudyState.OPEN
    assert make.make_record(study, cast.thep).number == 2


def test_the_director_acknowledges_and_a_new_edition_keeps_the_signed_one(cast: Cast) -> None:
    study, by = make.sent_study(cast.thep), viewer_for(cast.thep)
    told = db.session.query(OutgoingMessage).filter_by(person_id=cast.chai.id).all()
    assert [one.kind for one in told] == ["approval_waiting"]
    decide(cast, study, signing.approve)
    assert (study.state, study.acknowledged_on) == (StudyState.ACKNOWLEDGED, clock.today())
    first = db.session.query(IssuedPaper).one()
    assert first.number == "ศว.1/2570-1"
    with work():
        reporting.revise(study, by=by)
        studying.write_report(study, {"conclusion": "ใหม่", "recommendation": "ใหม่"}, by=by)
        reporting.send_study(study, by=by)
    decide(cast, study, signing.approve)
    issued = db.session.query(IssuedPaper).order_by(IssuedPaper.id).all()
    assert [(one.number, one.voided_at) for one in issued] == [
        ("ศว.1/2570-1", None),
        ("ศว.1/2570-2", None),
    ]


def test_a_void_approval_opens_the_present_edition_and_leaves_a_later_one_alone(cast: Cast) -> None:
    study, by = make.sent_study(cast.thep), viewer_for(cast.thep)
    decide(cast, study, signing.approve)
    first = study.approval_id
    with work():
        reporting.revise(study, by=by)
        asking.void(db.session.get_one(Approval, first), "พบข้อผิดพลาด", by=viewer_for(cast.admin))
    assert (study.state, study.edition) == (StudyState.OPEN, 2)
    assert db.session.query(IssuedPaper).one().voided_at is not None
    with work():
        reporting.send_study(study, by=by)
    decide(cast, study, asking.void, "พบข้อผิดพลาด")
    assert study.state == StudyState.OPEN


def test_a_development_is_checked_before_it_is_entered(cast: Cast) -> None:
    nameless = Measure("", "", Better.MORE, Decimal(1), Decimal(2))
    no_before = Measure("คะแนน", "", Better.MORE, None, Decimal(2))
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ends_on", {"ends_on": date(2026, 9, 30)}),
        ("budget", {"budget": Decimal(-1)}),
        ("goal", {"words": {"goal": " "}}),
        ("system_name", {"sort": Sort.IMPROVE}),
        ("title", {"title": ""}),
    ]
    by = viewer_for(cast.thep)
    for field, change in wrong:
        draft = make.work_draft(cast.thep, **change)
        assert refused(lambda draft=draft: developing.plan(draft, by=by)) == field
    for measure in (nameless, no_before):
        draft = make.work_draft(cast.thep, indicators=[measure])
        refused(lambda draft=draft: developing.plan(draft, by=by))


def test_an_indicator_that_stays_keeps_its_figure_after_the_work(cast: Cast) -> None:
    made, by = make.finished_development(cast.thep), viewer_for(cast.thep)
    with work():
        developing.write_report(made, make.report_draft(made), by=by)
    version = made.version
    with work():
        developing.begin(made, by=by)
        kept = Measure("ใหม่", "นาที", Better.LESS, Decimal(1), Decimal(1), made.indicators[0].id)
        developing.edit(made, make.work_draft(cast.thep, indicators=[kept]), by=by)
    assert [(one.name, one.after) for one in made.indicators] == [("ใหม่", Decimal(45))]
    assert made.version > version


def test_figures_alone_move_the_version(cast: Cast) -> None:
    made = make.finished_development(cast.thep)
    with work():
        developing.write_report(made, make.report_draft(made), by=viewer_for(cast.thep))
    version = made.version
    with work():
        again = make.report_draft(made, Decimal(50))
        developing.write_report(made, again, by=viewer_for(cast.thep))
    assert made.version == version + 1


def test_a_development_is_reported_with_every_figure_and_acknowledged(cast: Cast) -> None:
    made, by = make.finished_development(cast.thep), viewer_for(cast.thep)
    refused(lambda: reporting.send_development(made, by=by))
    with work():
        developing.write_report(made, make.report_draft(made, None), by=by)
    assert "เวลารอรับเรื่อง" in refused(lambda: reporting.send_development(made, by=by))
    with work():
        developing.write_report(made, make.report_draft(made), by=by)
        reporting.send_development(made, by=by)
    refused(lambda: developing.write_report(made, make.report_draft(made), by=by))
    decide(cast, made, signing.approve)
    assert made.state == State.ACKNOWLEDGED
    assert db.session.query(IssuedPaper).one().kind == reporting.DEVELOPMENT
    with work():
        reporting.revise(made, by=by)
    assert (made.state, made.edition) == (State.FINISHED, 2)


def test_satisfaction_is_between_one_and_five_and_says_of_how_many(cast: Cast) -> None:
    made, by = make.finished_development(cast.thep), viewer_for(cast.thep)
    for field, change in {
        "satisfaction_mean": {"satisfaction_mean": Decimal("5.01"), "satisfaction_n": 3},
        "satisfaction_n": {"satisfaction_mean": Decimal("4.5")},
        "survey_id": {"survey_id": 99},
        "user_count": {"user_count": -1},
    }.items():
        draft = make.report_draft(made, **change)
        assert refused(lambda draft=draft: developing.write_report(made, draft, by=by)) == field


def test_changes_are_told_in_percent_and_judged_by_their_direction(cast: Cast) -> None:
    made = make.finished_development(cast.thep)
    with work():
        developing.write_report(made, make.report_draft(made), by=viewer_for(cast.thep))
    less = content.f16(made, ())["indicators"][0]
    assert (less["change"], less["met"]) == ("-81.2", True)
    made.indicators[0].better = Better.MORE
    assert content.f16(made, ())["indicators"][0]["met"] is False
    assert content.change(Decimal(0), Decimal(5)) == ""


def test_programmes_count_what_was_finished_and_acknowledged(cast: Cast) -> None:
    keys = ("study_records", "study_reports", "developments", "development_reports")
    today = clock.today()
    period = Period(today, today, frozenset({cast.office.id}))
    for thing in (make.sent_study(cast.thep), make.sent_development(cast.thep)):
        decide(cast, thing, signing.approve)
    assert sources.counted(keys, period) == dict.fromkeys(keys, 1)
    elsewhere = Period(today, today, frozenset({cast.school.id}))
    later = Period(today + timedelta(days=1), today + timedelta(days=9))
    assert sources.counted(keys, elsewhere) == sources.counted(keys, later)
    assert set(sources.counted(keys, later).values()) == {0}
    of_process = {one.key for number in (8, 9) for one in sources.of_process(number)}
    assert set(keys) <= of_process


def test_whoever_is_named_is_told_in_the_own_language(cast: Cast) -> None:
    make.make_study(cast.thep)
    assert db.session.query(OutgoingMessage).count() == 0
    with work():
        draft = make.work_draft(cast.malee, unit_id=cast.school.id)
        developing.plan(draft, by=viewer_for(cast.kanda))
    told = db.session.query(OutgoingMessage).one()
    assert (told.person_id, told.kind) == (cast.malee.id, "study_owner")
    assert "ระบบแจ้งซ่อม" in told.subject


def test_work_that_began_can_rest_end_and_be_given_up_only_with_a_reason(cast: Cast) -> None:
    made, by = make.make_development(cast.thep), viewer_for(cast.thep)
    refused(lambda: developing.finish(made, by=by))
    with work():
        developing.begin(made, by=by)
        developing.pause(made, by=by)
    assert refused(lambda: developing.cancel(made, " ", by=by)) == "reason"
    with work():
        developing.cancel(made, "ไม่มีงบประมาณ", by=by)
    assert not DEVELOPMENTS.allows(State(made.state), Action.BEGIN)
