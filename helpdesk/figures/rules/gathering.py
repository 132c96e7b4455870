"""Making the rows that figures are counted from, and following the tickets as they change.

The audit trail says which tickets changed: its entries get their ids in the order in which they are
committed, so whoever has read up to one has missed nothing before it. The first walk over all the
tickets goes by their ids, a batch at a time. A nightly walk compares versions, in case something
changed a ticket and told nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from assets.catalogue.models import Symptom
from assets.register.models import Asset
from helpdesk.figures.models import FigureCursor, TicketFigure, TicketFigureSymptom
from helpdesk.figures.rules import months
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rating_models import Rating
from helpdesk.tickets.rules.deadlines import stretches_of
from kernel import clock
from kernel.db import db
from office.bookkeeping.models import AuditEntry, AuditHead
from office.calendar.queries import calendar_for

BATCH = 500
MOST_ENTRIES = 5000


def begin() -> FigureCursor:
    """Return the cursor; at the very first call it stands before every ticket there is."""
    found = db.session.get(FigureCursor, 1)
    if found is None:
        found = FigureCursor(
            id=1,
            walked_to=0,
            walk_ends=db.session.scalar(select(func.max(Ticket.id))),
            audit_id=db.session.scalar(select(AuditHead.last_id)) or 0,
            as_of=clock.now(),
        )
        db.session.add(found)
    return found


def walk(cursor: FigureCursor) -> int:
    """Take in the next batch of the first walk; return how many tickets it had."""
    if cursor.walk_ends is None:
        return 0
    ids = db.session.scalars(
        select(Ticket.id)
        .where(Ticket.id > cursor.walked_to, Ticket.id <= cursor.walk_ends)
        .order_by(Ticket.id)
        .limit(BATCH)
    ).all()
    take_in(ids)
    if ids:
        cursor.walked_to = ids[-1]
    if len(ids) < BATCH:
        cursor.walk_ends = None
    return len(ids)


def follow(cursor: FigureCursor, now: datetime) -> int:
    """Take in the tickets that changed since the last time.

    Args:
        cursor: how far it has come.
        now: the moment before the trail is read.

    Returns:
        how many entries of the trail were read; fewer than ``MOST_ENTRIES`` when nothing is left.
    """
    rows = db.session.execute(
        select(AuditEntry.id, AuditEntry.subject_kind, AuditEntry.subject_id)
        .where(AuditEntry.id > cursor.audit_id)
        .order_by(AuditEntry.id)
        .limit(MOST_ENTRIES)
    ).all()
    changed = sorted({row.subject_id for row in rows if row.subject_kind == Ticket.__tablename__})
    for at in range(0, len(changed), BATCH):
        take_in(changed[at : at + BATCH])
    if rows:
        cursor.audit_id = rows[-1].id
    if len(rows) < MOST_ENTRIES:
        cursor.as_of = now
    return len(rows)


def stale_after(ticket_id: int) -> tuple[Sequence[int], int]:
    """Return which of the next tickets are not counted as they stand, and the last id looked at."""
    counted_open = TicketFigure.ended_month.is_(None)
    rows = db.session.execute(
        select(
            Ticket.id,
            Ticket.version,
            TicketFigure.seen_version,
            (counted_open != Ticket.next_due_at.is_not(None)).label("differs"),
        )
        .outerjoin(TicketFigure, TicketFigure.ticket_id == Ticket.id)
        .where(Ticket.id > ticket_id, Ticket.merged_into_id.is_(None))
        .order_by(Ticket.id)
        .limit(BATCH * 10)
    ).all()
    stale = [row.id for row in rows if row.version != row.seen_version or row.differs]
    return stale, (rows[-1].id if rows else 0)


def take_in(ticket_ids: Sequence[int]) -> None:
    """Make the rows of these tickets anew."""
    if not ticket_ids:
        return
    tickets = db.session.execute(_wanted(ticket_ids)).all()
    stretches = stretches_of(ticket_ids)
    known = set(db.session.scalars(select(Symptom.id)))
    before = months.counted(ticket_ids)
    db.session.execute(delete(TicketFigure).where(TicketFigure.ticket_id.in_(ticket_ids)))
    db.session.execute(
        delete(TicketFigureSymptom).where(TicketFigureSymptom.ticket_id.in_(ticket_ids))
    )
    counted = [_figure(row, stretches.get(row.id, ())) for row in tickets]
    if counted:
        db.session.execute(insert(TicketFigure), counted)
    months.move(before, counted)
    ticked = [
        {"ticket_id": row.id, "symptom_id": symptom}
        for row in tickets
        for symptom in sorted(set(row.symptoms or ()) & known)
    ]
    if ticked:
        db.session.execute(insert(TicketFigureSymptom), ticked)


def _wanted(ticket_ids: Sequence[int]) -> Any:  # noqa: ANN401 - a SELECT of many columns
    # What was merged into another ticket is counted there.
    return (
        select(
            Ticket.id,
            Ticket.kind,
            Ticket.unit_id,
            Ticket.assignee_id,
            Ticket.asset_id,
            Ticket.room_id,
            Ticket.category,
            Ticket.priority,
            Ticket.symptoms,
            Ticket.opened_at,
            Ticket.first_response_at,
            Ticket.response_due_at,
            Ticket.resolved_at,
            Ticket.resolution_due_at,
            Ticket.closed_at,
            Ticket.next_due_at,
            Ticket.repair_cost,
            Ticket.version,
            Asset.class_id,
            Asset.model_id.label("product_model_id"),
            Rating.level,
        )
        .outerjoin(Asset, Asset.id == Ticket.asset_id)
        .outerjoin(Rating, Rating.ticket_id == Ticket.id)
        .where(Ticket.id.in_(ticket_ids), Ticket.merged_into_id.is_(None))
    )


def _figure(row: Any, stretches: Iterable[Any]) -> dict[str, Any]:  # noqa: ANN401 - a row
    calendar = calendar_for(row.unit_id, clock.local(row.opened_at).date())
    ended = None if row.next_due_at is not None else row.resolved_at or row.closed_at
    answered, resolved = row.first_response_at, row.resolved_at if ended else None
    spent = None
    if resolved is not None:
        spent = sum(calendar.seconds_between(start, end or resolved) for start, end in stretches)
    return {
        "ticket_id": row.id,
        "kind": row.kind,
        "unit_id": row.unit_id,
        "assignee_id": row.assignee_id,
        "asset_id": row.asset_id,
        "class_id": row.class_id,
        "product_model_id": row.product_model_id,
        "room_id": row.room_id,
        "category": str(row.category),
        "priority": str(row.priority),
        "opened_month": month_of(row.opened_at),
        "opened_on": clock.local(row.opened_at).date(),
        "ended_month": month_of(ended),
        "resolved_month": month_of(resolved),
        "response_minutes": _minutes(
            None if answered is None else calendar.seconds_between(row.opened_at, answered)
        ),
        "response_met": _met(answered, row.response_due_at),
        "resolution_minutes": _minutes(spent),
        "resolution_met": _met(resolved, row.resolution_due_at),
        "cost": row.repair_cost,
        "rating": row.level,
        "seen_version": row.version,
    }


def month_of(moment: datetime | None) -> Any:  # noqa: ANN401 - a number, None for None
    """Return the month of a moment in Bangkok, ``202611``."""
    if moment is None:
        return None
    day = clock.local(moment)
    return day.year * 100 + day.month


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else max(seconds, 0) // 60


def _met(done: datetime | None, due: datetime | None) -> bool | None:
    return None if done is None or due is None else done <= due
