"""Rights: asked for, approved by the owner, granted by another, ended on their day, reviewed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import inspect

from helpdesk.access_rights import jobs, queries
from helpdesk.access_rights.leaving import still_has_access
from helpdesk.access_rights.models import AccessRight, ReviewRound, SystemRequest
from helpdesk.access_rights.rules import granting, reviewing, systems
from helpdesk.access_rights.states import Standing, Verdict
from helpdesk.requests import shapes
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import drafting
from helpdesk.requests.states import State
from kernel.db import Model, db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.approvals.queries import signature_acts, stuck
from office.bookkeeping.models import OutgoingMessage
from office.people import rules as people
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.access_rights import (
    Systems,
    access_request,
    approved_access,
    granted,
    make_right,
)
from tests.factories.office import TESTER, viewer_for
from tests.factories.requests import sent, signed


def wrong(request: ServiceRequest) -> dict[str, str]:
    found = db.session.get_one(ServiceRequest, request.id)
    return drafting.reading_of(found, shapes.of_request(found)).wrong


def messages(person: Person, kind: str) -> int:
    return db.session.query(OutgoingMessage).filter_by(person_id=person.id, kind=kind).count()


def test_the_head_and_the_owner_sign_then_a_keeper_grants(place: Systems) -> None:
    request = approved_access(place)
    assert request.approval is not None
    signers = [act.person_id for act, _step, _plan in signature_acts(request.approval)]
    assert signers == [place.ground.head.id, place.owner.id]
    assert messages(place.keeper, "access_to_grant") == 1
    right = granted(place, request)
    assert (right.level, right.ends_on) == ("edit", date(2027, 9, 30))
    assert db.session.get_one(ServiceRequest, request.id).state == State.DONE
    assert messages(place.ground.asker, "access_granted") == 1


def test_r_ac1_access_ends_by_itself_on_its_last_day_and_is_told_ahead_never_twice(
    place: Systems, clock: Clock
) -> None:
    asker = place.ground.asker
    right = make_right(place, asker, date(2026, 12, 10))
    told = [jobs.watch_rights(day) for day in (date(2026, 11, 25), date(2026, 11, 26))]
    told += [jobs.watch_rights(date(2026, 11, 26)), jobs.watch_rights(date(2026, 12, 8))]
    assert told == [0, 1, 0, 1]
    assert messages(asker, "access_ends") == 2
    assert jobs.watch_rights(date(2026, 12, 10)) == 0
    assert [jobs.watch_rights(date(2026, 12, 11)) for _time in range(2)] == [1, 0]
    ended = db.session.get_one(AccessRight, right.id)
    assert ended.standing(date(2026, 12, 11)) == Standing.TO_SWITCH_OFF
    assert messages(asker, "access_ended") == 1
    assert messages(place.keeper, "access_to_switch_off") == 1


def test_a_right_whose_day_is_over_is_not_in_force_even_when_no_job_ran(place: Systems) -> None:
    right = make_right(place, place.ground.asker, date(2026, 12, 10))
    assert right.standing(date(2026, 12, 10)) == Standing.SOON
    assert right.standing(date(2026, 12, 11)) == Standing.TO_SWITCH_OFF


def test_r_ac2_what_a_leaver_holds_is_listed_and_keeps_them_from_leaving(place: Systems) -> None:
    asker = place.ground.asker
    make_right(place, asker, date(2027, 9, 30))
    standing = still_has_access(asker)
    assert standing is not None
    assert "อีเมลสำนักงาน" in standing.things[0]
    with work(), pytest.raises(Refusal):
        people.leave(db.session.get_one(Person, asker.id), by=viewer_for(place.ground.admin))
    with work():
        assert granting.revoke_all(asker.id, "ย้ายโรงเรียน", by=TESTER) == 1
    assert still_has_access(db.session.get_one(Person, asker.id)) is None


def test_r_ac2_the_rights_of_who_has_left_are_ended_by_the_timetable(place: Systems) -> None:
    asker = place.ground.asker
    right = make_right(place, asker, date(2027, 9, 30))
    with work():
        db.session.get_one(Person, asker.id).left_on = date(2026, 11, 23)
    assert jobs.watch_rights() == 1
    assert db.session.get_one(AccessRight, right.id).revoked_at is not None
    assert jobs.watch_rights() == 0


def test_r_ac2_who_moved_to_another_unit_is_listed(place: Systems) -> None:
    asker = place.ground.asker
    make_right(place, asker, date(2027, 9, 30))
    admin = viewer_for(place.ground.admin)
    moved = queries.Filter(standing=queries.MOVED)
    assert not queries.rights(admin, moved, 1)
    with work():
        db.session.get_one(Person, asker.id).unit_id = place.ground.office.id
    assert len(queries.rights(admin, moved, 1)) == 1


def test_r_ac3_nobody_grants_access_to_themselves(place: Systems) -> None:
    with work():
        systems.edit(
            db.session.get_one(type(place.system), place.system.id),
            systems.SystemDraft(
                "MAIL", "อีเมลสำนักงาน", "", "", place.ground.office.id, 12, 24,
                [place.owner], [place.ground.asker, place.keeper],
            ),
            by=TESTER,
        )  # fmt: skip
    request = approved_access(place)
    with work():
        found = db.session.get_one(ServiceRequest, request.id)
        me = viewer_for(place.ground.asker)
        with pytest.raises(NotAllowed, match="ให้สิทธิ์แก่ตนเองไม่ได้"):
            granting.grant(found, place.system, "x", "", by=me)
    granted(place, request)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until": ""}, "until"),
        ({"until": "30/9/2580"}, "until"),
        ({"from": "1/12/2569", "until": "30/11/2569"}, "until"),
        ({"level": ""}, "level"),
        ({"pledge": "no"}, "pledge"),
        ({"wish": "cancel"}, "wish"),
        ({"wish": "change"}, "wish"),
        ({"system": "999999"}, "system"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(
    place: Systems, typed: dict[str, str], field: str
) -> None:
    assert field in wrong(access_request(place, **typed))


def test_a_change_takes_the_place_of_the_right_before(place: Systems) -> None:
    first = granted(place)
    assert "wish" in wrong(access_request(place))
    second = granted(place, wish="change", level="admin")
    assert second.level == "admin"
    assert db.session.get_one(AccessRight, first.id).switched_off_at is not None
    ended = approved_access(place, wish="cancel", level="", until="")
    with work():
        found = db.session.get_one(ServiceRequest, ended.id)
        link = db.session.get_one(SystemRequest, ended.id)
        assert granting.grant(found, link.system, "", "", by=viewer_for(place.keeper)) is None
    assert not queries.in_force_of(place.ground.asker.id)


def test_owners_keep_or_revoke_each_right_and_the_round_closes(place: Systems) -> None:
    one = make_right(place, place.ground.asker, date(2027, 9, 30))
    two = make_right(place, place.ground.head, date(2027, 9, 30))
    with work():
        system = db.session.get_one(type(place.system), place.system.id)
        round_id = reviewing.open_round(system, by=viewer_for(place.owner)).id
    with pytest.raises(Refusal, match="ทบทวนที่ยังไม่ปิด"), work():
        reviewing.open_round(db.session.merge(place.system), by=TESTER)
    lines = {line.right_id: line.id for line in queries.lines_of(round_id)}
    with work():
        round_ = db.session.get_one(ReviewRound, round_id)
        verdicts = {lines[one.id]: Verdict.KEEP, lines[two.id]: Verdict.REVOKE}
        assert reviewing.decide(round_, verdicts, by=viewer_for(place.owner)) == 2
    assert db.session.get_one(ReviewRound, round_id).closed_at is not None
    assert db.session.get_one(AccessRight, one.id).revoked_at is None
    assert db.session.get_one(AccessRight, two.id).revoked_at is not None


def test_an_owner_does_not_review_the_own_right(place: Systems) -> None:
    mine = make_right(place, place.owner, date(2027, 9, 30))
    with work():
        system = db.session.get_one(type(place.system), place.system.id)
        round_ = reviewing.open_round(system, by=viewer_for(place.owner))
        line = queries.lines_of(round_.id)[0]
        assert line.right_id == mine.id
        with pytest.raises(NotAllowed):
            reviewing.decide(round_, {line.id: Verdict.KEEP}, by=viewer_for(place.owner))


def test_reviews_are_opened_when_due_and_owners_are_reminded_weekly(
    place: Systems, clock: Clock
) -> None:
    make_right(place, place.ground.asker, date(2028, 9, 30))
    assert jobs.open_reviews() == 0
    clock.forward(days=361)
    assert [jobs.open_reviews() for _time in range(2)] == [1, 0]
    assert messages(place.owner, "access_review") == 1
    told = []
    for days in (31, 6, 1, 1):
        clock.forward(days=days)
        told.append(jobs.open_reviews())
    assert told == [0, 1, 0, 0]


def test_no_table_of_the_room_has_a_place_for_a_password(app: Flask) -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        if table.name.startswith(("information_system", "system_", "access_"))
        for column in table.columns
    }
    assert not [name for name in columns if "password" in name or "secret" in name]
    assert inspect(db.engine).has_table("access_right")


def test_two_keepers_who_grant_at_once_make_one_right(place: Systems, app: Flask) -> None:
    request_id, keepers = approved_access(place).id, (place.keeper.id, place.second.id)

    def grant(keeper_id: int) -> str:
        with app.app_context():
            try:
                with work():
                    request = drafting.locked(request_id)
                    assert request is not None
                    link = db.session.get_one(SystemRequest, request_id)
                    by = viewer_for(db.session.get_one(Person, keeper_id))
                    granting.grant(request, link.system, "a", "", by=by)
            except Refusal as refusal:
                return refusal.message
            return "granted"

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(grant, keepers))
    assert said.count("granted") == 1
    db.session.rollback()
    assert db.session.query(AccessRight).count() == 1


def test_an_owner_who_left_leaves_the_way_out_to_the_administrators(place: Systems) -> None:
    request = sent(access_request(place))
    with work():
        db.session.get_one(Person, place.owner.id).left_on = date(2026, 11, 23)
    waiting = signed(request, place.ground.head)
    assert waiting.state == State.WAITING
    admin = viewer_for(place.ground.admin)
    assert [step.approval.subject_id for step in stuck(admin, date(2026, 11, 20))] == [request.id]
