"""Tickets that have to do with each other: linked ones, and parts of one whole.

A whole may wait for its parts: it is resolved only when all of them have ended. Parts have no parts
of their own.
"""

from __future__ import annotations

from sqlalchemy import func, select

from helpdesk.repairs.models import TicketLink
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from helpdesk.tickets.states import OPEN
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip

MOST_PARTS = 200


def link(ticket: Ticket, other: Ticket, *, by: Viewer) -> None:
    """Link two tickets; a second time changes nothing. Refuses a ticket with itself."""
    if ticket.id == other.id:
        raise Refusal(_("A ticket cannot be linked with itself."), field="number")
    first, second = sorted((ticket.id, other.id))
    kept = insert_or_skip(TicketLink, ticket_id=first, other_id=second, at=clock.now(), by_id=by.id)
    if kept:
        audit.record("linked", ticket, by=by, after={"number": other.number})


def unlink(ticket: Ticket, other: Ticket, *, by: Viewer) -> None:
    """Take the link between two tickets away."""
    first, second = sorted((ticket.id, other.id))
    found = db.session.scalar(
        select(TicketLink).where(TicketLink.ticket_id == first, TicketLink.other_id == second)
    )
    if found is None:
        raise Refusal(_("These tickets are not linked."))
    db.session.delete(found)
    audit.record("unlinked", ticket, by=by, after={"number": other.number})


def make_part(whole: Ticket, detail: str, *, waits: bool, by: Viewer) -> Ticket:
    """Make a new ticket that is a part of this one: same place, same person.

    Args:
        detail: what is to be done in it.
        waits: whether the whole waits for it.

    Refuses a finished whole, a part as a whole, and nothing written.
    """
    _check_whole(whole)
    made = intake.report(
        intake.Report(
            asset=whole.asset,
            unit_id=whole.unit_id,
            room=whole.room,
            place_text=whole.place_text,
            kind=whole.kind,
            category=whole.category,
            detail=detail,
            priority=whole.priority,
            source="form",
        ),
        by=by,
    )
    db.session.flush()  # the trail names the part
    made.parent_id = whole.id
    whole.waits_for_parts = waits
    audit.record("part_made", whole, by=by, after={"number": made.number})
    return made


def put_under(part: Ticket, whole: Ticket, *, by: Viewer) -> None:
    """Make a ticket that exists a part of another one.

    Refuses itself, a part of another whole, a whole with parts, and another school's.
    """
    _check_whole(whole)
    if part.id == whole.id:
        raise Refusal(_("A ticket cannot be a part of itself."), field="number")
    if part.parent_id is not None:
        raise Refusal(_("That ticket is a part of another one already."), field="number")
    if part.unit_id != whole.unit_id:
        raise Refusal(_("That ticket belongs to another school or group."), field="number")
    if _count(part):
        raise Refusal(_("That ticket has parts of its own."), field="number")
    part.parent_id = whole.id
    audit.record("part_made", whole, by=by, after={"number": part.number})


def let_wait(whole: Ticket, *, waits: bool, by: Viewer) -> None:
    """Say whether a ticket waits for its parts before it is resolved."""
    audit.record_changes("changed", whole, {"waits_for_parts": waits}, by=by)


def check(ticket: Ticket) -> None:
    """Refuse to resolve a ticket that waits for parts which are still open."""
    if not ticket.waits_for_parts:
        return
    left = _count(ticket, open_only=True)
    if left:
        raise Refusal(
            ngettext(
                "%(number)s part of this ticket is still open.",
                "%(number)s parts of this ticket are still open.",
                left,
            )
        )


def _check_whole(whole: Ticket) -> None:
    if not whole.is_open:
        raise Refusal(_("This ticket is finished; reopen it first."))
    if whole.parent_id is not None:
        raise Refusal(_("This ticket is a part itself; parts have no parts."))
    if _count(whole) >= MOST_PARTS:
        raise Refusal(_("A ticket has at most %(most)s parts.", most=MOST_PARTS))


def _count(whole: Ticket, *, open_only: bool = False) -> int:
    query = select(func.count()).where(Ticket.parent_id == whole.id)
    if open_only:
        query = query.where(Ticket.state.in_(OPEN))
    return db.session.scalar(query) or 0
