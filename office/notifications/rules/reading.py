"""The verbs of the inbox: read one message, read all."""

from __future__ import annotations

from sqlalchemy import update

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage


def read(message: OutgoingMessage) -> None:
    """Mark a message as read by its recipient; the first time counts."""
    if message.read_at is None:
        message.read_at = clock.now()


def read_all(viewer: Viewer) -> int:
    """Mark every message to the viewer as read; return how many were not."""
    marked = db.session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.person_id == viewer.id, OutgoingMessage.read_at.is_(None))
        .values(read_at=clock.now())
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]
