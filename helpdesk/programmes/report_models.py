"""Tables of what was done: the log with its files, and the summary report in versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.programmes.models import Activity, Programme
from helpdesk.programmes.states import LogKind, ReportState
from kernel.db import BigId, Model, Moment
from office.approvals.models import Approval
from office.people.models import Person


class LogEntry(Model):
    """Something that was done, a problem or a risk, logged by hand on the day it happened."""

    __tablename__ = "programme_log"
    __table_args__ = (
        Index("ix_programme_log", "programme_id", "on_day", "id"),
        CheckConstraint("words <> ''", name="words"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("programme_activity.id"), index=True)
    kind: Mapped[LogKind] = mapped_column(String(8))
    on_day: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    activity: Mapped[Activity | None] = relationship()
    made_by: Mapped[Person | None] = relationship()
    files: Mapped[list[LogFile]] = relationship(order_by="LogFile.id")


class LogFile(Model):
    """A photo or document of an entry; a photo has a thumbnail."""

    __tablename__ = "programme_log_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("programme_log.id"), index=True)
    file_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200))
    media: Mapped[str] = mapped_column(String(100))


class ProgrammeReport(Model):
    """One version of the summary report.

    ``figures`` are those of the moment it was sent; a draft shows the present ones.
    """

    __tablename__ = "programme_report"
    __table_args__ = (
        UniqueConstraint("programme_id", "edition"),
        CheckConstraint("(state = 'draft') OR approval_id IS NOT NULL", name="approval"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    edition: Mapped[int]
    state: Mapped[ReportState] = mapped_column(String(12), default=ReportState.DRAFT)
    summary: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    suggestions: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    programme: Mapped[Programme] = relationship()
    approval: Mapped[Approval | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration
