"""An answer by mail becomes a word on its ticket, as if it had been written on the private page."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.mail_in import queries
from helpdesk.tickets.models import Ticket, TicketFollower
from helpdesk.tickets.rules import intake, joining, notices, talk
from helpdesk.tickets.rules.intake import KeptPhoto
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit
from office.people.models import Person

REPORTER, FOLLOWER = "t", "f"
LONGEST_CHAIN = 20


def answer(reference: str, sender: str, words: str, photos: Sequence[KeptPhoto]) -> Ticket | None:
    """Put an answer where its reference leads; None where that is no more.

    Args:
        reference: ``t12`` for the reporter of ticket 12, ``f3`` for the third who joined one.
        sender: the bare address that it came from.
        words: what was written above the mail that is answered.
        photos: kept already.
    """
    kind, number = reference[:1], int(reference[1:])
    if kind == REPORTER:
        ticket = db.session.get(Ticket, number)
        if ticket is not None:
            as_reporter(ticket, sender, words, photos)
        return ticket and _end_of(ticket)
    follower = queries.follower(number) if kind == FOLLOWER else None
    if follower is None:
        return None
    return _as_follower(follower, words, photos)


def as_reporter(ticket: Ticket, sender: str, words: str, photos: Sequence[KeptPhoto]) -> None:
    """Write down an answer of the reporter; one that comes too late is kept all the same."""
    by = Viewer(ticket.reporter_id, ticket.reporter_name, language=ticket.language)
    if sender != _address_of(ticket):
        with speaking("th"):
            words = _("From %(address)s:", address=sender) + f"\n{words}"
    whole = _end_of(ticket)
    if whole is not ticket:
        # It stands with the one it was merged into, where its reporter is one of several.
        _keep_late(whole, words, photos, by, public=False)
    elif ticket.state in (State.CLOSED, State.CANCELLED):
        _keep_late(ticket, words, photos, by, public=True)
    else:
        talk.answer(ticket, words, by=by, photos=photos)


def addressee(reference: str) -> tuple[Ticket, str] | None:
    """Return the ticket a reference leads to, and the address its mails go to."""
    kind, number = reference[:1], int(reference[1:])
    if kind == REPORTER:
        ticket = db.session.get(Ticket, number)
        return (ticket, _address_of(ticket)) if ticket else None
    follower = queries.follower(number) if kind == FOLLOWER else None
    if follower is None:
        return None
    person = db.session.get(Person, follower.person_id) if follower.person_id else None
    address = person.email if person else follower.contact
    return follower.ticket, address.strip().lower() if "@" in address else ""


def _as_follower(follower: TicketFollower, words: str, photos: Sequence[KeptPhoto]) -> Ticket:
    by = Viewer(follower.person_id, follower.name, language=follower.language)
    if follower.ticket.is_open:
        joining.say(follower, words, by=by, photos=photos)
    else:
        _keep_late(follower.ticket, words, photos, by, public=False)
    return follower.ticket


def _keep_late(
    ticket: Ticket, words: str, photos: Sequence[KeptPhoto], by: Viewer, *, public: bool
) -> None:
    """Keep a word on a ticket that has ended; a “thank you” must not open it again."""
    entry = talk.write(ticket, "answered", by=by, role="reporter", body=words, public=public)
    db.session.flush()  # the photos point at the entry's id
    intake.keep_photos(ticket, photos, entry=entry)
    audit.record("answered", ticket, by=by)
    notices.tell_assignee(ticket, words, by=by)


def _end_of(ticket: Ticket) -> Ticket:
    """Return the ticket itself, or the one it was merged into."""
    for _step in range(LONGEST_CHAIN):
        if ticket.merged_into_id is None:
            break
        ticket = db.session.get_one(Ticket, ticket.merged_into_id)
    return ticket


def _address_of(ticket: Ticket) -> str:
    if ticket.reporter is not None:
        return ticket.reporter.email
    return ticket.reporter_email.lower()
