"""Tables of specifications: the paper, what is bought, what it must be, and who writes it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.stock.quantities import Percent, Quantity
from helpdesk.specifications.criteria_models import PriceCriterion
from helpdesk.specifications.states import Method, Operator, State
from kernel.db import BigId, Model, Moment, Money
from kernel.search import searchable
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit


class Specification(Model):
    """One version of a specification (F05, clause 21); what is approved is never changed again.

    ``first_id`` names the first version of the same paper, itself included. ``price_weight`` is
    the percent that the price counts for where performance counts too. ``median_price`` is the
    reference price of everything, ``budget`` what may be spent; both in baht with the tax.
    """

    __tablename__ = "specification"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name="number"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name="approval"
        ),
        CheckConstraint("price_weight BETWEEN 1 AND 100", name="price_weight"),
        UniqueConstraint("first_id", "edition"),
        Index("ix_specification_author", "author_id", "id"),
        Index("ix_specification_state", "state", "id"),
        Index("ix_specification_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    first_id: Mapped[int | None] = mapped_column(ForeignKey("specification.id"))
    edition: Mapped[int] = mapped_column(default=1)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(300))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    author_position: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    background: Mapped[str] = mapped_column(Text, default="")
    objective: Mapped[str] = mapped_column(Text, default="")
    characteristics: Mapped[str] = mapped_column(Text, default="")
    qualification: Mapped[str] = mapped_column(Text, default="")
    delivery: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[Method] = mapped_column(String(12), default=Method.LOWEST)
    price_weight: Mapped[int] = mapped_column(default=100)
    median_price: Mapped[Decimal | None] = mapped_column(Money)
    price_source: Mapped[str] = mapped_column(Text, default="")
    budget: Mapped[Decimal | None] = mapped_column(Money)
    budget_source: Mapped[str] = mapped_column(String(300), default="")
    instalments: Mapped[str] = mapped_column(Text, default="")
    penalty: Mapped[str] = mapped_column(Text, default="")
    group_order: Mapped[str] = mapped_column(String(200), default="")
    brand_reason: Mapped[str] = mapped_column(String(500), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str] = mapped_column(String(500), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    author: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()
    approval: Mapped[Approval | None] = relationship()
    items: Mapped[list[SpecItem]] = relationship(
        order_by="SpecItem.position", cascade="all, delete-orphan", back_populates="specification"
    )
    payments: Mapped[list[SpecInstalment]] = relationship(
        order_by="SpecInstalment.position", cascade="all, delete-orphan"
    )
    members: Mapped[list[SpecMember]] = relationship(
        order_by="SpecMember.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def requirements(self) -> list[Requirement]:
        """Every requirement, item by item."""
        return [one for item in self.items for one in item.requirements]


searchable(Specification.__table__, "search_key")


class SpecItem(Model):
    """One thing that is bought, and the row of the price criteria it was measured by (R-X2).

    ``criterion_text`` and ``criterion_price`` are what the row said on the day it was chosen; a
    newer edition does not change them.
    """

    __tablename__ = "spec_item"
    __table_args__ = (
        UniqueConstraint("specification_id", "position"),
        CheckConstraint("quantity > 0 AND unit_price >= 0", name="measure"),
        CheckConstraint("criterion_id IS NULL OR criterion_price IS NOT NULL", name="criterion"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    specification_id: Mapped[int] = mapped_column(ForeignKey("specification.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    unit_word: Mapped[str] = mapped_column(String(40))
    unit_price: Mapped[Decimal] = mapped_column(Money)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("price_criterion.id"), index=True)
    criterion_text: Mapped[str] = mapped_column(String(600), default="")
    criterion_price: Mapped[Decimal | None] = mapped_column(Money)
    over_price_reason: Mapped[str] = mapped_column(String(500), default="")

    specification: Mapped[Specification] = relationship(back_populates="items")
    criterion: Mapped[PriceCriterion | None] = relationship()
    requirements: Mapped[list[Requirement]] = relationship(
        order_by="Requirement.position", cascade="all, delete-orphan", back_populates="item"
    )

    @property
    def cost(self) -> Decimal:
        """What all of it costs, in baht."""
        return (self.quantity * self.unit_price).quantize(Decimal("0.01"))

    @property
    def over(self) -> Decimal:
        """By how many baht one of it costs more than the criterion allows (R-X1)."""
        allowed = self.unit_price if self.criterion_price is None else self.criterion_price
        return max(self.unit_price - allowed, Decimal(0))


class Requirement(Model):
    """One numbered requirement: what, how it is measured, how much, and whether it must be met."""

    __tablename__ = "requirement"
    __table_args__ = (UniqueConstraint("item_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("spec_item.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(500))
    operator: Mapped[Operator] = mapped_column(String(16), default=Operator.PLAIN)
    amount: Mapped[str] = mapped_column(String(200), default="")
    unit_word: Mapped[str] = mapped_column(String(40), default="")
    mandatory: Mapped[bool] = mapped_column(default=True)

    item: Mapped[SpecItem] = relationship(back_populates="requirements")

    @property
    def number(self) -> str:
        """Its number on the paper: of the item, and inside it."""
        return f"{self.item.position}.{self.position}"


class SpecInstalment(Model):
    """One instalment: which percent of the price is paid once something has been delivered.

    ``days`` is by when, counted from the day after the contract; none: as part 6 says.
    """

    __tablename__ = "spec_instalment"
    __table_args__ = (
        UniqueConstraint("specification_id", "position"),
        CheckConstraint("percent > 0 AND percent <= 10000", name="percent"),
        CheckConstraint("days IS NULL OR days > 0", name="days"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    specification_id: Mapped[int] = mapped_column(ForeignKey("specification.id"))
    position: Mapped[int]
    percent: Mapped[Decimal] = mapped_column(Percent)
    delivers: Mapped[str] = mapped_column(String(500))
    days: Mapped[int | None]


class SpecMember(Model):
    """Somebody of the working group; the first one is its chair."""

    __tablename__ = "spec_member"
    __table_args__ = (UniqueConstraint("specification_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    specification_id: Mapped[int] = mapped_column(ForeignKey("specification.id"))
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    person: Mapped[Person] = relationship()
