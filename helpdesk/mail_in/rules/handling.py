"""What is made of a mail: an answer on a ticket, a new ticket, or nothing, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpdesk.mail_in import queries, sorting
from helpdesk.mail_in.files import Brought, KeptFile
from helpdesk.mail_in.models import IncomingMail, MailFile
from helpdesk.mail_in.queries import Sender
from helpdesk.mail_in.reading import Mail, own_words
from helpdesk.mail_in.rules import answering
from helpdesk.mail_in.states import MAILS, Action, State
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake, notices, talk
from helpdesk.tickets.states import Category
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import TooMany
from kernel.i18n import gettext as _
from kernel.i18n import mark, speaking
from kernel.reply_codes import references_in
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.notifications.rules import bounces

HOUR, REFUSALS_AN_HOUR = 3600, 60
SERVICE = Viewer(name="timetable")
NUMBER = re.compile(r"\N{THAI CHARACTER SO SO}\.\d{1,9}/\d{4}")
WHERE_CODES_STAND = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "subject")


@dataclass(frozen=True)
class Ways:
    """What handling needs to know of the service: its addresses, secret and limits."""

    own: frozenset[str]
    host: str
    secret: str
    per_sender: int
    megabytes: int
    language: str


def handle(row: IncomingMail, mail: Mail, brought: Brought, ways: Ways) -> None:
    """Make of a mail what it is; nothing is ever made of it twice, because its state says so.

    Answers go to people only, never to machines, and a refusal once a day to each address.
    """
    row.attempts += 1
    kind = sorting.machine(mail, ways.own, ways.host)
    if kind == State.BOUNCE:
        _note_bounce(mail, ways)
    if kind is not None:
        _end(row, kind)
    elif not mail.sender:
        _end(row, State.BROKEN, _said(mark("The mail names no sender.")))
    elif not row.whole:
        _end(row, State.TOO_LARGE)
        _refuse(row, ways, "mail_too_large")
    elif _too_many(row, ways):
        _end(row, State.TOO_MANY)
    else:
        _from_a_person(row, mail, brought, ways)


def take(row: IncomingMail, mail: Mail, brought: Brought, unit_id: int, *, by: Viewer) -> Ticket:
    """Make a ticket of a mail whose sender nobody knew; an administrator vouches for it.

    Refuses a mail of which something was made already.
    """
    MAILS.target(row.state, Action.TAKE)
    named = mail.sender_name or mail.sender
    ticket = _report(row, mail, brought, Sender(None, unit_id, named))
    audit.record("took", row, by=by, after={"ticket": ticket.number})
    return ticket


def read_again(row: IncomingMail, *, by: Viewer) -> None:
    """Put a mail back among those that are not read yet.

    Refuses one of which something was made.
    """
    before = row.state
    row.state = MAILS.target(before, Action.READ_AGAIN)
    row.note = ""
    audit.record("put_back", row, by=by, before={"state": before}, after={"state": row.state})


def ignore(row: IncomingMail, *, by: Viewer) -> None:
    """Lay a mail aside for good; it stays kept.

    Refuses one of which something was made.
    """
    before = row.state
    row.state = MAILS.target(before, Action.IGNORE)
    audit.record("ignored", row, by=by, before={"state": before}, after={"state": row.state})


def give_up(row: IncomingMail, why: str) -> None:
    """Write down that a mail could not be read; a person looks at it."""
    row.attempts += 1
    _end(row, State.BROKEN, why)


def _from_a_person(row: IncomingMail, mail: Mail, brought: Brought, ways: Ways) -> None:
    sender = queries.sender_of(mail.sender)
    for reference in _references(mail, ways):
        ticket = answering.answer(reference, mail.sender, _words(mail, brought), brought.photos)
        if ticket is not None:
            _made(row, State.REPLY, ticket, brought.files)
            return
    if sender is None:
        _end(row, State.UNKNOWN)
        _refuse(row, ways, "mail_unknown_sender")
        return
    number = NUMBER.search(thai.arabic_digits(mail.subject))
    known = queries.ticket_numbered(number[0], sender, mail.sender) if number else None
    if known is not None:
        answering.as_reporter(known, mail.sender, _words(mail, brought), brought.photos)
        _made(row, State.REPLY, known, brought.files)
        return
    _report(row, mail, brought, sender)


def _references(mail: Mail, ways: Ways) -> list[str]:
    """Return what a mail answers to: codes in its addresses and subject, then in its references."""
    said = " ".join(one for name in WHERE_CODES_STAND for one in mail.headers.get(name, ()))
    later = " ".join([*mail.headers.get("in-reply-to", ()), *mail.headers.get("references", ())])
    return references_in(f"{said} {later}"[:20_000], ways.secret)


def _report(row: IncomingMail, mail: Mail, brought: Brought, sender: Sender) -> Ticket:
    person = sender.person
    detail = "\n".join(part for part in (mail.subject, mail.text) if part)[:8000]
    if not detail:
        detail = _said(mark("An e-mail without words"))
    by = Viewer(person.id, person.name_th, language=person.language) if person else SERVICE
    ticket = intake.report(
        intake.Report(
            unit_id=sender.unit_id,
            category=Category.OTHER,
            detail=detail,
            reporter_name=sender.name,
            reporter_contact=mail.sender,
            source="mail",
        ),
        by=by,
        photos=brought.photos,
    )
    db.session.flush()  # the mail and its files name the ticket
    _made(row, State.TICKET, ticket, brought.files)
    # The acknowledgement carries the private link; whoever forged a sender does not get it.
    notices.tell_taken_in(ticket, by=SERVICE)
    return ticket


def _made(row: IncomingMail, state: State, ticket: Ticket, files: Sequence[KeptFile]) -> None:
    row.state, row.ticket_id, row.note = state, ticket.id, ""
    db.session.add_all(
        MailFile(
            mail_id=row.id,
            ticket_id=ticket.id,
            name=file.name,
            media=file.media,
            size=file.size,
            file_key=file.key,
            remark=file.remark,
        )
        for file in files
    )


def _words(mail: Mail, brought: Brought) -> str:
    words = own_words(mail.text)[:8000]
    if not words and not brought.photos:
        return _said(mark("An e-mail without words"))
    return words


def _end(row: IncomingMail, state: State, note: str = "") -> None:
    row.state, row.note = state, note[:500]


def _too_many(row: IncomingMail, ways: Ways) -> bool:
    try:
        bookkeeping.count_try(
            f"mail_in:{row.sender}", most=ways.per_sender, seconds=HOUR, sentence=""
        )
    except TooMany:
        return True
    return False


def _refuse(row: IncomingMail, ways: Ways, kind: str) -> None:
    """Tell a sender politely that nothing was made of the mail: once a day, and few in all."""
    try:
        bookkeeping.count_try("mail_in:refusals", most=REFUSALS_AN_HOUR, seconds=HOUR, sentence="")
    except TooMany:
        return
    with speaking(ways.language):
        subject, body = {
            "mail_too_large": (
                _("Your e-mail was too large"),
                _(
                    "Your e-mail “%(subject)s” is larger than %(most)s MB, so the service desk did "
                    "not take it. Please send it again with smaller photos, or report it on our "
                    "page and add the photos there.",
                    subject=row.subject,
                    most=ways.megabytes,
                ),
            ),
            "mail_unknown_sender": (
                _("We do not know this e-mail address yet"),
                _(
                    "Your e-mail “%(subject)s” has arrived, but the service desk does not know "
                    "your address, so somebody has to look at it first. It is quicker to report "
                    "it on our page.",
                    subject=row.subject,
                ),
            ),
        }[kind]
        bookkeeping.send(
            kind=kind,
            subject=subject,
            body=body,
            language=ways.language,
            address=row.sender,
            link="/report",
            dedupe_key=f"mail_in:{kind}:{clock.today():%Y%m%d}:{row.sender}"[:120],
        )


def _note_bounce(mail: Mail, ways: Ways) -> None:
    """Let the office see on the ticket that a message to its reporter came back.

    Only a true code in what came back proves that it was ours; anything else is just kept.
    """
    later = " ".join(one for name in WHERE_CODES_STAND for one in mail.headers.get(name, ()))
    for reference in references_in(f"{mail.inner} {later}", ways.secret)[:1]:
        found = answering.addressee(reference)
        if found is None:
            continue
        ticket, address = found
        if address and sorting.came_back_for_good(mail):
            bounces.note(address, mail.subject)
        words = _said(
            mark("A message to the reporter came back: %(subject)s"), subject=mail.subject
        )
        talk.write(ticket, "noted", by=SERVICE, role="system", body=words, public=False)


def _said(sentence: str, **values: object) -> str:
    """Return a sentence that is kept, in Thai as the office reads it."""
    with speaking("th"):
        return _(sentence, **values)
