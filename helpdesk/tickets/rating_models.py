"""The table of what the persons served thought of the work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment

WORST, BEST = 1, 5
LONGEST_COMMENT = 1000


class Rating(Model):
    """How satisfied the person served was with one ticket: 1 (bad) to 5 (very good).

    One row a ticket: who rates again changes the row. ``at`` is when the level was last given.
    """

    __tablename__ = "ticket_rating"
    __table_args__ = (CheckConstraint(f"level BETWEEN {WORST} AND {BEST}", name="level"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), unique=True)
    level: Mapped[int]
    comment: Mapped[str] = mapped_column(String(LONGEST_COMMENT), default="")
    at: Mapped[datetime] = mapped_column(Moment, index=True)
