"""What was lent while an item is repaired: linked to the ticket, and asked back at its end."""

from __future__ import annotations

from sqlalchemy import select

from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset
from helpdesk.repairs.models import Replacement
from helpdesk.tickets.models import Ticket
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


def replace(ticket: Ticket, loan: Loan, *, by: Viewer) -> None:
    """Link the loan that stands in for what is being repaired.

    Refuses a ticket without an item, a loan that is over, and one that replaces something else.
    """
    if ticket.asset_id is None:
        raise Refusal(_("Only an item of the register is replaced; this ticket has none."))
    if not lent_things(loan.id):
        raise Refusal(_("Everything of that loan has come back already."), field="loan")
    kept = insert_or_skip(Replacement, ticket_id=ticket.id, loan_id=loan.id, at=clock.now())
    if not kept:
        raise Refusal(_("That loan replaces an item already."), field="loan")
    audit.record("replaced", ticket, by=by, after={"loan": loan.number})


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
    """Tell the technician that what was lent meanwhile is to be taken back; once for each end."""
    linked = select(Loan).join(Replacement, Replacement.loan_id == Loan.id)
    for loan in db.session.scalars(linked.where(Replacement.ticket_id == ticket.id)).all():
        things = lent_things(loan.id)
        person = db.session.get(Person, ticket.assignee_id or by.id or 0)
        if not things or person is None:
            continue
        with speaking(person.language):
            bookkeeping.send(
                kind="replacement_back",
                subject=_("Take the replacement back: %(loan)s", loan=loan.number),
                body=_(
                    "The repair %(number)s is done. Still lent in its place: %(things)s",
                    number=ticket.number,
                    things=", ".join(things),
                ),
                language=person.language,
                person_id=person.id,
                link=f"/tickets/{ticket.id}",
                dedupe_key=f"replacement_back:{loan.id}:{ticket.resolved_at}",
            )
