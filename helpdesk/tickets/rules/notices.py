"""Who is told what: messages to reporters, to those who joined, and to the assignee.

Texts are made in the recipient's language and left for delivery with the act itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket, TicketFollower
from helpdesk.tickets.states import PLAIN, State
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import rules as bookkeeping

TOLD = frozenset({State.ACCEPTED, State.WAITING_REQUESTER, State.RESOLVED, State.CLOSED})


@dataclass(frozen=True)
class Recipient:
    """Where a message goes: a person of the office, or an e-mail address."""

    person_id: int | None
    address: str
    language: str


def tell_of_state(ticket: Ticket, body: str, *, by: Viewer) -> None:
    """Tell the reporter that the ticket has come to a state that matters to them.

    Args:
        ticket: already in its new state.
        body: what the technician wrote to the reporter, may be empty.
        by: who did it; nobody is told of the own act.
    """
    if ticket.state not in TOLD:
        return
    recipient = _reporter(ticket, by)
    if recipient:
        _send(ticket, recipient, f"ticket_{ticket.state}", body, link=ticket.tracking_path)
    if ticket.state == State.RESOLVED:
        for follower in queries.followers_of(ticket.id):
            _tell_follower(ticket, follower, by)


def tell_of_answer(ticket: Ticket, body: str, *, by: Viewer) -> None:
    """Tell the reporter of a public answer."""
    recipient = _reporter(ticket, by)
    if recipient:
        _send(ticket, recipient, "ticket_answered", body, link=ticket.tracking_path)


def tell_assignee(ticket: Ticket, body: str, *, by: Viewer) -> None:
    """Tell the technician who has the ticket of what came in."""
    if ticket.assignee is None or ticket.assignee_id == by.id:
        return
    recipient = Recipient(ticket.assignee_id, "", ticket.assignee.language)
    _send(ticket, recipient, "ticket_news", body, link=ticket.staff_path)


def tell_assigned(ticket: Ticket, *, by: Viewer) -> None:
    """Tell a technician that a ticket was given to them."""
    if ticket.assignee is None or ticket.assignee_id == by.id:
        return
    recipient = Recipient(ticket.assignee_id, "", ticket.assignee.language)
    _send(ticket, recipient, "ticket_assigned", "", link=ticket.staff_path)


def _reporter(ticket: Ticket, by: Viewer) -> Recipient | None:
    if ticket.reporter_id is not None:
        if ticket.reporter_id == by.id:
            return None
        return Recipient(ticket.reporter_id, "", ticket.language)
    # A guest acts without an id; whoever holds the link knows what they did.
    own_act = by.is_guest and by.name != "timetable"
    if own_act or not ticket.reporter_email:
        return None
    return Recipient(None, ticket.reporter_email, ticket.language)


def _tell_follower(ticket: Ticket, follower: TicketFollower, by: Viewer) -> None:
    address = follower.contact if "@" in follower.contact else ""
    if follower.person_id == by.id or not (follower.person_id or address):
        return
    recipient = Recipient(
        follower.person_id, "" if follower.person_id else address, follower.language
    )
    # Without a link: the private page belongs to the one who reported first.
    _send(ticket, recipient, "ticket_resolved", "", link="")


def _send(ticket: Ticket, to: Recipient, kind: str, body: str, *, link: str) -> None:
    with speaking(to.language):
        subject = {
            "ticket_accepted": _("%(number)s has been taken on", number=ticket.number),
            "ticket_waiting_requester": _("%(number)s: a question for you", number=ticket.number),
            "ticket_resolved": _("%(number)s is done; please check", number=ticket.number),
            "ticket_closed": _("%(number)s is finished", number=ticket.number),
            "ticket_answered": _("%(number)s: an answer for you", number=ticket.number),
            "ticket_news": _("%(number)s: news from the reporter", number=ticket.number),
            "ticket_assigned": _("%(number)s was given to you", number=ticket.number),
        }[kind]
        lines = [ticket.title, str(PLAIN[ticket.state]), body]
        bookkeeping.send(
            kind=kind,
            subject=subject,
            body="\n\n".join(line for line in lines if line),
            language=to.language,
            person_id=to.person_id,
            address=to.address,
            link=link,
        )
