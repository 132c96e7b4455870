"""Budgets: what is promised, what is spent, and who is refused or warned beyond it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from helpdesk.purchases import queries
from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.rules import budgets, receiving
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.factories.office import viewer_for
from tests.factories.purchases import (
    Shop,
    accepted,
    approved,
    make_budget,
    make_purchase,
    ordered,
    reams,
    sent,
    signed,
)


def money(budget: Budget) -> tuple[Decimal, Decimal, Decimal]:
    found = queries.money_of(db.session.get_one(Budget, budget.id))
    return found.reserved, found.spent, found.left


def test_a_sent_purchase_reserves_nothing_an_approved_one_all_and_an_accepted_one_spends(
    shop: Shop,
) -> None:
    one = sent(make_purchase(shop, reams(shop, 20)))
    assert money(shop.budget) == (0, 0, 500_000)
    signed(one, *shop.signers)
    assert money(shop.budget) == (2_000, 0, 498_000)
    order = ordered(shop, one)
    accepted(shop, order, 5)
    assert money(shop.budget) == (1_500, 500, 498_000)
    accepted(shop, order)
    assert money(shop.budget) == (0, 2_000, 498_000)


def test_what_does_not_come_is_free_again(shop: Shop) -> None:
    one = approved(shop, reams(shop, 20))
    order = ordered(shop, one, 5)
    accepted(shop, order)
    with work():
        found = db.session.get_one(Purchase, one.id)
        receiving.close_short(found, by=viewer_for(shop.ground.sri))
    assert money(shop.budget) == (0, 500, 499_500)


def test_a_strict_budget_refuses_what_exceeds_it_when_sent_and_when_signed(shop: Shop) -> None:
    tight = make_budget(shop.ground, 3_000, project="งบเล็ก")
    first = sent(make_purchase(shop, reams(shop, 20), budget_id=tight.id))
    second = sent(make_purchase(shop, reams(shop, 20), budget_id=tight.id))
    signed(first, *shop.signers)
    with pytest.raises(Refusal) as refused:
        signed(second, *shop.signers)
    assert "1,000.00" in refused.value.message
    with pytest.raises(Refusal):
        sent(make_purchase(shop, reams(shop, 11), budget_id=tight.id))
    sent(make_purchase(shop, reams(shop, 10), budget_id=tight.id))


def test_a_budget_that_only_warns_lets_it_pass(shop: Shop) -> None:
    loose = make_budget(shop.ground, 100, project="งบเตือน", refuses=False)
    one = approved(shop, reams(shop, 20), budget_id=loose.id)
    assert budgets.excess(one) == 1_900
    assert money(loose)[2] == -1_900


def test_the_same_budget_twice_and_a_negative_one_are_refused(shop: Shop) -> None:
    with pytest.raises(Refusal) as twice:
        make_budget(shop.ground)
    assert twice.value.field == "project"
    db.session.rollback()
    with pytest.raises(Refusal) as negative:
        make_budget(shop.ground, -1, project="อื่น")
    assert negative.value.field == "amount"
