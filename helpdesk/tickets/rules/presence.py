"""Who else has a ticket open, and who is writing: a sign, never a lock.

No audit trail: a row is overwritten every few seconds and means nothing a minute later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from helpdesk.tickets.presence_models import TicketPresence
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping.rules import insert_or_skip
from office.people.models import Person

LIFE = timedelta(seconds=45)


@dataclass(frozen=True)
class Present:
    """Somebody else on a ticket, with the name in both languages."""

    name_th: str
    name_en: str
    writing: bool


def be_here(ticket_id: int, *, writing: bool, by: Viewer) -> None:
    """Note that a person has a ticket open.

    Args:
        ticket_id: of a ticket the person may see.
        writing: there are words in the reply that are not sent yet.
        by: who.
    """
    now = clock.now()
    values = {"seen_at": now, "writing": writing}
    if not insert_or_skip(TicketPresence, ticket_id=ticket_id, person_id=by.id, **values):
        mine = (TicketPresence.ticket_id == ticket_id, TicketPresence.person_id == by.id)
        db.session.execute(update(TicketPresence).where(*mine).values(**values))


def others_on(ticket_id: int, *, by: Viewer) -> Sequence[Present]:
    """Return who else has a ticket open now, those who write first."""
    rows = db.session.execute(
        select(Person.name_th, Person.name_en, TicketPresence.writing)
        .join(Person, Person.id == TicketPresence.person_id)
        .where(
            TicketPresence.ticket_id == ticket_id,
            TicketPresence.person_id != by.id,
            TicketPresence.seen_at > clock.now() - LIFE,
        )
        .order_by(TicketPresence.writing.desc(), Person.id)
        .limit(9)
    )
    return [Present(row.name_th, row.name_en, row.writing) for row in rows]


def forget_old() -> int:
    """Remove what counts no more; return how many rows."""
    old = delete(TicketPresence).where(TicketPresence.seen_at < clock.now() - LIFE)
    return len(db.session.execute(old.returning(TicketPresence.person_id)).all())
