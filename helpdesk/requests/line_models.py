"""The lines of a request for materials: asked for, approved and handed out, side by side."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.stock.models import StockItem, StockReservation
from assets.stock.quantities import Quantity
from helpdesk.requests.models import ServiceRequest
from kernel.db import BigId, Model


class MaterialLine(Model):
    """One material of a request, in its base unit.

    ``typed`` is the quantity of the draft, letter by letter; ``requested`` is what was read of it
    when it was sent. ``approved`` is empty until somebody lowered it or the request is approved.
    """

    __tablename__ = "request_material_line"
    __table_args__ = (
        UniqueConstraint("request_id", "item_id"),
        CheckConstraint("requested IS NULL OR requested > 0", name="requested"),
        CheckConstraint(
            "approved IS NULL OR (approved >= 0 AND requested IS NOT NULL "
            "AND approved <= requested)",
            name="approved",
        ),
        CheckConstraint(
            "issued >= 0 AND (issued = 0 OR (approved IS NOT NULL AND issued <= approved))",
            name="issued",
        ),
        Index("ix_request_material_line_item", "item_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("service_request.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    typed: Mapped[str] = mapped_column(String(40), default="")
    requested: Mapped[Decimal | None] = mapped_column(Quantity)
    approved: Mapped[Decimal | None] = mapped_column(Quantity)
    issued: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    note: Mapped[str] = mapped_column(String(200), default="")
    reservation_id: Mapped[int | None] = mapped_column(
        ForeignKey("stock_reservation.id"), index=True
    )

    request: Mapped[ServiceRequest] = relationship()
    item: Mapped[StockItem] = relationship()
    reservation: Mapped[StockReservation | None] = relationship()

    @property
    def left(self) -> Decimal:
        """What is approved and not handed out."""
        return (self.approved or Decimal(0)) - self.issued
