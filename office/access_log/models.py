"""Tables of the access log; the database itself refuses to change an entry.

``GUARDS`` are the triggers of each engine: no entry is ever changed, and none removed before a
``Purge`` says that its time is over.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, JSON, CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment


class AccessEntry(Model):
    """One request that the law or the person concerned asks about; sealed to the one before it.

    ``key`` is made by the host that saw the request, so that a line is never taken in twice.
    """

    __tablename__ = "access_entry"
    __table_args__ = (
        Index("ix_access_entry_at", "at"),
        Index("ix_access_entry_person", "person_id", "id"),
        Index("ix_access_entry_action", "action", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(BigId)
    address: Mapped[str] = mapped_column(String(45))
    device: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigId)
    path: Mapped[str] = mapped_column(String(300))
    request_id: Mapped[str] = mapped_column(String(32))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AccessAbout(Model):
    """Whose personal data an entry is about; written when the entry is sealed."""

    __tablename__ = "access_about"
    __table_args__ = (Index("ix_access_about_person", "person_id", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("access_entry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)


class AccessHead(Model):
    """The single row that says which entry is the last; locked while entries are sealed."""

    __tablename__ = "access_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int] = mapped_column(BigId)
    last_hash: Mapped[str] = mapped_column(String(64))


class Purge(Model):
    """Which entries were removed because their time was over; the chain goes on from its hash."""

    __tablename__ = "access_purge"
    __table_args__ = (CheckConstraint("entries > 0", name="entries"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    older_than: Mapped[datetime] = mapped_column(Moment)
    through_id: Mapped[int] = mapped_column(BigId, index=True)
    through_hash: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int]


class LegalHold(Model):
    """An order to keep entries longer than usual, at most two years (section 26)."""

    __tablename__ = "access_hold"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="days"),
        Index("ix_access_hold_ends", "ends_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    letter: Mapped[str] = mapped_column(String(120), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class HandOut(Model):
    """Entries given to somebody who may ask for them, and why."""

    __tablename__ = "access_hand_out"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    receiver: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)


_OVER = "(SELECT COALESCE(MAX(through_id), 0) FROM access_purge)"
GUARDS = {
    "sqlite": (
        """CREATE TRIGGER access_entry_guard_update BEFORE UPDATE ON access_entry
        BEGIN SELECT RAISE(ABORT, 'access_entry is append-only'); END""",
        f"""CREATE TRIGGER access_entry_guard_delete BEFORE DELETE ON access_entry
        WHEN OLD.id > {_OVER}
        BEGIN SELECT RAISE(ABORT, 'access_entry is append-only'); END""",
    ),
    "postgresql": (
        f"""CREATE OR REPLACE FUNCTION access_entry_is_append_only() RETURNS trigger
        LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' AND OLD.id <= {_OVER} THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'access_entry is append-only'; END $$""",
        """CREATE TRIGGER access_entry_guard BEFORE UPDATE OR DELETE ON access_entry
        FOR EACH ROW EXECUTE FUNCTION access_entry_is_append_only()""",
    ),
}
for _engine, _statements in GUARDS.items():
    for _statement in _statements:
        _ddl = DDL(_statement).execute_if(dialect=_engine)  # type: ignore[no-untyped-call]
        event.listen(Model.metadata, "after_create", _ddl)
