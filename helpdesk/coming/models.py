"""The table of warranties that people were told of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model


class WarrantyNotice(Model):
    """The warranties of a unit that end on one day were told of; once."""

    __tablename__ = "warranty_notice"
    __table_args__ = (UniqueConstraint("unit_id", "ends_on"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    ends_on: Mapped[date]
    noticed_on: Mapped[date]
