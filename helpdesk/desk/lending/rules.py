"""The verbs of the desk: receive a scan, hand over, take back and report what is damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assets.labels.queries import room_scanned
from assets.loans import queries as loans
from assets.loans.models import Loan, LoanLine
from assets.loans.rules import baskets, lending, returning
from assets.loans.rules.lending import Piece, Terms
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome, PlaceKind
from helpdesk.desk.lending import queries
from helpdesk.repairs.rules import replacing
from helpdesk.tickets import queries as ticket_queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake, joining
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.people.models import Person


def receive(typed: str, *, by: Viewer) -> bool:
    """Take in one scan: a person sits down, an item goes on the list, or the desk says why not.

    Returns:
        whether it is settled; False where the officer has to pick among several.
    """
    found = queries.scanned(typed, by)
    if found.only_person is not None:
        return receive_person(found.only_person, by=by)
    if found.only_item is not None:
        return receive_item(found.only_item, by=by)
    if found:
        return False
    if found.stopped:
        sentence = found.stopped
    elif found.blank:
        sentence = _("This label belongs to no item yet.")
    elif room_scanned(typed) is not None:
        sentence = _("This is the label of a room. Scan the items themselves.")
    elif found.elsewhere:
        sentence = _("This item belongs to another school and cannot be lent here.")
    elif "://" in typed:
        sentence = _("This code is of another system. Scan the label of the office.")
    else:
        sentence = _(
            "Nothing is known as “%(typed)s”. Scan again or type a name.", typed=typed[:80]
        )
    baskets.say(baskets.open_basket(by), sentence, "stop")
    return True


def receive_person(person_id: int, *, by: Viewer) -> bool:
    """Let a person sit down as the borrower; a refusal is said at the desk."""
    person = db.session.get(Person, person_id)
    try:
        if person is None:
            raise NotFound(_("There is no such person."))
        baskets.seat(person, by=by)
    except Refusal as refusal:
        baskets.say(baskets.open_basket(by), refusal.message, "stop")
    return True


def receive_item(asset_id: int, *, by: Viewer) -> bool:
    """Put an item on the list; a refusal is said at the desk, a reported fault is a warning."""
    try:
        basket = baskets.put(asset_id, by=by)
    except Refusal as refusal:
        baskets.say(baskets.open_basket(by), refusal.message, "stop")
        return True
    ticket = ticket_queries.open_ticket_on(asset_id)
    if ticket is not None and basket.mode == baskets.LEND and basket.said_tone == "ok":
        sentence = _("A fault is reported on this item (%(number)s).", number=ticket.number)
        baskets.say(basket, f"{basket.said} {sentence}", "warn")
    return True


def lend(terms: Mapping[str, Any], due_on: date | None, *, by: Viewer) -> Loan:
    """Hand over what lies in the basket, and clear it; a ticket it stands in for is linked.

    Args:
        terms: ``purpose``, ``place_kind``, ``official``, ``approved_by_text``, ``note``.
        due_on: the day everything comes back.
        by: the officer.

    Refuses a basket without a person or items, a walk-in of another agency whose letter is not in
    the note, and whatever ``lending.lend`` refuses; the basket then stays as it is.
    """
    basket = loans.basket_of(by)
    lines = loans.basket_lines(by)
    if not lines:
        raise Refusal(_("Scan at least one item first."), field="code")
    if basket is None or basket.borrower is None:
        raise Refusal(_("Scan the card of the borrower, or type the name."), field="code")
    kept = any(line.request_line_id for line in lines)
    if terms["place_kind"] == PlaceKind.OTHER_AGENCY and not kept and not terms["note"].strip():
        raise Refusal(
            _("Please write the agency and the number of its letter into the note."), field="note"
        )
    pieces = [
        Piece(line.asset_id, ", ".join(baskets.parts(line.accessories)), line.override_why)
        for line in lines
    ]
    loan = lending.lend(basket.borrower, pieces, Terms(due_on=due_on, **terms), by=by)
    replacing.follow(loan, by=by)
    baskets.clear(by=by)
    return loan


def stand_in(ticket: Ticket, *, by: Viewer) -> None:
    """Let the next loan of the officer stand in for the ticket's item.

    On an empty counter the person served sits down, and the purpose is written already. Refuses
    what ``replacing.plan`` refuses.
    """
    replacing.plan(ticket, by=by)
    basket = baskets.open_basket(by)
    if basket.borrower is not None or loans.basket_lines(by):
        return
    item = ticket.asset.name if ticket.asset else ticket.subject
    told = _("In place of %(item)s while it is repaired", item=item)
    basket.purpose = f"{told} ({ticket.number})"[:500]
    if ticket.reporter_id is not None:
        receive_person(ticket.reporter_id, by=by)


def take_back(*, by: Viewer) -> list[LoanLine]:
    """Take back what lies in the basket as it was judged there, and clear it."""
    returns = [_return(line, by) for line in loans.basket_lines(by)]
    ended = take_back_and_report(returns, by=by)
    baskets.clear(by=by)
    return ended


def _return(line: Any, by: Viewer) -> Return:  # noqa: ANN401 - a basket line
    open_line = loans.open_line_of(line.asset_id)
    went_out = baskets.parts(open_line.accessories) if open_line else []
    missing = [part for part in went_out if part not in baskets.parts(line.accessories)]
    outcome, note = Outcome(line.outcome), line.note
    if missing and outcome != Outcome.LOST:
        with speaking(by.language):
            said = _("Missing: %(parts)s", parts=", ".join(missing))
        note = f"{said}. {note}".strip(". ") if note else said
        outcome = Outcome.INCOMPLETE if outcome == Outcome.GOOD else outcome
    note = note[: baskets.NOTE_LENGTH]
    return Return(line.asset_id, outcome, note, line.photo_key, line.thumbnail_key)


def take_back_and_report(returns: Sequence[Return], *, by: Viewer) -> list[LoanLine]:
    """Take items back and open a ticket for each damaged one, in the same unit of work.

    A fault that is open on the item already gets the desk's word added instead of a second ticket.
    Refuses whatever ``returning.take_back`` refuses; then nothing is taken back or reported.
    """
    ended = returning.take_back(returns, by=by)
    for line in ended:
        if line.condition_in == Outcome.DAMAGED:
            _report(line, by)
    return ended


def _report(line: LoanLine, by: Viewer) -> None:
    with speaking(by.language):
        came_back = _("Came back damaged from loan %(number)s.", number=line.loan.number)
    detail = f"{line.note}\n{came_back}" if line.note else came_back
    fields = intake.Report(asset=line.asset, detail=detail, source="return")
    known = ticket_queries.open_ticket_on(line.asset_id)
    if known is None:
        intake.report(fields, by=by)
    else:
        joining.join(known, fields, by=by)
