"""What is accepted and not paid: of which purchases, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Select,
    and_,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased, joinedload, selectinload

from helpdesk.purchases.earned import earned
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import (
    Delivery,
    DeliveryLine,
    OrderInstalment,
    Payment,
    PurchaseOrder,
)
from helpdesk.purchases.states import OrderState
from kernel import clock
from kernel.db import db

HALF_A_SATANG = 0.5


@dataclass(frozen=True)
class Unpaid:
    """An instalment that was accepted and is not paid: baht, and the day of the acceptance."""

    row: OrderInstalment
    amount: Decimal
    since: date


def to_pay() -> ColumnElement[bool]:
    """Return SQL about ``Purchase``: something of it is accepted and not paid."""
    return Purchase.id.in_(_orders().with_only_columns(PurchaseOrder.purchase_id))


def to_pay_among(purchase_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these purchases have something accepted and not paid."""
    wanted = PurchaseOrder.purchase_id.in_(purchase_ids)
    found = _orders().with_only_columns(PurchaseOrder.purchase_id).where(wanted)
    return frozenset(db.session.scalars(found))


def unpaid(since: date) -> list[Unpaid]:
    """Return what was accepted on that day or later and is not paid, the longest ago first."""
    newer = exists().where(Delivery.order_id == PurchaseOrder.id, Delivery.accepted_on >= since)
    orders = db.session.scalars(
        select(PurchaseOrder)
        .options(
            joinedload(PurchaseOrder.purchase),
            joinedload(PurchaseOrder.vendor),
            selectinload(PurchaseOrder.instalments).joinedload(OrderInstalment.payment),
        )
        .where(PurchaseOrder.id.in_(_orders().with_only_columns(PurchaseOrder.id)), newer)
    ).all()
    by_order: dict[int, list[Delivery]] = {order.id: [] for order in orders}
    deliveries = select(Delivery).options(selectinload(Delivery.lines))
    for one in db.session.scalars(deliveries.where(Delivery.order_id.in_(by_order))):
        by_order[one.order_id].append(one)
    found = [
        Unpaid(one.row, one.owed, one.owed_on)
        for order in orders
        for one in earned(order, by_order[order.id], None, clock.today())
        if one.row.payment is None and one.owed_on is not None and one.owed_on >= since
    ]
    return sorted(found, key=lambda one: (one.since, one.row.id))


def _orders() -> Select[Any]:
    """Return the orders with an instalment that has come and is not paid; see ``earned``."""
    before: Any = aliased(OrderInstalment)
    upto = (
        select(func.sum(type_coerce(before.amount, BigInteger)))
        .where(
            before.order_id == OrderInstalment.order_id,
            before.position <= OrderInstalment.position,
        )
        .scalar_subquery()
    )
    there = type_coerce(DeliveryLine.quantity, BigInteger) - type_coerce(
        DeliveryLine.returned, BigInteger
    )
    # What went back is rounded by line: the sum is right to less than a satang for each.
    left = cast(type_coerce(DeliveryLine.value, BigInteger), Float) * there
    came = (
        select(func.sum(left / type_coerce(DeliveryLine.quantity, BigInteger)))
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.order_id == OrderInstalment.order_id)
        .scalar_subquery()
    )
    amount = type_coerce(OrderInstalment.amount, BigInteger)
    whole = or_(PurchaseOrder.state == OrderState.DONE, came >= upto - HALF_A_SATANG)
    a_part = and_(PurchaseOrder.state == OrderState.CANCELLED, came > upto - amount + HALF_A_SATANG)
    return (
        select(PurchaseOrder)
        .join(OrderInstalment, OrderInstalment.order_id == PurchaseOrder.id)
        .where(
            amount > 0,
            ~exists().where(Payment.instalment_id == OrderInstalment.id),
            exists().where(Delivery.order_id == PurchaseOrder.id),
            or_(whole, a_part),
        )
    )
