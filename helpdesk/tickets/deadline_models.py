"""Tables of deadlines: the office's own targets, its warnings, and who was told of what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment


class TicketTarget(Model):
    """Working seconds to the first answer and to the end; no ``category`` stands for all of them.

    Where the office has set nothing for a priority, the shipped targets hold.
    """

    __tablename__ = "ticket_target"
    __table_args__ = (
        UniqueConstraint("priority", "category"),
        CheckConstraint("response_seconds > 0", name="response"),
        CheckConstraint("resolution_seconds >= response_seconds", name="resolution"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    priority: Mapped[str] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(20), default="")
    response_seconds: Mapped[int]
    resolution_seconds: Mapped[int]


class DeadlineChoice(Model):
    """The office's one row: when a deadline is near, and what the open ones were reckoned with.

    ``amber_percent`` and ``red_percent`` are parts of a target that are used up. ``reckoned_with``
    is the fingerprint of calendar and targets at the last time all open tickets were gone through.
    """

    __tablename__ = "deadline_choice"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("0 < amber_percent AND amber_percent < red_percent", name="amber"),
        CheckConstraint("red_percent <= 100", name="red"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amber_percent: Mapped[int]
    red_percent: Mapped[int]
    reckoned_with: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class TicketEscalation(Model):
    """A step that was taken because a deadline came near or passed; each is taken once."""

    __tablename__ = "ticket_escalation"
    __table_args__ = (
        UniqueConstraint("ticket_id", "deadline", "step"),
        CheckConstraint("deadline IN ('response', 'resolution')", name="deadline"),
        CheckConstraint("step IN ('technician', 'head')", name="step"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    deadline: Mapped[str] = mapped_column(String(10))
    step: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(Moment)
    at: Mapped[datetime] = mapped_column(Moment)
