"""Tables of comparisons: the offers of vendors, their prices, and what was found of each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.vendors.models import Vendor
from helpdesk.specifications.models import Requirement, Specification, SpecItem
from helpdesk.specifications.states import Method, Result, State
from kernel.db import BigId, Model, Moment, Money
from kernel.search import searchable
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit


class Comparison(Model):
    """A comparison of offers (F06) with an approved specification.

    ``recommendation`` says why the committee chose the offer that is ``chosen``.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name="number"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name="approval"
        ),
        CheckConstraint("price_weight BETWEEN 1 AND 100", name="price_weight"),
        Index("ix_comparison_author", "author_id", "id"),
        Index("ix_comparison_specification", "specification_id", "state"),
        Index("ix_comparison_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    specification_id: Mapped[int] = mapped_column(ForeignKey("specification.id"))
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(300))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    author_position: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    method: Mapped[Method] = mapped_column(String(12))
    price_weight: Mapped[int] = mapped_column(default=100)
    recommendation: Mapped[str] = mapped_column(Text, default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str] = mapped_column(String(500), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    specification: Mapped[Specification] = relationship()
    author: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()
    approval: Mapped[Approval | None] = relationship()
    offers: Mapped[list[Offer]] = relationship(
        order_by="Offer.position", cascade="all, delete-orphan", back_populates="comparison"
    )
    members: Mapped[list[ComparisonMember]] = relationship(
        order_by="ComparisonMember.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def chosen(self) -> Offer | None:
        """The offer that the committee recommends."""
        return next((one for one in self.offers if one.chosen), None)


searchable(Comparison.__table__, "search_key")


class Offer(Model):
    """What one vendor offers; ``score`` (0–100) is its performance where that counts."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("comparison_id", "position"),
        CheckConstraint("score IS NULL OR score >= 0", name="score"),
        Index("ix_offer_vendor", "vendor_id"),
        Index(
            "uq_offer_chosen",
            "comparison_id",
            unique=True,
            sqlite_where=text("chosen"),
            postgresql_where=text("chosen"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparison.id"))
    position: Mapped[int]
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendor.id"))
    product: Mapped[str] = mapped_column(String(300), default="")
    document: Mapped[str] = mapped_column(String(120), default="")
    offered_on: Mapped[date | None]
    score: Mapped[Decimal | None] = mapped_column(Money)
    chosen: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    comparison: Mapped[Comparison] = relationship(back_populates="offers")
    vendor: Mapped[Vendor] = relationship()
    prices: Mapped[list[OfferPrice]] = relationship(cascade="all, delete-orphan")
    findings: Mapped[list[Finding]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class OfferPrice(Model):
    """What one piece of an item costs in an offer, in baht with the tax."""

    __tablename__ = "offer_price"
    __table_args__ = (CheckConstraint("unit_price >= 0", name="unit_price"),)

    offer_id: Mapped[int] = mapped_column(
        ForeignKey("offer.id"), primary_key=True, autoincrement=False
    )
    item_id: Mapped[int] = mapped_column(
        ForeignKey("spec_item.id"), primary_key=True, autoincrement=False, index=True
    )
    unit_price: Mapped[Decimal] = mapped_column(Money)

    item: Mapped[SpecItem] = relationship()


class Finding(Model):
    """How an offer stands to a requirement; a cell that nobody has judged has no row."""

    __tablename__ = "offer_finding"

    offer_id: Mapped[int] = mapped_column(
        ForeignKey("offer.id"), primary_key=True, autoincrement=False
    )
    requirement_id: Mapped[int] = mapped_column(
        ForeignKey("requirement.id"), primary_key=True, autoincrement=False, index=True
    )
    result: Mapped[Result] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(String(500), default="")
    page: Mapped[str] = mapped_column(String(40), default="")

    requirement: Mapped[Requirement] = relationship()


class ComparisonMember(Model):
    """Somebody of the committee that compares; the first one is its chair."""

    __tablename__ = "comparison_member"
    __table_args__ = (UniqueConstraint("comparison_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparison.id"))
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    person: Mapped[Person] = relationship()
