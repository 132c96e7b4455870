"""The table of backups: when one was made, and when it was last read back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment


class Backup(Model):
    """One copy. ``rehearsed_at`` is when it was last read back whole; empty until then.

    ``size`` is that of the database in bytes, ``rows`` and ``files`` what it holds.
    """

    __tablename__ = "backup"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        Index("ix_backup_made_at", "made_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    size: Mapped[int] = mapped_column(BigId)
    rows: Mapped[int] = mapped_column(BigId)
    files: Mapped[int]
    rehearsed_at: Mapped[datetime | None] = mapped_column(Moment)
