"""What was lent while an item is repaired: linked to the ticket, and asked back at its end.

From the ticket an officer goes to the lending desk; until the next hand-over it is kept which
ticket that loan is for, and the desk links it by itself.
"""

from __future__ import annotations

from sqlalchemy import delete, select

from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset
from helpdesk.repairs import access
from helpdesk.repairs.models import Replacement, ReplacementPlan
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import OPEN
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.rules import insert_or_skip
from office.people.models import Person


def plan(ticket: Ticket, *, by: Viewer) -> None:
    """Keep that the next loan of this officer stands in for the ticket's item.

    Refuses a ticket without an item, and one that has ended.
    """
    _check_item(ticket)
    if not ticket.is_open:
        raise Refusal(_("This repair has ended; nothing is lent in its place any more."))
    forget(by=by)
    insert_or_skip(ReplacementPlan, officer_id=by.id, ticket_id=ticket.id, at=clock.now())


def forget(*, by: Viewer) -> None:
    """Let the next loan of an officer stand in for nothing."""
    db.session.execute(delete(ReplacementPlan).where(ReplacementPlan.officer_id == by.id))


def drop(ticket: Ticket) -> None:
    """Let no loan to come stand in for what a ticket is about; it has ended."""
    db.session.execute(delete(ReplacementPlan).where(ReplacementPlan.ticket_id == ticket.id))


def planned(by: Viewer) -> Ticket | None:
    """Return the open ticket that the officer's next loan is for."""
    return db.session.scalar(
        select(Ticket)
        .join(ReplacementPlan, ReplacementPlan.ticket_id == Ticket.id)
        .where(ReplacementPlan.officer_id == by.id, tickets.visible(by))
        .where(by.scope(access.KEEP).clause(Ticket.unit_id), Ticket.state.in_(OPEN))
    )


def follow(loan: Loan, *, by: Viewer) -> None:
    """Link a loan that was just handed over to the ticket it was meant for, where there is one."""
    ticket = planned(by)
    if ticket is not None:
        replace(ticket, loan, by=by)
    forget(by=by)


def ticket_of(loan_id: int) -> Ticket | None:
    """Return the ticket that a loan stands in for."""
    link = select(Replacement.ticket_id).where(Replacement.loan_id == loan_id)
    return db.session.scalar(select(Ticket).where(Ticket.id.in_(link)))


def take_up(loan: Loan, *, by: Viewer) -> None:
    """After a hand-over was undone, let the next one be for the same ticket again."""
    ticket = ticket_of(loan.id)
    if ticket is None:
        return
    db.session.execute(delete(Replacement).where(Replacement.loan_id == loan.id))
    audit.record("unlinked", ticket, by=by, before={"loan": loan.number})
    if ticket.is_open:
        plan(ticket, by=by)


def replace(ticket: Ticket, loan: Loan, *, by: Viewer) -> None:
    """Link the loan that stands in for what is being repaired.

    Refuses a ticket without an item, a loan that is over, and one that replaces something else.
    """
    _check_item(ticket)
    if not lent_things(loan.id):
        raise Refusal(_("Everything of that loan has come back already."), field="loan")
    kept = insert_or_skip(Replacement, ticket_id=ticket.id, loan_id=loan.id, at=clock.now())
    if not kept:
        raise Refusal(_("That loan replaces an item already."), field="loan")
    audit.record("replaced", ticket, by=by, after={"loan": loan.number})


def _check_item(ticket: Ticket) -> None:
    if ticket.asset_id is None:
        raise Refusal(_("Only an item of the register is replaced; this ticket has none."))


def lent_things(loan_id: int) -> list[str]:
    """Return the names of what is still out on a loan."""
    out = (
        select(Asset.name)
        .join(LoanLine, LoanLine.asset_id == Asset.id)
        .where(LoanLine.loan_id == loan_id, LoanLine.state == LineState.OUT)
        .order_by(LoanLine.id)
    )
    return list(db.session.scalars(out))


def remind(ticket: Ticket, by: Viewer) -> None:
    """Ask the borrower for what was lent meanwhile, and tell the technician; once for each end."""
    linked = select(Loan).join(Replacement, Replacement.loan_id == Loan.id)
    for loan in db.session.scalars(linked.where(Replacement.ticket_id == ticket.id)).all():
        things = ", ".join(lent_things(loan.id))
        if not things:
            continue
        end = ticket.resolved_at or ticket.closed_at
        _ask_back(loan, ticket, things, f"replacement_asked:{loan.id}:{end}")
        person = db.session.get(Person, ticket.assignee_id or by.id or 0)
        if person is not None and person.id != loan.borrower_id:
            _tell(person, loan, ticket, things, f"replacement_back:{loan.id}:{end}")


def _ask_back(loan: Loan, ticket: Ticket, things: str, key: str) -> None:
    person = loan.borrower
    with speaking(person.language):
        bookkeeping.send(
            kind="loan_replacement_asked",
            subject=_("Please bring the replacement back: %(things)s", things=things)[:200],
            body=_(
                "The repair %(number)s is done. Please bring back what you were lent in its "
                "place: %(things)s (loan %(loan)s).",
                number=ticket.number,
                things=things,
                loan=loan.number,
            ),
            language=person.language,
            person_id=person.id,
            link="/loans/mine",
            dedupe_key=key,
        )


def _tell(person: Person, loan: Loan, ticket: Ticket, things: str, key: str) -> None:
    with speaking(person.language):
        bookkeeping.send(
            kind="ticket_replacement_back",
            subject=_("Take the replacement back: %(loan)s", loan=loan.number),
            body=_(
                "The repair %(number)s is done. Still lent in its place: %(things)s",
                number=ticket.number,
                things=things,
            ),
            language=person.language,
            person_id=person.id,
            link=f"/tickets/{ticket.id}",
            dedupe_key=key,
        )
