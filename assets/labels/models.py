"""The table of tags: a label is a row of its own, and what it stands for may change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.register.models import Asset
from kernel.db import BigId, Model, Moment


class Tag(Model):
    """One label with its random code; blank until it is claimed for an item, never used again.

    An item may have had several tags. ``batch`` names the print run of blank labels.
    """

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    batch: Mapped[str] = mapped_column(String(40), default="", index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)

    asset: Mapped[Asset | None] = relationship()
