"""Checks of purchases: approved, then ordered, received as delivered, spent as accepted, paid."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.purchases.models import Purchase, PurchaseLine
from helpdesk.purchases.order_models import (
    Delivery,
    DeliveryLine,
    OrderInstalment,
    OrderLine,
    Payment,
    PurchaseOrder,
)
from helpdesk.purchases.states import OrderState, State
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState

GIVEN = (State.APPROVED, State.ORDERED, State.RECEIVED, State.REGISTERED)


def purchases_unapproved() -> Iterator[str]:
    """Yield purchases that go on though nobody approved them, or wait with nobody asked."""
    wanted = select(Approval.id).where(Approval.id == Purchase.approval_id)
    given = wanted.where(Approval.state == ApprovalState.APPROVED)
    opened = wanted.where(Approval.state.in_((ApprovalState.WAITING, ApprovalState.SENT_BACK)))
    query = select(Purchase.id).where(
        or_(
            Purchase.state.in_(GIVEN) & ~given.exists(),
            (Purchase.state == State.WAITING) & ~opened.exists(),
        )
    )
    return named("purchase", query.order_by(Purchase.id))


def purchases_over_ordered() -> Iterator[str]:
    """Yield lines of which more is ordered than was approved."""
    ordered = (
        select(func.sum(OrderLine.quantity))
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .where(OrderLine.line_id == PurchaseLine.id, PurchaseOrder.state != OrderState.CANCELLED)
        .scalar_subquery()
    )
    query = select(PurchaseLine.id).where(ordered > func.coalesce(PurchaseLine.approved, 0))
    return named("purchase_line", query.order_by(PurchaseLine.id))


def purchases_received() -> Iterator[str]:
    """Yield ordered lines whose received quantity is not what the deliveries say."""
    came = (
        select(func.coalesce(func.sum(DeliveryLine.quantity - DeliveryLine.returned), 0))
        .where(DeliveryLine.order_line_id == OrderLine.id)
        .scalar_subquery()
    )
    query = select(OrderLine.id).where(OrderLine.received != came)
    return named("purchase_order_line", query.order_by(OrderLine.id))


def purchases_spent() -> Iterator[str]:
    """Yield purchases without returns whose spent money is not what their deliveries cost."""
    mine = (
        select(DeliveryLine.id)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .join(PurchaseOrder, PurchaseOrder.id == Delivery.order_id)
        .where(PurchaseOrder.purchase_id == Purchase.id)
    )
    cost = (
        select(func.coalesce(func.sum(Delivery.value), 0))
        .join(PurchaseOrder, PurchaseOrder.id == Delivery.order_id)
        .where(PurchaseOrder.purchase_id == Purchase.id)
        .scalar_subquery()
    )
    returned = mine.where(DeliveryLine.returned > 0).exists()
    query = select(Purchase.id).where(
        or_(Purchase.spent > cost, (Purchase.spent != cost) & ~returned)
    )
    return named("purchase", query.order_by(Purchase.id))


def purchases_paid() -> Iterator[str]:
    """Yield instalments that were paid before anything was accepted, or with more than they are."""
    accepted = (
        select(Delivery.id)
        .where(
            Delivery.order_id == OrderInstalment.order_id, Delivery.accepted_on <= Payment.paid_on
        )
        .exists()
    )
    query = (
        select(OrderInstalment.id)
        .join(Payment, Payment.instalment_id == OrderInstalment.id)
        .where(or_(Payment.amount > OrderInstalment.amount, ~accepted))
    )
    return named("purchase_instalment", query.order_by(OrderInstalment.id))


CHECKS = (
    Check(
        "purchases_unapproved",
        _l("A purchase that goes on was approved, and one that waits can be decided."),
        _l("Ask who ordered it; let it be approved, or cancel it with the reason."),
        purchases_unapproved,
    ),
    Check(
        "purchases_over_ordered",
        _l("No more is ordered than was approved."),
        _l("Cancel the order that is too much on the page of the purchase."),
        purchases_over_ordered,
    ),
    Check(
        "purchases_received",
        _l("What an order says has come is what its deliveries say."),
        _l("Was a row changed behind the service? Compare it with the paper of acceptance."),
        purchases_received,
    ),
    Check(
        "purchases_spent",
        _l("What a purchase has spent is what its deliveries cost."),
        _l("Compare the deliveries of the purchase with the budget."),
        purchases_spent,
    ),
    Check(
        "purchases_paid",
        _l("No instalment is paid before its acceptance or with more than it is."),
        _l("Correct the payment on the page of the purchase."),
        purchases_paid,
    ),
)
