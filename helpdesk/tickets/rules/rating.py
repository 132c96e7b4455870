"""What the person served thinks of the work: one level, and a word where they like."""

from __future__ import annotations

from sqlalchemy import select

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rating_models import BEST, LONGEST_COMMENT, WORST, Rating
from helpdesk.tickets.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip


def may_be_rated(ticket: Ticket) -> bool:
    """Tell whether the work is done: resolved, or closed."""
    return ticket.state in (State.RESOLVED, State.CLOSED)


def rate(ticket: Ticket, level: int, *, by: Viewer) -> Rating:
    """Keep how satisfied the person served is; who rates again changes the one rating.

    Args:
        level: 1 (bad) to 5 (very good).

    Refuses a level that there is not, and a ticket that is still being worked on.
    """
    if not WORST <= level <= BEST:
        raise Refusal(_("Please tap one of the five faces."))
    if not may_be_rated(ticket):
        raise Refusal(_("The work can be rated when it is done."))
    # Two taps at once wait for each other here, and the second one changes the row of the first.
    new = insert_or_skip(Rating, ticket_id=ticket.id, level=level, comment="", at=clock.now())
    found = _rating_of(ticket)
    before = None if new else found.level
    found.level, found.at = level, clock.now()
    if before != level:
        audit.record("rated", ticket, by=by, before={"level": before}, after={"level": level})
    return found


def comment(ticket: Ticket, words: str, *, by: Viewer) -> Rating:
    """Keep a word with the rating; it replaces an earlier one.

    Refuses one without a rating, and one that is too long.
    """
    if len(words) > LONGEST_COMMENT:
        raise Refusal(
            _("A comment may have %(most)s characters.", most=LONGEST_COMMENT), field="comment"
        )
    found = _rating_of(ticket)
    found.comment = words.strip()
    audit.record("commented", ticket, by=by, after={"level": found.level})
    return found


def _rating_of(ticket: Ticket) -> Rating:
    found = db.session.scalar(select(Rating).where(Rating.ticket_id == ticket.id).with_for_update())
    if found is None:
        raise Refusal(_("Please tap one of the five faces first."))
    return found
