"""Tables of stock counts: the count, and its list as it was frozen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.quantities import Quantity
from assets.stock.states import CountState
from kernel.db import BigId, Model, Moment, Money
from office.approvals.models import Approval


class StockCount(Model):
    """One count of a store, which is in one at a time; ``slip_id`` posted the differences."""

    __tablename__ = "stock_count"
    __table_args__ = (
        Index(
            "uq_stock_count_open",
            "store_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'reviewing', 'submitted')"),
            postgresql_where=text("state IN ('open', 'reviewing', 'submitted')"),
        ),
        Index("ix_stock_count_store", "store_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[CountState] = mapped_column(String(12), default=CountState.OPEN)
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_by_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(400), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    slip_id: Mapped[int | None] = mapped_column(ForeignKey("stock_slip.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    store: Mapped[Store] = relationship()
    approval: Mapped[Approval | None] = relationship()
    slip: Mapped[StockSlip | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class StockCountLine(Model):
    """One item of a frozen list: what the book said, what was found, and what one cost.

    ``counted`` is NULL until somebody counted; such a line is never taken for found.
    """

    __tablename__ = "stock_count_line"
    __table_args__ = (
        UniqueConstraint("count_id", "item_id"),
        CheckConstraint("counted IS NULL OR counted >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("stock_count.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"), index=True)
    expected: Mapped[Decimal] = mapped_column(Quantity)
    expected_value: Mapped[Decimal] = mapped_column(Money)
    counted: Mapped[Decimal | None] = mapped_column(Quantity)
    counted_at: Mapped[datetime | None] = mapped_column(Moment)
    counted_by_name: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(200), default="")

    item: Mapped[StockItem] = relationship()

    @property
    def difference(self) -> Decimal | None:
        """What was found more (or, negative, less) than the book said; None where not counted."""
        return None if self.counted is None else self.counted - self.expected
