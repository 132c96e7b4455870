"""Tables of the bookkeeping: audit trail, numbers, messages, keys, tallies, lease, job runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment


class AuditEntry(Model):
    """One act on one thing; append-only, chained to the entry before it.

    ``after`` and ``before`` hold only the fields that changed, as JSON.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_entry_actor", "actor_id", "id"),
        Index("ix_audit_entry_act", "act", "id"),
        Index("ix_audit_entry_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(BigId)
    actor_name: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigId)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    request_id: Mapped[str] = mapped_column(String(32))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Model):
    """The single row that says which entry is the last; locked while entries are chained."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int] = mapped_column(BigId)
    last_hash: Mapped[str] = mapped_column(String(64))


class NumberSeries(Model):
    """The last number given to one kind of document in one fiscal year (Buddhist era)."""

    __tablename__ = "number_series"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class OutgoingMessage(Model):
    """A message to one person or one address.

    ``routed_at`` says since when the ways it goes are decided; each way that leaves the service is
    a delivery of its own (``office.notifications``).
    """

    __tablename__ = "outgoing_message"
    __table_args__ = (
        Index(
            "ix_outgoing_message_new",
            "id",
            sqlite_where=text("routed_at IS NULL"),
            postgresql_where=text("routed_at IS NULL"),
        ),
        Index("ix_outgoing_message_person", "person_id", "id"),
        Index("ix_outgoing_message_kind", "kind", "language", "id"),
        Index(
            "ix_outgoing_message_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        CheckConstraint("person_id IS NOT NULL OR address <> ''", name="recipient"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(400), default="")
    reply_to: Mapped[str] = mapped_column(String(24), default="", server_default=text("''"))
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    routed_at: Mapped[datetime | None] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class UsedKey(Model):
    """The key of a form that acted, and the address its act led to."""

    __tablename__ = "used_key"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    result: Mapped[str] = mapped_column(String(400), default="")


class Tally(Model):
    """How often something happened since the start of its window."""

    __tablename__ = "tally"

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment, index=True)
    count: Mapped[int]


class Lease(Model):
    """Which process does a thing that only one may do, and until when."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime] = mapped_column(Moment)


class JobRun(Model):
    """One run of one job of the timetable; ``due_at`` is the hour it was due, once each.

    ``attempts`` counts how often it was started: again when the process died while it ran.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "due_at"),
        Index("ix_job_run_started", "job", "started_at"),
        Index(
            "uq_job_run_running",
            "job",
            unique=True,
            sqlite_where=text("outcome = 'running'"),
            postgresql_where=text("outcome = 'running'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(String(12), default="running")
    rows: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    holder: Mapped[str] = mapped_column(String(80), default="")
    attempts: Mapped[int] = mapped_column(default=1)


class PausedJob(Model):
    """A job of the timetable that somebody has stopped for a while, and why."""

    __tablename__ = "paused_job"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    job: Mapped[str] = mapped_column(String(60), unique=True)
    since: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(300))
