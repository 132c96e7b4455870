"""Tables of changes made to many items at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.register.models import Asset
from kernel.db import BigId, Model, Moment
from office.people.models import Person


class BulkState(StrEnum):
    """How far a change of many items has come."""

    PREPARED = "prepared"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class Outcome(StrEnum):
    """What becomes, or became, of one item."""

    PLANNED = "planned"
    SAME = "same"
    REFUSED = "refused"
    CHANGED = "changed"
    UNDONE = "undone"
    KEPT = "kept"


class BulkChange(Model):
    """One change of many items: what was wanted, by whom, how far it has come."""

    __tablename__ = "bulk_change"
    __table_args__ = (Index("ix_bulk_change_person", "by_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[BulkState] = mapped_column(String(10), default=BulkState.PREPARED)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    items: Mapped[int] = mapped_column(default=0)

    by: Mapped[Person] = relationship()


class BulkLine(Model):
    """One item of a change: its fields before and after, and what became of it.

    ``version`` is that of the item when it was looked at; after the change, that of the change. An
    item that has another one was changed by somebody since, and is left alone.
    """

    __tablename__ = "bulk_line"
    __table_args__ = (Index("ix_bulk_line_order", "change_id", "outcome", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("bulk_change.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(String(10), default=Outcome.PLANNED)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int]
    reason: Mapped[str] = mapped_column(String(400), default="")

    asset: Mapped[Asset] = relationship()
