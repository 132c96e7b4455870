"""Tables of advice: what it may be about, and what came of each consultation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.figures.advice_states import Result
from helpdesk.tickets.models import Ticket
from kernel.db import BigId, Model, Moment
from kernel.i18n import language


class AdviceTopic(Model):
    """A topic that the office added, or a shipped one that it renamed or retired."""

    __tablename__ = "advice_topic"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class Consultation(Model):
    """What a ticket of advice was about and what came of it; question and answer are the ticket's.

    ``month`` is that of ``at`` in Bangkok, ``202611``; ``minutes`` are those it took.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        Index("ix_consultation_month", "month", "unit_id", "id"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    topic: Mapped[str] = mapped_column(String(30))
    result: Mapped[Result] = mapped_column(String(12))
    minutes: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    month: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    ticket: Mapped[Ticket] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration
