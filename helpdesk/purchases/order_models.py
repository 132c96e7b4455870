"""Tables of what follows the approval: orders to vendors, deliveries, and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.register.models import Asset
from assets.stock.quantities import Percent, Quantity
from assets.vendors.models import Vendor
from helpdesk.purchases.amounts import rounded
from helpdesk.purchases.models import Purchase, PurchaseLine
from helpdesk.purchases.states import OrderState
from kernel.db import BigId, Model, Moment, Money


class PurchaseOrder(Model):
    """An order to a vendor; ``document`` is its number as the office wrote it on the paper."""

    __tablename__ = "purchase_order"
    __table_args__ = (
        Index("ix_purchase_order_purchase", "purchase_id", "id"),
        CheckConstraint("state <> 'cancelled' OR ended_why <> ''", name="cancelled_why"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendor.id"), index=True)
    document: Mapped[str] = mapped_column(String(60))
    ordered_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[OrderState] = mapped_column(String(10), default=OrderState.OPEN)
    ended_why: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    purchase: Mapped[Purchase] = relationship()
    vendor: Mapped[Vendor] = relationship()
    lines: Mapped[list[OrderLine]] = relationship(order_by="OrderLine.id", back_populates="order")
    instalments: Mapped[list[OrderInstalment]] = relationship(
        order_by="OrderInstalment.position", back_populates="order"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class OrderLine(Model):
    """How many of a line were ordered, at the price agreed, and how many were accepted so far."""

    __tablename__ = "purchase_order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "line_id"),
        CheckConstraint("quantity > 0 AND unit_price >= 0", name="measure"),
        CheckConstraint("received >= 0 AND received <= quantity", name="received"),
        Index("ix_purchase_order_line_line", "line_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("purchase_line.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    unit_price: Mapped[Decimal] = mapped_column(Money)
    received: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))

    order: Mapped[PurchaseOrder] = relationship(back_populates="lines")
    line: Mapped[PurchaseLine] = relationship()

    @property
    def left(self) -> Decimal:
        """What is ordered and has not come."""
        return self.quantity - self.received


class OrderInstalment(Model):
    """One instalment of an order: what is paid, in baht with the tax, once something has come.

    ``percent`` is what was typed where the amount was worked out from it.
    """

    __tablename__ = "purchase_instalment"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("percent IS NULL OR (percent > 0 AND percent <= 10000)", name="percent"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"))
    position: Mapped[int]
    percent: Mapped[Decimal | None] = mapped_column(Percent)
    amount: Mapped[Decimal] = mapped_column(Money)
    due_on: Mapped[date | None]
    delivers: Mapped[str] = mapped_column(String(500))

    order: Mapped[PurchaseOrder] = relationship(back_populates="instalments")
    payment: Mapped[Payment | None] = relationship(
        back_populates="instalment", cascade="all, delete-orphan"
    )


class Payment(Model):
    """That an instalment was paid: on which day, how many baht, by which paper.

    ``noted_by`` is who wrote it down at ``noted_at``; corrections stand in the audit trail and in
    the story of the purchase.
    """

    __tablename__ = "purchase_payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("document <> ''", name="document"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    instalment_id: Mapped[int] = mapped_column(ForeignKey("purchase_instalment.id"), unique=True)
    paid_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Money)
    document: Mapped[str] = mapped_column(String(80))
    noted_at: Mapped[datetime] = mapped_column(Moment)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    noted_by: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    instalment: Mapped[OrderInstalment] = relationship(back_populates="payment")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class Delivery(Model):
    """One acceptance of goods (ใบตรวจรับพัสดุ, clause 175) with the committee of that day.

    ``committee`` holds name and position of each inspector; ``value`` is baht with the tax.
    """

    __tablename__ = "purchase_delivery"
    __table_args__ = (Index("ix_purchase_delivery_order", "order_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    document: Mapped[str] = mapped_column(String(80))
    delivered_on: Mapped[date]
    accepted_on: Mapped[date]
    warranty_until: Mapped[date | None]
    committee: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(String(500), default="")
    slip_number: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    accepted_by: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(Moment)

    order: Mapped[PurchaseOrder] = relationship()
    lines: Mapped[list[DeliveryLine]] = relationship(
        order_by="DeliveryLine.id", back_populates="delivery"
    )


class DeliveryLine(Model):
    """How many of an ordered line were accepted, what they cost, and how many went back."""

    __tablename__ = "purchase_delivery_line"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND returned >= 0 AND returned <= quantity", name="measure"),
        CheckConstraint("returned = 0 OR returned_why <> ''", name="returned_why"),
        Index("ix_purchase_delivery_line_delivery", "delivery_id", "id"),
        Index("ix_purchase_delivery_line_order", "order_line_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("purchase_delivery.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("purchase_order_line.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    value: Mapped[Decimal] = mapped_column(Money)
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    returned_why: Mapped[str] = mapped_column(String(300), default="")
    store_id: Mapped[int | None] = mapped_column(ForeignKey("store.id"), index=True)

    # Messages have a class of this name too.
    delivery: Mapped[Delivery] = relationship(
        "helpdesk.purchases.order_models.Delivery", back_populates="lines"
    )
    order_line: Mapped[OrderLine] = relationship()
    items: Mapped[list[Asset]] = relationship(
        secondary="purchase_delivered_item", order_by=Asset.id
    )

    @property
    def value_left(self) -> Decimal:
        """What the goods that did not go back cost, in baht with the tax."""
        return rounded(self.value * (self.quantity - self.returned) / self.quantity)


class DeliveredItem(Model):
    """A card of the register that a delivery made; each item comes of one delivery."""

    __tablename__ = "purchase_delivered_item"

    asset_id: Mapped[int] = mapped_column(
        ForeignKey("asset.id"), primary_key=True, autoincrement=False
    )
    delivery_line_id: Mapped[int] = mapped_column(
        ForeignKey("purchase_delivery_line.id"), index=True
    )
