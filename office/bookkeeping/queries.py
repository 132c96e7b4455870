"""Reading the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import access
from office.bookkeeping.models import AuditEntry

PAGE_SIZE = 50
HISTORY_SIZE = 50
LAST_DAY = date(9999, 1, 1)


@dataclass(frozen=True)
class AuditFilter:
    """What an auditor looks for; None and blanks look for everything.

    Attributes:
        actor: the beginning of the name of who acted.
        act: the act, ``closed``.
        kind: the table of the thing.
        subject: the id of the thing; counts only together with ``kind``.
        first, last: days in Bangkok, both counted.
        before: only entries older than this one (the next page).
    """

    actor: str = ""
    act: str = ""
    kind: str = ""
    subject: int | None = None
    first: date | None = None
    last: date | None = None
    before: int | None = None

    def clauses(self) -> list[ColumnElement[bool]]:
        """Return the WHERE terms."""
        terms: list[ColumnElement[bool]] = []
        if self.actor:
            terms.append(AuditEntry.actor_name.startswith(self.actor, autoescape=True))
        if self.act:
            terms.append(AuditEntry.act == self.act)
        if self.kind:
            terms.append(AuditEntry.subject_kind == self.kind)
        if self.kind and self.subject is not None:
            terms.append(AuditEntry.subject_id == self.subject)
        if self.before is not None:
            terms.append(AuditEntry.id < self.before)
        if self.first:
            terms.append(AuditEntry.at >= _midnight(self.first))
        if self.last and self.last < LAST_DAY:
            terms.append(AuditEntry.at < _midnight(self.last + timedelta(days=1)))
        return terms


def entries(viewer: Viewer, wanted: AuditFilter) -> tuple[Sequence[AuditEntry], int | None]:
    """Return a page of entries, newest first, and the id to go on before, None at the end.

    Raises:
        NotAllowed: the viewer may not read the trail.
    """
    viewer.demand(access.AUDIT)
    rows = db.session.scalars(
        select(AuditEntry)
        .where(*wanted.clauses())
        .order_by(AuditEntry.id.desc())
        .limit(PAGE_SIZE + 1)
    ).all()
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None


def history(kind: str, subject_id: int, limit: int = HISTORY_SIZE) -> Sequence[AuditEntry]:
    """Return what was done to one thing, newest first.

    Args:
        kind: its table.
        subject_id: its id.
        limit: how many entries at most.
    """
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()


def acts() -> list[str]:
    """Return the acts that occur."""
    return _distinct(AuditEntry.act)


def kinds() -> list[str]:
    """Return the kinds of things that occur."""
    return _distinct(AuditEntry.subject_kind)


def _distinct(column: Any) -> list[str]:  # noqa: ANN401 - a mapped column
    """Jump through the column's index from value to value; a million entries take no longer."""
    jump = select(func.min(column).label("word")).cte("jump", recursive=True)
    following = select(func.min(column)).where(column > jump.c.word).scalar_subquery()
    jump = jump.union_all(select(following).where(jump.c.word.is_not(None)))
    words = db.session.scalars(select(jump.c.word).where(jump.c.word.is_not(None)))
    return [str(word) for word in words]


def _midnight(day: date) -> datetime:
    return clock.at(day, time())
