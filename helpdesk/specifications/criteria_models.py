"""Tables of the ICT price criteria with their editions, and of the brands a text may not favour."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Money
from kernel.search import searchable


class CriteriaEdition(Model):
    """One edition of the price criteria; ``is_sample`` marks prices that nobody has checked.

    An edition ends the whole of the one that names it in ``replaced_by``; one that only revises
    some items replaces those rows (``PriceCriterion.superseded_by``). Both from its first day on.
    """

    __tablename__ = "criteria_edition"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(300), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    replaced_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("criteria_edition.id"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    replaced_by: Mapped[CriteriaEdition | None] = relationship(remote_side="CriteriaEdition.id")
    rows: Mapped[list[PriceCriterion]] = relationship(
        order_by="PriceCriterion.position", back_populates="edition"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class PriceCriterion(Model):
    """One item of an edition: what one may cost with the tax, in baht, and what it must be."""

    __tablename__ = "price_criterion"
    __table_args__ = (
        UniqueConstraint("edition_id", "item_no"),
        CheckConstraint("price > 0", name="price"),
        Index("ix_price_criterion_edition", "edition_id", "position"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("criteria_edition.id"))
    position: Mapped[int]
    item_no: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    price: Mapped[Decimal] = mapped_column(Money)
    unit_word: Mapped[str] = mapped_column(String(40), default="")
    page: Mapped[str] = mapped_column(String(20), default="")
    features: Mapped[str] = mapped_column(Text, default="")
    superseded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("price_criterion.id"), index=True
    )
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    edition: Mapped[CriteriaEdition] = relationship(back_populates="rows")
    superseded_by: Mapped[PriceCriterion | None] = relationship(remote_side="PriceCriterion.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


searchable(PriceCriterion.__table__, "search_key")


class BrandWord(Model):
    """The name of a brand; a specification that names it must say why (R-F5)."""

    __tablename__ = "brand_word"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    word: Mapped[str] = mapped_column(String(80))
    same_key: Mapped[str] = mapped_column(String(80), unique=True)
