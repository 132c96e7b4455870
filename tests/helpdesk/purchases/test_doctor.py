"""The doctor finds what is wrong with purchases, and nothing in a sound house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from helpdesk.doctor import purchases as checks
from helpdesk.purchases.models import Purchase, PurchaseLine
from helpdesk.purchases.order_models import OrderLine, Payment, PurchaseOrder
from kernel import clock
from kernel.db import Model, db
from kernel.work import work
from tests.factories.purchases import Shop, accepted, approved, ordered, reams

FAULTS: list[tuple[Callable[[], Iterator[str]], type[Model], dict[str, object]]] = [
    (checks.purchases_unapproved, Purchase, {"state": "waiting"}),
    (checks.purchases_over_ordered, PurchaseLine, {"approved": Decimal(1)}),
    (checks.purchases_received, OrderLine, {"received": Decimal(1)}),
    (checks.purchases_spent, Purchase, {"spent": Decimal(1)}),
    (checks.purchases_paid, Payment, {"paid_on": date(2020, 1, 1)}),
    (checks.purchases_paid, Payment, {"amount": Decimal(9_999_999)}),
]


@pytest.mark.parametrize(("check", "table", "fault"), FAULTS)
def test_a_planted_fault_is_found(
    shop: Shop,
    check: Callable[[], Iterator[str]],
    table: type[Model],
    fault: dict[str, object],
) -> None:
    order = ordered(shop, approved(shop, reams(shop, 20)))
    accepted(shop, order, 5)
    with work():
        row = db.session.get_one(PurchaseOrder, order.id).instalments[0]
        db.session.add(
            Payment(
                instalment=row,
                paid_on=clock.today(),
                amount=row.amount,
                document="บค. 1",
                noted_at=clock.now(),
            )
        )
    assert list(check()) == []
    with work():
        db.session.execute(update(table).values(**fault))
    assert len(list(check())) == 1
