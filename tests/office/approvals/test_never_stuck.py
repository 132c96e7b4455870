"""Stand-ins, people who leave, roles nobody holds, reminders: nothing waits for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.approvals import jobs, papers, queries
from office.approvals.kinds import StepPlan
from office.approvals.models import Approval
from office.approvals.rules import absences, asking, signing
from office.approvals.states import Capacity, Place, State
from office.bookkeeping.models import OutgoingMessage
from office.people import rules as staff
from office.people.access import Role
from office.people.models import Person, RoleGrant
from tests.conftest import Clock
from tests.factories.office import make_person, viewer_for
from tests.office.approvals.conftest import People
from tests.office.approvals.wishes import HEAD, Wishes, act, ask, registered


def away(person: Person, stand_in: Person, days: int = 3) -> None:
    today = kernel_clock.today()
    with work():
        absences.enter(
            db.session.get_one(Person, person.id),
            db.session.get_one(Person, stand_in.id),
            today,
            today + timedelta(days=days),
            capacity=Capacity.ACTING,
            by=viewer_for(person),
        )


def messages(kind: str, person: Person) -> list[str]:
    query = select(OutgoingMessage.body).where(
        OutgoingMessage.kind == kind, OutgoingMessage.person_id == person.id
    )
    return list(db.session.scalars(query))


def state_of(approval: Approval) -> str:
    return db.session.scalars(select(Approval.state).where(Approval.id == approval.id)).one()


def leaves(person: Person, people: People) -> None:
    with work():
        staff.leave(db.session.get_one(Person, person.id), by=viewer_for(people.admin))


def test_the_stand_in_signs_and_the_paper_says_for_whom(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    away(people.head, people.deputy)
    act(signing.approve, approval, by=people.deputy)
    (signed,) = papers.signatures(approval)
    assert (signed.name, signed.for_name) == (people.deputy.name_th, people.head.name_th)
    assert signed.capacity_th == "รักษาราชการแทน ผู้อำนวยการโรงเรียน"


def test_the_stand_in_sees_it_among_what_waits(people: People, room: Wishes) -> None:
    ask(people.malee)
    assert queries.waiting_count(viewer_for(people.deputy)) == 0
    away(people.head, people.deputy)
    assert queries.waiting_count(viewer_for(people.deputy)) == 1


def test_after_the_absence_the_stand_in_signs_no_more(
    people: People, room: Wishes, clock: Clock
) -> None:
    approval = ask(people.malee)
    away(people.head, people.deputy, days=1)
    clock.forward(days=2)
    with pytest.raises(NotAllowed):
        act(signing.approve, approval, by=people.deputy)


def test_the_asker_does_not_sign_as_a_stand_in(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    away(people.head, people.malee)
    with pytest.raises(NotAllowed):
        act(signing.approve, approval, by=people.malee)
    assert queries.waiting_count(viewer_for(people.malee)) == 0


def test_two_stand_ins_for_the_same_days_are_refused(people: People, room: Wishes) -> None:
    away(people.head, people.deputy)
    with pytest.raises(Refusal):
        away(people.head, people.sri)


def test_whom_it_is_handed_on_to_signs_by_delegation(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.delegate, approval, people.deputy, by=people.head)
    with pytest.raises(NotAllowed):
        act(signing.approve, approval, by=people.head)
    act(signing.approve, approval, by=people.deputy)
    assert papers.signatures(approval)[0].capacity == Capacity.DELEGATED


@pytest.mark.parametrize("who", ["malee", "head"])
def test_it_is_handed_on_neither_to_the_asker_nor_to_oneself(
    people: People, room: Wishes, who: str
) -> None:
    approval = ask(people.malee)
    with pytest.raises(Refusal):
        act(signing.delegate, approval, getattr(people, who), by=people.head)


def test_when_the_delegate_leaves_the_first_one_is_asked_again(
    people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    act(signing.delegate, approval, people.deputy, by=people.head)
    leaves(people.deputy, people)
    jobs.renew_signers()
    act(signing.approve, approval, by=people.head)
    assert len(papers.signatures(approval)) == 1


def test_the_successor_of_who_left_is_asked_and_told(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    leaves(people.head, people)
    heir = make_person(Role.APPROVER, over=people.cast.school)
    assert jobs.renew_signers() == 1
    assert len(messages("approval_waiting", heir)) == 1
    act(signing.approve, approval, by=heir)
    assert len(papers.signatures(approval)) == 1


def test_who_lost_the_role_signs_no_more(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    with work():
        db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == people.head.id))
    with pytest.raises(NotAllowed):
        act(signing.approve, approval, by=people.head)


def test_administrators_hear_once_of_what_nobody_can_sign(people: People) -> None:
    with registered(StepPlan("ผู้ตรวจ", "", Place.UNIT, "inspector", people.cast.school.id)):
        ask(people.malee)
        jobs.renew_signers()
        jobs.renew_signers()
        assert len(messages("approval_stuck", people.admin)) == 1
        today = kernel_clock.today()
        assert len(queries.stuck(viewer_for(people.admin), today)) == 1


def test_an_administrator_names_a_signer_with_a_reason(people: People) -> None:
    with registered(StepPlan("ผู้ตรวจ", "", Place.UNIT, "inspector", people.cast.school.id)):
        approval = ask(people.malee)
        with pytest.raises(Refusal):
            act(signing.assign, approval, people.deputy, " ", by=people.admin)
        with pytest.raises(Refusal):
            act(signing.assign, approval, people.malee, "ไม่มีคน", by=people.admin)
        act(signing.assign, approval, people.deputy, "ไม่มีผู้ตรวจ", by=people.admin)
        act(signing.approve, approval, by=people.deputy)
        assert state_of(approval) == State.APPROVED


def test_an_administrator_names_nobody_while_somebody_can_sign(
    people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    with pytest.raises(Refusal):
        act(signing.assign, approval, people.deputy, "เร่งด่วน", by=people.admin)


def test_a_group_goes_on_when_the_missing_one_leaves(people: People) -> None:
    second = make_person(Role.APPROVER, over=people.cast.school)
    with registered(StepPlan("คณะกรรมการ", "", Place.OWN_UNIT, all_sign=True)):
        approval = ask(people.malee)
        act(signing.approve, approval, by=people.head)
        leaves(second, people)
        jobs.renew_signers()
        assert state_of(approval) == State.APPROVED


def test_one_reminder_a_day_gathers_all_that_waits(
    people: People, room: Wishes, clock: Clock
) -> None:
    ask(people.malee)
    ask(people.malee, subject_id=2, title="อีกเรื่อง")
    assert jobs.remind_approvers() == 0
    clock.forward(days=2)
    assert jobs.remind_approvers() == 2
    assert jobs.remind_approvers() == 0
    (body,) = messages("approval_reminder", people.head)
    assert "อีกเรื่อง" in body


def test_no_reminder_on_a_closed_day(people: People, room: Wishes, clock: Clock) -> None:
    ask(people.malee)
    clock.forward(days=5)  # a Saturday
    assert jobs.remind_approvers() == 0


def test_the_administrators_hear_once_of_what_waits_too_long(
    people: People, room: Wishes, clock: Clock
) -> None:
    ask(people.malee)
    clock.forward(days=7)
    jobs.remind_approvers()
    clock.forward(days=1)
    jobs.remind_approvers()
    assert len(messages("approval_stuck", people.admin)) == 1


def test_the_asker_reminds_once_a_day(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(asking.remind, approval, by=people.malee)
    with pytest.raises(Refusal):
        act(asking.remind, approval, by=people.malee)


def test_a_path_that_asks_nobody_for_an_amount_is_refused(people: People, room: Wishes) -> None:
    from decimal import Decimal

    from office.approvals import kinds
    from office.approvals.rules import paths

    gap = StepPlan("หัวหน้า", "", Place.OWN_UNIT, above=Decimal(100))
    with pytest.raises(Refusal, match=r"50\.01"), work():
        paths.save(
            kinds.kind_of("wish"),
            [gap, StepPlan("ผอ.", "", Place.OFFICE, up_to=Decimal(50))],
            may_repeat=False,
            seen_edition=0,
            by=viewer_for(people.admin),
        )


def test_an_escalated_step_may_get_another_signer(people: People, clock: Clock) -> None:
    with registered(HEAD):
        approval = ask(people.malee)
        clock.forward(days=7)
        act(signing.assign, approval, people.deputy, "ลาพักยาว", by=people.admin)
        act(signing.approve, approval, by=people.deputy)
        assert state_of(approval) == State.APPROVED
