"""From the draft to the signed specification: who signs, what is refused, versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from helpdesk.specifications import differences
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import drafting, flow
from helpdesk.specifications.rules.payments import InstalmentDraft
from helpdesk.specifications.rules.sorts import SPECIFICATION
from helpdesk.specifications.states import COMPARISONS, SPECIFICATIONS, Action, State
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import asking, moving, signing
from office.papers.models import IssuedPaper
from tests.factories.office import make_person, viewer_for
from tests.factories.specifications import (
    RAM,
    TEXTS,
    Group,
    approved,
    draft_of,
    keep,
    make_specification,
    notebook,
    sent,
    signed,
)

UNPAYABLE = (
    (),
    (InstalmentDraft(Decimal(100), ""),),
    (InstalmentDraft(Decimal("99.99"), "ส่งมอบ"),),
    (InstalmentDraft(Decimal(60), "ส่งมอบ"), InstalmentDraft(Decimal(60), "อบรม")),
)


def again(one: Specification) -> Specification:
    db.session.rollback()
    return db.session.get_one(Specification, one.id)


def test_every_move_of_both_tables_is_possible_where_the_table_says_and_nowhere_else() -> None:
    wanted = {
        (State.DRAFT, Action.SEND), (State.DRAFT, Action.CANCEL), (State.WAITING, Action.ANSWER),
        (State.WAITING, Action.RECALL), (State.WAITING, Action.APPROVE),
        (State.WAITING, Action.REJECT), (State.WAITING, Action.CANCEL),
    }  # fmt: skip
    for table, more in ((SPECIFICATIONS, set()), (COMPARISONS, {(State.APPROVED, Action.REOPEN)})):
        for state in State:
            for action in Action:
                assert table.allows(state, action) == ((state, action) in wanted | more)


def test_the_working_group_signs_first_and_then_the_director(group: Group) -> None:
    one = sent(make_specification(group))
    assert (one.state, one.number) == (State.WAITING, "คณ.1/2570")
    with pytest.raises(Refusal):
        signed(one, group.director)
    signed(one, group.member, group.chair)
    assert again(one).state == State.WAITING
    signed(one, group.director)
    done = again(one)
    assert (done.state, done.approved_at is not None) == (State.APPROVED, True)
    paper = db.session.scalars(select(IssuedPaper)).one()
    assert (paper.kind, paper.number) == ("specification", one.number)
    assert [each["name"] for each in paper.signers][-1] == group.director.name_th


def test_an_incomplete_specification_is_not_sent_and_the_field_is_named(group: Group) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        *(({"texts": {name: ""}}, name) for name in TEXTS),
        ({"median_price": None}, "median_price"),
        ({"budget": None}, "budget"),
        *(({"payments": rows}, "payments") for rows in UNPAYABLE),
        ({"requirements": ()}, "items"),
        ({"members": ()}, "member_1"),
        ({"members": (group.author.id,)}, "member_2"),
    ]
    one, wrong = make_specification(group), []
    for changes, field in cases:
        keep(one, draft_of(group, **changes))
        try:
            sent(one)
        except Refusal as refusal:
            if refusal.field != field:
                wrong.append((changes, refusal.field))
        else:
            wrong.append((changes, "sent"))
    assert wrong == []


def test_what_is_out_of_measure_is_refused_when_it_is_kept(group: Group) -> None:
    one, wrong = make_specification(group), []
    cases: list[Callable[[], Any]] = [
        lambda: draft_of(group, notebook(-1)),
        lambda: draft_of(group, notebook("123456789012345")),
        lambda: draft_of(group, replace(notebook(), quantity=Decimal(0))),
        lambda: draft_of(group, replace(notebook(), quantity=None)),
        lambda: draft_of(group, requirements=(replace(RAM, item=2),)),
        lambda: draft_of(group, *[notebook()] * 21),
        lambda: draft_of(group, requirements=(RAM,) * 201),
        lambda: draft_of(group, title=" "),
        lambda: draft_of(group, notebook(criterion=999)),
        lambda: draft_of(group, budget=Decimal(-5)),
        lambda: draft_of(group, payments=(InstalmentDraft(Decimal("0.001"), "ส่งมอบ"),)),
        lambda: draft_of(group, payments=(InstalmentDraft(Decimal(-1), "ส่งมอบ"),)),
        lambda: draft_of(group, payments=(InstalmentDraft(Decimal(101), "ส่งมอบ"),)),
        lambda: draft_of(group, payments=(InstalmentDraft(Decimal(100), "ส่งมอบ", 0),)),
        lambda: draft_of(group, payments=(InstalmentDraft(Decimal(4), "ส่งมอบ"),) * 25),
    ]
    for number, case in enumerate(cases):
        try:
            keep(one, case())
            wrong.append(number)
        except Refusal:
            db.session.rollback()
    assert wrong == []
    assert len(again(one).items) == 1


def test_what_waits_or_is_decided_is_not_changed_and_says_the_way_out(group: Group) -> None:
    one = sent(make_specification(group))
    with pytest.raises(Refusal, match="ดึงกลับ"):
        keep(one, draft_of(group))
    db.session.rollback()
    signed(one, group.chair, group.member, group.director)
    with pytest.raises(Refusal, match="ฉบับใหม่"):
        keep(one, draft_of(group))


def test_a_recalled_one_is_a_draft_again_and_keeps_its_number(group: Group) -> None:
    one = sent(make_specification(group))
    with work():
        flow.recall(SPECIFICATION, again(one), by=viewer_for(group.author))
    assert (again(one).state, again(one).number) == (State.DRAFT, "คณ.1/2570")
    assert sent(again(one)).number == "คณ.1/2570"


def test_a_rejected_one_says_why_and_can_begin_anew(group: Group) -> None:
    one = sent(make_specification(group))
    with work():
        approval = db.session.get_one(Approval, one.approval_id)
        step = moving.open_step(approval)
        signing.reject(approval, "แพงเกินไป", by=viewer_for(group.chair), step_id=step.id)
    assert (again(one).state, again(one).ended_why) == (State.REJECTED, "แพงเกินไป")
    with work():
        fresh = drafting.new_version(again(one), by=viewer_for(group.author))
        assert (fresh.edition, fresh.state) == (2, State.DRAFT)


def test_an_answer_with_changes_is_signed_anew_by_all(group: Group) -> None:
    one = sent(make_specification(group))
    signed(one, group.chair)
    with work():
        approval = db.session.get_one(Approval, one.approval_id)
        step = moving.open_step(approval)
        signing.send_back(approval, "เพิ่มจอ", by=viewer_for(group.member), step_id=step.id)
    with work():
        found = db.session.get_one(Specification, one.id)
        drafting.keep(found, draft_of(group, title="ใหม่"), by=viewer_for(group.author))
        flow.answer(SPECIFICATION, found, "เพิ่มแล้ว", by=viewer_for(group.author))
    signed(one, group.chair, group.member, group.director)
    assert again(one).state == State.APPROVED


def test_a_cancelled_one_ends_its_approval_and_needs_a_reason_once_sent(group: Group) -> None:
    one = sent(make_specification(group))
    with pytest.raises(Refusal), work():
        flow.cancel(SPECIFICATION, again(one), " ", by=viewer_for(group.author))
    with work():
        flow.cancel(SPECIFICATION, again(one), "ไม่มีงบ", by=viewer_for(group.author))
    assert again(one).state == State.CANCELLED
    assert db.session.scalars(select(Approval.state)).one() == "voided"


def test_an_approval_that_is_made_void_behind_an_approved_one_leaves_it_as_it_is(
    group: Group,
) -> None:
    one = approved(group)
    approval, by = one.approval, viewer_for(group.admin)
    assert approval is not None
    with pytest.raises(Refusal), work():
        asking.void(approval, "ผิด", by=by)
    assert again(one).state == State.APPROVED


def test_a_new_version_is_a_copy_and_the_approved_one_stays(group: Group) -> None:
    one = approved(group)
    with work():
        fresh = drafting.new_version(again(one), by=viewer_for(group.author))
        assert fresh.first_id == one.first_id
        fresh_id = fresh.id
    with pytest.raises(Refusal), work():
        drafting.new_version(again(one), by=viewer_for(group.author))
    fresh = db.session.get_one(Specification, fresh_id)
    assert (fresh.edition, fresh.number, fresh.state) == (2, None, State.DRAFT)
    assert [each.name for each in fresh.requirements] == [each.name for each in one.requirements]
    assert [(row.percent, row.days) for row in fresh.payments] == [(Decimal(100), 30)]
    changed = draft_of(group, requirements=(replace(RAM, amount="16"), RAM), title="โน้ตบุ๊กใหม่")
    keep(fresh, changed)
    assert again(one).title == "โน้ตบุ๊ก 10 เครื่อง"
    old, new = again(one), db.session.get_one(Specification, fresh_id)
    found = {(each.before, each.after) for each in differences.between(old, new)}
    assert ("โน้ตบุ๊ก 10 เครื่อง", "โน้ตบุ๊กใหม่") in found
    assert any("8 GB" in before and "16 GB" in after for before, after in found) or any(
        not before and "16 GB" in after for before, after in found
    )
    assert differences.between(old, old) == []


def test_a_copy_belongs_to_who_copies_and_leaves_out_who_has_left(group: Group) -> None:
    one = approved(group)
    with work():
        again(one).members[0].person.left_on = again(one).approved_at.date()
    other = make_person("technician")
    with work():
        copied = drafting.copy(again(one), by=viewer_for(other))
        assert (copied.author_id, copied.edition, copied.first_id) == (other.id, 1, copied.id)
        assert [each.person_id for each in copied.members] == [group.member.id]
        assert copied.items[0].requirements[0].amount == "8"
