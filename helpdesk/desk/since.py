"""What changed since the person was last here: what they were told, and what came in.

A visit lasts until half an hour passed without the first page. The browser's session holds when it
began; who has just signed in has none, and is told of the last week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from helpdesk.desk.queries import Target
from helpdesk.desk.today import SHOWN, Block, Line
from helpdesk.tickets import access as tickets_access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import TICKET
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import ago
from kernel.thai import format_datetime
from office.bookkeeping.models import OutgoingMessage
from office.notifications.kinds import DIGEST

PAUSE = timedelta(minutes=30)
A_WEEK = timedelta(days=7)
LONGEST = timedelta(days=30)


@dataclass(frozen=True)
class Visit:
    """When the first page was last open, and the moment after which things are new.

    ``begun`` is None where the browser knows of no visit before this one.
    """

    seen: datetime
    begun: datetime | None = None

    @property
    def since(self) -> datetime:
        """What is later than this is new: a month at most, a week where no visit is known."""
        if self.begun is None:
            return self.seen - A_WEEK
        return max(self.begun, self.seen - LONGEST)


def visit_after(kept: object) -> Visit:
    """Return the present visit, by what the browser kept of the one before.

    Args:
        kept: what ``kept_of`` wrote; anything else counts as nothing.
    """
    now = clock.now()
    before = _read(kept)
    if before is None:
        return Visit(now)
    if now - before.seen > PAUSE:
        return Visit(now, before.seen)
    return Visit(now, before.begun)


def _read(kept: object) -> Visit | None:
    try:
        seen, begun = str(kept).split("|")
        return Visit(datetime.fromisoformat(seen), datetime.fromisoformat(begun) if begun else None)
    except ValueError:
        return None


def kept_of(visit: Visit) -> str:
    """Return what the browser keeps of a visit."""
    begun = visit.begun.isoformat(timespec="seconds") if visit.begun else ""
    return f"{visit.seen.isoformat(timespec='seconds')}|{begun}"


def heading(visit: Visit) -> str:
    """Return what stands above what is new: since when."""
    if visit.begun is None:
        return _("New in the last 7 days")
    return _(
        "New since your last visit, %(moment)s",
        moment=format_datetime(visit.since, language=language()),
    )


def changes_for(viewer: Viewer, since: datetime) -> list[Block]:
    """Return what the person was told since a moment, and what came in where they see tickets."""
    blocks = [_told(viewer, since)]
    if viewer.may(tickets_access.SEE):
        blocks.append(_came_in(viewer, since))
    return blocks


def _told(viewer: Viewer, since: datetime) -> Block:
    found = db.session.execute(
        select(OutgoingMessage.id, OutgoingMessage.subject, OutgoingMessage.created_at)
        .where(OutgoingMessage.person_id == viewer.id, OutgoingMessage.kind != DIGEST)
        .order_by(OutgoingMessage.id.desc())
        .limit(fixed(SHOWN))
    )
    lines = [
        Line(
            row.subject,
            ago(row.created_at),
            Target("notifications.inbox", {"_anchor": f"message-{row.id}"}),
            at=row.created_at,
        )
        for row in found
        if row.created_at > since
    ]
    return Block(
        _("What I was told"), lines, Target("notifications.inbox"), _("No message has come.")
    )


def _came_in(viewer: Viewer, since: datetime) -> Block:
    english = language() == "en"
    found = db.session.execute(
        select(
            Ticket.id,
            Ticket.number,
            Ticket.subject,
            Ticket.subject_en,
            Ticket.state,
            Ticket.opened_at,
        )
        .where(viewer.scope(tickets_access.SEE).clause(Ticket.unit_id))
        .order_by(Ticket.id.desc())
        .limit(fixed(SHOWN))
    )
    lines = [
        Line(
            row.subject_en if english and row.subject_en else row.subject,
            f"{row.number} · {ago(row.opened_at)}",
            Target("tickets.show", {"ticket_id": row.id}),
            face=TICKET.faces[row.state],
            at=row.opened_at,
        )
        for row in found
        if row.opened_at > since
    ]
    return Block(
        _("Reports that came in"), lines, Target("tickets.queue"), _("No report has come in.")
    )
