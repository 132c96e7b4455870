"""Tables of the ledger: documents with their lines, layers, and movements that never change."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.stock.costs import unit_cost
from assets.stock.models import StockItem, Store
from assets.stock.quantities import Quantity
from assets.stock.states import Kind, SlipKind, SlipState
from kernel.db import BigId, Model, Moment, Money
from office.approvals.models import Approval
from office.people.models import Person


class StockSlip(Model):
    """One document of a store with the people as they were on that day.

    The ticket, request or purchase it is for is named by its id and its number (``reference``):
    they live on the floor above. ``to_store_id`` is the other side of a transfer. ``doc_no`` and
    ``doc_on`` are the supplier's paper (clause 203); ``counterparty`` whom it came from.
    """

    __tablename__ = "stock_slip"
    __table_args__ = (
        CheckConstraint(
            "kind <> 'issue' OR (requester_name <> '' AND approver_name <> '' "
            "AND issuer_name <> '' AND receiver_name <> '')",
            name="people_of_an_issue",
        ),
        CheckConstraint("(kind = 'transfer') = (to_store_id IS NOT NULL)", name="transfer"),
        CheckConstraint("to_store_id IS NULL OR to_store_id <> store_id", name="two_stores"),
        CheckConstraint(
            "kind NOT IN ('adjustment', 'loss', 'count') OR purpose <> ''", name="reason"
        ),
        Index("ix_stock_slip_store", "store_id", "id"),
        Index("ix_stock_slip_to_store", "to_store_id", "id"),
        Index("ix_stock_slip_kind", "kind", "id"),
        Index("ix_stock_slip_ticket", "ticket_id", "id"),
        Index("ix_stock_slip_request", "request_id", "id"),
        Index("ix_stock_slip_purchase", "purchase_id", "id"),
        Index("ix_stock_slip_requester", "requester_id", "id"),
        Index("ix_stock_slip_receiver", "receiver_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[SlipKind] = mapped_column(String(12))
    state: Mapped[SlipState] = mapped_column(String(12), default=SlipState.POSTED)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    to_store_id: Mapped[int | None] = mapped_column(ForeignKey("store.id"))
    posted_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    purpose: Mapped[str] = mapped_column(String(400), default="")
    doc_no: Mapped[str] = mapped_column(String(80), default="")
    doc_on: Mapped[date | None]
    counterparty: Mapped[str] = mapped_column(String(200), default="")
    photo_key: Mapped[str] = mapped_column(String(80), default="")
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    signature_key: Mapped[str] = mapped_column(String(80), default="")
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    requester_name: Mapped[str] = mapped_column(String(200), default="")
    requester_position: Mapped[str] = mapped_column(String(200), default="")
    requester_unit: Mapped[str] = mapped_column(String(200), default="")
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    approver_name: Mapped[str] = mapped_column(String(200), default="")
    approver_position: Mapped[str] = mapped_column(String(200), default="")
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    issuer_name: Mapped[str] = mapped_column(String(200), default="")
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    receiver_name: Mapped[str] = mapped_column(String(200), default="")
    receiver_position: Mapped[str] = mapped_column(String(200), default="")
    ticket_id: Mapped[int | None] = mapped_column(BigId)
    request_id: Mapped[int | None] = mapped_column(BigId)
    purchase_id: Mapped[int | None] = mapped_column(BigId)
    reference: Mapped[str] = mapped_column(String(40), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_name: Mapped[str] = mapped_column(String(200), default="")
    answer: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column(default=1)

    store: Mapped[Store] = relationship(foreign_keys=store_id)
    to_store: Mapped[Store | None] = relationship(foreign_keys=to_store_id)
    requester: Mapped[Person | None] = relationship(foreign_keys=requester_id)
    approval: Mapped[Approval | None] = relationship()
    lines: Mapped[list[StockSlipLine]] = relationship(
        order_by="StockSlipLine.id", back_populates="slip"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class StockSlipLine(Model):
    """One item of a document: what was asked for and what was done, in the base unit.

    ``said`` is how it was written: ``2 กล่อง``. ``value`` is its worth in baht when it was posted.
    """

    __tablename__ = "stock_slip_line"
    __table_args__ = (
        CheckConstraint("asked >= 0 AND done >= 0", name="quantities"),
        Index("ix_stock_slip_line_slip", "slip_id", "id"),
        Index("ix_stock_slip_line_item", "item_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("stock_slip.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    asked: Mapped[Decimal] = mapped_column(Quantity)
    done: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    said: Mapped[str] = mapped_column(String(60), default="")
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    left_after: Mapped[Decimal | None] = mapped_column(Quantity)
    note: Mapped[str] = mapped_column(String(200), default="")

    slip: Mapped[StockSlip] = relationship(back_populates="lines")
    item: Mapped[StockItem] = relationship()


class StockLayer(Model):
    """What one receipt brought of one item, and what is left of it; the oldest goes out first."""

    __tablename__ = "stock_layer"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("remaining >= 0 AND remaining <= quantity", name="remaining"),
        CheckConstraint(
            "remaining_value >= 0 AND (remaining > 0 OR remaining_value = 0)",
            name="remaining_value",
        ),
        Index("ix_stock_layer_place", "store_id", "item_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    slip_id: Mapped[int] = mapped_column(ForeignKey("stock_slip.id"), index=True)
    posted_on: Mapped[date]
    lot: Mapped[str] = mapped_column(String(60), default="")
    expires_on: Mapped[date | None] = mapped_column(index=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    value: Mapped[Decimal] = mapped_column(Money)
    remaining: Mapped[Decimal] = mapped_column(Quantity)
    remaining_value: Mapped[Decimal] = mapped_column(Money)

    slip: Mapped[StockSlip] = relationship()
    item: Mapped[StockItem] = relationship()
    store: Mapped[Store] = relationship()


class StockMovement(Model):
    """One signed line of the ledger: what came into or went out of one layer.

    Never changed and never removed (R-S2): a correction is a movement of its own. ``balance`` and
    ``balance_value`` are how the item stood in the store afterwards. ``reverses_id`` is the issue
    that something was given back of.
    """

    __tablename__ = "stock_movement"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint(
            "(quantity > 0 AND value >= 0) OR (quantity < 0 AND value <= 0)", name="sign"
        ),
        CheckConstraint("balance >= 0 AND balance_value >= 0", name="balance"),
        Index("ix_stock_movement_place", "store_id", "item_id", "id"),
        Index("ix_stock_movement_item", "item_id", "id"),
        Index("ix_stock_movement_slip", "slip_id", "id"),
        Index("ix_stock_movement_day", "store_id", "posted_on", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    posted_on: Mapped[date]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    slip_id: Mapped[int] = mapped_column(ForeignKey("stock_slip.id"))
    layer_id: Mapped[int] = mapped_column(ForeignKey("stock_layer.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("stock_movement.id"), index=True)
    kind: Mapped[Kind] = mapped_column(String(12))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    value: Mapped[Decimal] = mapped_column(Money)
    balance: Mapped[Decimal] = mapped_column(Quantity)
    balance_value: Mapped[Decimal] = mapped_column(Money)
    reason: Mapped[str] = mapped_column(String(400), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(200))

    slip: Mapped[StockSlip] = relationship()
    layer: Mapped[StockLayer] = relationship()
    item: Mapped[StockItem] = relationship()
    store: Mapped[Store] = relationship()
    reverses: Mapped[StockMovement | None] = relationship(remote_side="StockMovement.id")

    @property
    def unit_cost(self) -> Decimal | None:
        """Baht for one, to the satang."""
        return unit_cost(self.quantity, self.value)
