"""Who is told what: messages to reporters, to those who joined, and to the assignee.

Texts are made in the recipient's language and left for delivery with the act itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import PLAIN, State
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import rules as bookkeeping

TOLD = frozenset({State.ACCEPTED, State.WAITING_REQUESTER, State.RESOLVED, State.CLOSED})


@dataclass(frozen=True)
class Recipient:
    """Where a message goes: a person of the office, or an e-mail address.

    ``link`` is the page it leads to, ``reply_to`` what an answer by e-mail belongs to.
    """

    person_id: int | None
    address: str
    language: str
    link: str = ""
    reply_to: str = ""


def tell_of_state(ticket: Ticket, body: str, *, by: Viewer) -> None:
    """Tell the reporter that the ticket has come to a state that matters to them.

    Args:
        ticket: already in its new state.
        body: what the technician wrote to the reporter, may be empty.
        by: who did it; nobody is told of the own act.
    """
    if ticket.state not in TOLD:
        return
    kind = f"ticket_{ticket.state}"
    recipient = _reporter(ticket, by)
    if recipient:
        _send(ticket, recipient, kind, body)
    _tell_followers(ticket, kind, by)


def tell_of_answer(ticket: Ticket, body: str, *, by: Viewer) -> None:
    """Tell the reporter of a public answer, and those who joined that there is one."""
    recipient = _reporter(ticket, by)
    if recipient:
        _send(ticket, recipient, "ticket_answered", body)
    _tell_followers(ticket, "ticket_progress", by)


def tell_taken_in(ticket: Ticket, *, by: Viewer) -> None:
    """Send the private link to a reporter for whom somebody else wrote the report down."""
    recipient = _reporter(ticket, by)
    if recipient:
        _send(ticket, recipient, "ticket_reported", "")


def remind_to_rate(ticket: Ticket, *, by: Viewer) -> bool:
    """Ask once how the work was; a second time is passed over. Tell whether anybody is there."""
    recipient = _reporter(ticket, by)
    if recipient:
        _send(ticket, recipient, "ticket_rate", "", once=f"ticket_rate:{ticket.id}")
    return recipient is not None


def tell_assignee(ticket: Ticket, body: str, *, by: Viewer) -> None:
    """Tell the technician who has the ticket of what came in."""
    if ticket.assignee is None or ticket.assignee_id == by.id:
        return
    recipient = Recipient(ticket.assignee_id, "", ticket.assignee.language, ticket.staff_path)
    _send(ticket, recipient, "ticket_news", body)


def tell_assigned(ticket: Ticket, *, by: Viewer) -> None:
    """Tell a technician that a ticket was given to them."""
    if ticket.assignee is None or ticket.assignee_id == by.id:
        return
    recipient = Recipient(ticket.assignee_id, "", ticket.assignee.language, ticket.staff_path)
    _send(ticket, recipient, "ticket_assigned", "")


def _reporter(ticket: Ticket, by: Viewer) -> Recipient | None:
    way = (ticket.language, ticket.tracking_path, f"t{ticket.id}")
    if ticket.reporter_id is not None:
        return None if ticket.reporter_id == by.id else Recipient(ticket.reporter_id, "", *way)
    # A guest acts without an id; whoever holds the link knows what they did.
    own_act = by.is_guest and by.name != "timetable"
    if own_act or not ticket.reporter_email:
        return None
    return Recipient(None, ticket.reporter_email, *way)


def _tell_followers(ticket: Ticket, kind: str, by: Viewer) -> None:
    """Tell those who joined; what was written to the first reporter is not for them."""
    for follower in queries.followers_of(ticket.id):
        address = follower.contact.strip() if "@" in follower.contact else ""
        person_id = follower.person_id
        itself = person_id is not None and person_id in (by.id, ticket.reporter_id)
        if follower.left_at or itself or not (person_id or address):
            continue
        to = Recipient(
            person_id,
            "" if person_id else address,
            follower.language,
            follower.tracking_path,
            f"f{follower.id}",
        )
        _send(ticket, to, kind, "")


def _send(ticket: Ticket, to: Recipient, kind: str, body: str, *, once: str | None = None) -> None:
    with speaking(to.language):
        lines = [ticket.title, "" if kind == "ticket_rate" else str(PLAIN[ticket.state]), body]
        bookkeeping.send(
            kind=kind,
            subject=_subject(kind, ticket.number),
            body="\n\n".join(line for line in lines if line),
            language=to.language,
            person_id=to.person_id,
            address=to.address,
            link=to.link,
            reply_to=to.reply_to,
            dedupe_key=once,
        )


def _subject(kind: str, number: str) -> str:
    return {
        "ticket_reported": _("%(number)s has been reported for you", number=number),
        "ticket_accepted": _("%(number)s has been taken on", number=number),
        "ticket_waiting_requester": _("%(number)s: a question for you", number=number),
        "ticket_resolved": _("%(number)s is done; please check", number=number),
        "ticket_closed": _("%(number)s is finished", number=number),
        "ticket_answered": _("%(number)s: an answer for you", number=number),
        "ticket_progress": _("%(number)s: the technician has written about it", number=number),
        "ticket_rate": _("%(number)s: how was the work?", number=number),
        "ticket_news": _("%(number)s: news from the reporter", number=number),
        "ticket_assigned": _("%(number)s was given to you", number=number),
    }[kind]
