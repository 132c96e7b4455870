"""Tables of purchases: the budget, the purchase with its lines and inspectors, and its story."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.catalogue.models import AssetClass
from assets.stock.models import StockItem
from assets.stock.quantities import Quantity
from helpdesk.purchases.states import Act, Into, Kind, Method, State, Vat
from helpdesk.specifications.models import SpecItem
from kernel.db import BigId, Model, Moment, Money
from kernel.search import searchable
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit


class Budget(Model):
    """Money of one fiscal year (Buddhist era) from one source for one project of a unit.

    ``source`` is a fund type of the register. ``refuses`` tells whether a purchase that exceeds
    it is refused; else people are warned.
    """

    __tablename__ = "budget"
    __table_args__ = (
        UniqueConstraint("unit_id", "fiscal_year", "source", "project"),
        CheckConstraint("amount >= 0", name="amount"),
        Index("ix_budget_year", "fiscal_year", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    fiscal_year: Mapped[int]
    source: Mapped[str] = mapped_column(String(20))
    project: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal] = mapped_column(Money)
    refuses: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class Purchase(Model):
    """One report of a purchase or hire (รายงานขอซื้อ/ขอจ้าง, clause 22) with its eight points.

    ``total`` is what it costs with the tax, ``spent`` what was accepted so far; both in baht.
    ``service`` holds what form F01 asks of an internet service or web space. Names and positions
    are those of the day it was sent.
    """

    __tablename__ = "purchase"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name="number"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name="approval"
        ),
        CheckConstraint("total >= 0 AND spent >= 0", name="amounts"),
        CheckConstraint("state <> 'rejected' OR ended_why <> ''", name="rejected_why"),
        CheckConstraint(
            "(state IN ('registered', 'rejected', 'cancelled')) = (ended_at IS NOT NULL)",
            name="ended",
        ),
        Index("ix_purchase_asker", "asker_id", "id"),
        Index("ix_purchase_state", "state", "id"),
        Index("ix_purchase_unit", "unit_id", "id"),
        Index("ix_purchase_budget", "budget_id", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[Kind] = mapped_column(String(12))
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(300))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asker_name: Mapped[str] = mapped_column(String(200))
    asker_position: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(Text, default="")
    price_source: Mapped[str] = mapped_column(String(300), default="")
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("budget.id"))
    due_on: Mapped[date | None]
    method: Mapped[Method] = mapped_column(String(20), default=Method.SMALL)
    method_reason: Mapped[str] = mapped_column(String(500), default="")
    criterion: Mapped[str] = mapped_column(String(300), default="")
    proposals: Mapped[str] = mapped_column(Text, default="")
    vat: Mapped[Vat] = mapped_column(String(10), default=Vat.INCLUDED)
    service: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    total: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    spent: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str] = mapped_column(String(500), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    asker: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()
    budget: Mapped[Budget | None] = relationship()
    approval: Mapped[Approval | None] = relationship()
    lines: Mapped[list[PurchaseLine]] = relationship(
        order_by="PurchaseLine.position", cascade="all, delete-orphan", back_populates="purchase"
    )
    members: Mapped[list[PurchaseMember]] = relationship(
        order_by="PurchaseMember.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


searchable(Purchase.__table__, "search_key")


class PurchaseLine(Model):
    """One thing that is bought: how many were asked for and approved, at which price.

    ``standard_price`` and ``market_price`` are what was found out (ราคาที่สืบได้). ``spec_item``
    is what an approved specification says of it.
    """

    __tablename__ = "purchase_line"
    __table_args__ = (
        UniqueConstraint("purchase_id", "position"),
        CheckConstraint("quantity > 0 AND unit_price >= 0", name="measure"),
        CheckConstraint("approved IS NULL OR approved <= quantity", name="approved"),
        CheckConstraint("item_id IS NULL OR goes_into = 'stock'", name="item"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    position: Mapped[int]
    goes_into: Mapped[Into] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(300))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    approved: Mapped[Decimal | None] = mapped_column(Quantity)
    unit_word: Mapped[str] = mapped_column(String(40))
    unit_price: Mapped[Decimal] = mapped_column(Money)
    standard_price: Mapped[Decimal | None] = mapped_column(Money)
    market_price: Mapped[Decimal | None] = mapped_column(Money)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("stock_item.id"), index=True)
    spec_item_id: Mapped[int | None] = mapped_column(ForeignKey("spec_item.id"), index=True)
    over_price_reason: Mapped[str] = mapped_column(String(300), default="")

    purchase: Mapped[Purchase] = relationship(back_populates="lines")
    asset_class: Mapped[AssetClass | None] = relationship()
    item: Mapped[StockItem | None] = relationship()
    spec_item: Mapped[SpecItem | None] = relationship()

    @property
    def cost(self) -> Decimal:
        """What the line costs as it was asked for, in baht."""
        return (self.quantity * self.unit_price).quantize(Decimal("0.01"))


class PurchaseMember(Model):
    """Somebody who inspects what comes; the first one is the chair of a committee."""

    __tablename__ = "purchase_member"
    __table_args__ = (UniqueConstraint("purchase_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    person: Mapped[Person] = relationship()


class PurchaseMoment(Model):
    """One moment in the story of a purchase; rows are only added."""

    __tablename__ = "purchase_moment"
    __table_args__ = (Index("ix_purchase_moment_purchase", "purchase_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[Act] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
