"""Reading backups: the newest ones, and whether the newest is too old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from helpdesk.backups.models import Backup
from kernel import clock
from kernel.db import db
from office.bookkeeping.models import AuditEntry


def newest(limit: int = 20) -> Sequence[Backup]:
    """Return the backups, the newest first."""
    return db.session.scalars(select(Backup).order_by(Backup.id.desc()).limit(limit)).all()


def last_rehearsed() -> datetime | None:
    """Return when a backup was last read back whole; None where none ever was."""
    return db.session.scalar(select(func.max(Backup.rehearsed_at)))


def due_at(days: int) -> datetime | None:
    """Return when the next backup is due, None where nobody watches or nothing has happened yet.

    Args:
        days: how old the newest may be; 0: nobody watches. An office without any backup counts
            from the first line of its audit trail.
    """
    if not days:
        return None
    made = db.session.scalar(select(func.max(Backup.made_at)))
    first = select(AuditEntry.at).order_by(AuditEntry.id).limit(1)
    since = made or db.session.scalar(first)
    return since + timedelta(days=days) if since else None


def due_since(days: int) -> datetime | None:
    """Return since when a backup has been due, None where the newest is young enough."""
    due = due_at(days)
    return due if due and due <= clock.now() else None
