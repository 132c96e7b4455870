"""Signing along a path: order, groups, refusals, and the way back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from office.approvals import papers, queries
from office.approvals.kinds import StepPlan
from office.approvals.models import Approval, ApprovalStep
from office.approvals.rules import asking, signing
from office.approvals.snapshot import canonical, fingerprint
from office.approvals.states import APPROVALS, Action, Place, State
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from tests.factories.office import make_person, viewer_for
from tests.office.approvals.conftest import People
from tests.office.approvals.wishes import (
    BIG,
    DIRECTOR,
    HEAD,
    Wishes,
    act,
    ask,
    registered,
    wish,
)


def state_of(approval: Approval) -> str:
    return db.session.scalars(select(Approval.state).where(Approval.id == approval.id)).one()


def test_every_step_signs_in_order_and_then_it_is_approved(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.approve, approval, by=people.head)
    assert (state_of(approval), room.events) == (State.WAITING, [])
    act(signing.approve, approval, by=people.director)
    assert (state_of(approval), room.events) == (State.APPROVED, [("approved", 1)])
    assert [(s.name, s.step_en) for s in papers.signatures(approval)] == [
        (people.head.name_th, "Head of the unit"),
        (people.director.name_th, "Director"),
    ]


def test_a_later_step_cannot_be_signed_first(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    with pytest.raises(NotAllowed):
        act(signing.approve, approval, by=people.director)


def test_nobody_else_signs(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    for person in (people.deputy, people.admin, people.sri):
        with pytest.raises(NotAllowed):
            act(signing.approve, approval, by=person)


def test_the_asker_who_heads_the_unit_is_signed_for_by_the_one_above(people: People) -> None:
    with registered(HEAD):
        approval = ask(people.head)
        with pytest.raises(NotAllowed, match=r"."):
            act(signing.approve, approval, by=people.head)
        act(signing.approve, approval, by=people.director)
        assert state_of(approval) == State.APPROVED


def test_a_small_group_signs_through_its_school(people: People) -> None:
    from tests.factories.office import make_unit

    group = make_unit(kind="group", parent=people.cast.school)
    teacher = make_person(unit=group)
    with registered(HEAD):
        approval = ask(teacher)
        act(signing.approve, approval, by=people.head)
        assert state_of(approval) == State.APPROVED


@pytest.mark.parametrize(("amount", "steps"), [("5000", 1), ("5000.01", 2)])
def test_a_step_above_an_amount_counts_only_above_it(
    people: People, amount: str, steps: int
) -> None:
    with registered(DIRECTOR, BIG):
        approval = ask(people.malee, amount=Decimal(amount))
        assert len(queries.steps_of(approval)) == steps


def test_the_variant_chooses_the_step(people: People) -> None:
    outside = StepPlan("ผอ.", "", Place.OFFICE, variant="outside")
    inside = StepPlan("หัวหน้า", "", Place.OWN_UNIT, variant="inside")
    with registered(outside, inside):
        approval = ask(people.malee, variant="inside")
        assert [step.plan.name_th for step in queries.steps_of(approval)] == ["หัวหน้า"]


def test_all_of_a_group_sign_where_the_path_says_so(people: People) -> None:
    second = make_person(Role.APPROVER, over=people.cast.school)
    both = StepPlan("คณะกรรมการ", "Committee", Place.OWN_UNIT, all_sign=True)
    with registered(both):
        approval = ask(people.malee)
        act(signing.approve, approval, by=people.head)
        assert state_of(approval) == State.WAITING
        act(signing.approve, approval, by=second)
        assert state_of(approval) == State.APPROVED


def test_one_of_a_group_is_enough_and_the_other_is_told_so(people: People) -> None:
    second = make_person(Role.APPROVER, over=people.cast.school)
    with registered(HEAD, DIRECTOR):
        approval = ask(people.malee)
        step = queries.steps_of(approval)[0].id
        act(signing.approve, approval, by=people.head, step_id=step)
        with pytest.raises(Refusal, match=people.head.name_th):
            act(signing.approve, approval, by=second, step_id=step)


def test_the_request_itself_can_name_who_signs(people: People) -> None:
    with registered(StepPlan("เจ้าของระบบ", "", Place.GIVEN, slot="owner")):
        approval = ask(people.malee, given={"owner": [people.deputy.id, people.malee.id]})
        act(signing.approve, approval, by=people.deputy)
        assert state_of(approval) == State.APPROVED


def test_one_person_signs_once_unless_the_path_allows_more(people: People) -> None:
    twice = StepPlan("อีกครั้ง", "", Place.OFFICE)
    with registered(DIRECTOR, twice):
        approval = ask(people.malee)
        act(signing.approve, approval, by=people.director)
        with pytest.raises(NotAllowed):
            act(signing.approve, approval, by=people.director)
    with registered(DIRECTOR, twice, may_repeat=True):
        from kernel.work import work
        from office.approvals import kinds
        from office.approvals.rules import paths

        with work():
            paths.save(
                kinds.kind_of("wish"),
                [DIRECTOR, twice],
                may_repeat=True,
                seen_edition=1,
                by=viewer_for(people.admin),
            )
        other = ask(people.malee, subject_id=2)
        act(signing.approve, other, by=people.director)
        act(signing.approve, other, by=people.director)
        assert state_of(other) == State.APPROVED


@pytest.mark.parametrize("verb", [signing.reject, signing.send_back])
def test_saying_no_or_asking_needs_a_sentence(people: People, room: Wishes, verb: object) -> None:
    approval = ask(people.malee)
    with pytest.raises(Refusal):
        act(verb, approval, "  ", by=people.head)
    assert state_of(approval) == State.WAITING


def test_a_rejection_ends_it_and_tells_the_asker_why(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.reject, approval, "งบไม่พอ", by=people.head)
    assert (state_of(approval), room.events) == (State.REJECTED, [("rejected", 1)])
    body = db.session.scalars(
        select(OutgoingMessage.body).where(OutgoingMessage.kind == "approval_decided")
    ).one()
    assert "งบไม่พอ" in body


def test_an_answer_goes_on_at_the_same_step(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.approve, approval, by=people.head)
    act(signing.send_back, approval, "ทำไม", by=people.director)
    act(asking.answer, approval, "ของเก่าเสีย", by=people.malee)
    act(signing.approve, approval, by=people.director)
    assert state_of(approval) == State.APPROVED


def test_a_changed_subject_is_signed_anew_by_everybody(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.approve, approval, by=people.head)
    act(signing.send_back, approval, "แพงไป", by=people.director)
    mended = wish(people.malee, content={"thing": "เครื่องที่ถูกกว่า"})
    act(asking.answer, approval, "แก้แล้ว", by=people.malee, request=mended)
    assert papers.signatures(approval) == []
    with pytest.raises(NotAllowed):
        act(signing.approve, approval, by=people.director)
    act(signing.approve, approval, by=people.head)
    act(signing.approve, approval, by=people.director)
    hashes = {one.snapshot_hash for one in papers.signatures(approval)}
    assert hashes == {fingerprint(canonical(mended.content))}


def test_an_edit_afterwards_makes_it_void(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.approve, approval, by=people.head)
    act(signing.approve, approval, by=people.director)
    act(asking.void_if_changed, approval, wish(people.malee).content, by=people.malee)
    assert state_of(approval) == State.APPROVED
    act(asking.void_if_changed, approval, {"thing": "อย่างอื่น"}, by=people.malee)
    assert (state_of(approval), room.events[-1]) == (State.VOIDED, ("voided", 1))


def test_only_the_asker_recalls_and_answers(people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    with pytest.raises(NotAllowed):
        act(asking.recall, approval, by=people.head)
    act(asking.recall, approval, by=people.malee)
    assert (state_of(approval), room.events) == (State.RECALLED, [("recalled", 1)])


def test_a_subject_waits_once(people: People, room: Wishes) -> None:
    ask(people.malee)
    with pytest.raises(Refusal):
        ask(people.malee)


@pytest.mark.parametrize("amount", ["-1", "1000000000000"])
def test_an_amount_out_of_bounds_is_refused(people: People, room: Wishes, amount: str) -> None:
    with pytest.raises(Refusal, match="999"):
        ask(people.malee, amount=Decimal(amount))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_the_table_of_states_is_the_one_that_was_agreed(state: State, action: Action) -> None:
    waiting = {a for a in Action if a != Action.ANSWER}
    allowed: dict[State, set[Action]] = {
        State.WAITING: waiting,
        State.SENT_BACK: {Action.ANSWER, Action.RECALL, Action.VOID},
        State.APPROVED: {Action.VOID},
    }
    assert APPROVALS.allows(state, action) == (action in allowed.get(state, set()))


def ended(people: People, approval: Approval, state: State) -> None:
    """Bring an approval into a state."""
    if state == State.SENT_BACK:
        act(signing.send_back, approval, "?", by=people.head)
    elif state == State.REJECTED:
        act(signing.reject, approval, "ไม่", by=people.head)
    elif state == State.RECALLED:
        act(asking.recall, approval, by=people.malee)
    elif state == State.VOIDED:
        act(asking.void, approval, "แก้", by=people.malee)
    elif state == State.APPROVED:
        act(signing.approve, approval, by=people.head)
        act(signing.approve, approval, by=people.director)


@pytest.mark.parametrize("state", [state for state in State if state != State.WAITING])
def test_nothing_is_signed_in_any_other_state(people: People, room: Wishes, state: State) -> None:
    approval = ask(people.malee)
    ended(people, approval, state)
    assert state_of(approval) == state
    for verb, words in ((signing.approve, ()), (signing.reject, ("ไม่",))):
        with pytest.raises(Refusal):
            act(verb, approval, *words, by=people.head)
    assert state_of(approval) == state


def test_running_approvals_keep_the_edition_they_began_with(people: People, room: Wishes) -> None:
    from kernel.work import work
    from office.approvals import kinds
    from office.approvals.rules import paths

    approval = ask(people.malee)
    with work():
        paths.save(
            kinds.kind_of("wish"),
            [BIG, DIRECTOR],
            may_repeat=False,
            seen_edition=1,
            by=viewer_for(people.admin),
        )
    names = db.session.scalars(
        select(ApprovalStep.position).where(ApprovalStep.approval_id == approval.id)
    ).all()
    assert len(names) == 2
    act(signing.approve, approval, by=people.head)
    act(signing.approve, approval, by=people.director)
    assert state_of(approval) == State.APPROVED
