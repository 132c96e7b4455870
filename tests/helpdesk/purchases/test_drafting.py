"""Asking for a purchase: what is refused, what is signed, by whom for which amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import deciding, drafting
from helpdesk.purchases.states import PURCHASES, Action, Kind, Method, State, Vat
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.queries import steps_of
from office.approvals.rules import moving, signing
from office.papers.queries import valid_paper
from tests.factories.office import make_unit, viewer_for
from tests.factories.purchases import (
    Shop,
    approved,
    draft_of,
    make_budget,
    make_purchase,
    notebooks,
    ordered,
    reams,
    sent,
    signed,
)


def test_a_small_purchase_asks_three_people_and_a_larger_one_the_head_officer_too(
    shop: Shop,
) -> None:
    small = sent(make_purchase(shop, reams(shop, 10)))
    large = sent(make_purchase(shop))
    assert small.approval
    assert large.approval
    names = [step.plan.name_th for step in steps_of(large.approval)]
    assert len(steps_of(small.approval)) == 3
    assert names[2] == "หัวหน้าเจ้าหน้าที่"


def test_all_signatures_make_it_approved_with_its_quantities_and_a_paper_to_check(
    shop: Shop,
) -> None:
    one = approved(shop)
    assert (one.state, one.number) == (State.APPROVED, "จ.1/2570")
    assert [line.approved for line in one.lines] == [3, 20]
    assert valid_paper(deciding.PAPER, "จ.1/2570") is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quantity": -1}, "ติดลบ"),
        ({"quantity": "1.5"}, "จำนวนเต็ม"),
        ({"price": -5}, "ติดลบ"),
        ({"price": "999999999999999"}, "99,999,999,999.99"),
    ],
)
def test_a_line_out_of_measure_is_refused_with_its_number(
    shop: Shop, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        make_purchase(shop, reams(shop), notebooks(shop, **changes))
    assert refused.value.message.startswith("รายการที่ 2:")
    assert words in refused.value.message
    assert refused.value.field == "lines"


def test_what_is_missing_is_told_before_it_is_sent(shop: Shop) -> None:
    wrong = {
        "reason": {"reason": ""},
        "price_source": {"price_source": " "},
        "criterion": {"criterion": ""},
        "budget_id": {"budget_id": None},
        "due_on": {"due_on": None},
        "method_reason": {"method_reason": ""},
        "members": {"members": ()},
        "service_place": {"kind": Kind.INTERNET},
        "service_content": {"kind": Kind.WEB_SPACE},
    }
    told = {}
    for field, changes in wrong.items():
        one = make_purchase(shop, **changes)
        with work():
            found = db.session.get_one(Purchase, one.id)
            with pytest.raises(Refusal) as refused:
                drafting.send(found, by=viewer_for(found.asker))
        told[field] = refused.value.field
    assert told == {field: field for field in wrong}


def test_the_small_method_ends_at_500_000_baht_and_one_inspector_at_100_000(shop: Shop) -> None:
    alone = tuple(one.id for one in shop.inspectors[:1])
    sent(make_purchase(shop, reams(shop, 1000, 100), members=alone))
    with pytest.raises(Refusal) as few:
        sent(make_purchase(shop, reams(shop, 1000, "100.01"), members=alone))
    assert few.value.field == "members"
    with pytest.raises(Refusal) as much:
        sent(make_purchase(shop, reams(shop, 1, "500000.01")))
    assert much.value.field == "method"


def test_tax_on_top_is_part_of_what_is_approved_and_reserved(shop: Shop) -> None:
    on_top = make_purchase(shop, reams(shop, 10, 100), vat=Vat.ADDED)
    inside = make_purchase(shop, reams(shop, 10, 100))
    assert (on_top.total, inside.total) == (Decimal("1070.00"), Decimal("1000.00"))


def test_a_line_changed_after_the_approval_is_refused_and_the_way_out_begins_anew(
    shop: Shop,
) -> None:
    one = approved(shop)
    asker = viewer_for(one.asker)
    with work():
        found = db.session.get_one(Purchase, one.id)
        with pytest.raises(Refusal, match="แก้ไขรายการที่อนุมัติแล้ว"):
            drafting.keep(found, draft_of(shop, reams(shop, 1)), by=asker)
    with work():
        found = db.session.get_one(Purchase, one.id)
        drafting.change(found, by=asker)
        drafting.keep(found, draft_of(shop, reams(shop, 1)), by=asker)
    assert found.state == State.DRAFT
    assert [line.approved for line in found.lines] == [None]
    assert valid_paper(deciding.PAPER, "จ.1/2570") is None
    assert sent(found).number == "จ.1/2570"


def test_what_is_ordered_is_not_changed_nor_cancelled(shop: Shop) -> None:
    one = approved(shop)
    ordered(shop, one)
    with work():
        found = db.session.get_one(Purchase, one.id)
        with pytest.raises(Refusal):
            drafting.change(found, by=viewer_for(found.asker))
        with pytest.raises(Refusal):
            deciding.cancel(found, "ไม่ใช้แล้ว", by=viewer_for(found.asker))


def test_cancelling_while_it_waits_ends_the_approval_too(shop: Shop) -> None:
    one = sent(make_purchase(shop))
    with work():
        found = db.session.get_one(Purchase, one.id)
        deciding.cancel(found, "ไม่ใช้แล้ว", by=viewer_for(found.asker))
    assert found.state == State.CANCELLED
    assert db.session.get_one(Approval, found.approval_id).state == "voided"


def test_a_rejected_purchase_keeps_the_reason(shop: Shop) -> None:
    one = sent(make_purchase(shop))
    with work():
        approval = db.session.get_one(Approval, one.approval_id)
        step = moving.open_step(approval)
        signing.reject(approval, "ยังไม่จำเป็น", by=viewer_for(shop.ground.head), step_id=step.id)
    found = db.session.get_one(Purchase, one.id)
    assert (found.state, found.ended_why) == (State.REJECTED, "ยังไม่จำเป็น")


def test_a_budget_of_another_school_is_refused(shop: Shop) -> None:
    other = make_budget(shop.ground, unit_id=make_unit().id)
    with pytest.raises(Refusal) as refused:
        make_purchase(shop, budget_id=other.id)
    assert refused.value.field == "budget_id"


def test_the_table_of_states_ends_only_where_nothing_is_open(shop: Shop) -> None:
    assert shop
    ends = {State.REGISTERED, State.REJECTED, State.CANCELLED}
    stuck = [
        state
        for state in State
        if (state in ends) == any(PURCHASES.allows(state, action) for action in Action)
    ]
    assert stuck == []
    assert Method.SMALL in tuple(Method)


def test_nobody_signs_the_own_purchase(shop: Shop) -> None:
    with work():
        by = viewer_for(shop.ground.sri)
        one = drafting.begin(draft_of(shop, reams(shop, 2)), by=by)
        drafting.send(one, by=by)
    with pytest.raises(Refusal):
        signed(one, shop.ground.director, shop.ground.sri)
