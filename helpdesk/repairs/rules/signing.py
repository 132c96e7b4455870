"""The word of the person served that the work is done: it closes a resolved ticket (R-R5)."""

from __future__ import annotations

from helpdesk.repairs.models import Signature
from helpdesk.repairs.states import Way
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import talk, work
from helpdesk.tickets.states import TICKET, Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person


def sign(ticket: Ticket, name: str, file_key: str, *, by: Viewer) -> Signature:
    """Keep what the person served drew on the screen.

    Args:
        name: who signed, as they say it.
        file_key: of the drawing in the file store.
        by: before whom it was drawn.

    Refuses a ticket that is not resolved, and a signature without a name.
    """
    if not name.strip():
        raise Refusal(_("Please write who signs."), field="name")
    made = Signature(ticket_id=ticket.id, way=Way.DRAWN, name=name.strip()[:120], file_key=file_key)
    return _keep(ticket, made, by)


def sign_by_card(ticket: Ticket, person: Person, *, by: Viewer) -> Signature:
    """Keep that the person served showed the own card.

    Refuses a ticket that is not resolved, and the card of the technician who did the work.
    """
    if person.id in (by.id, ticket.assignee_id):
        raise Refusal(_("The person served signs, not who did the work."), field="code")
    made = Signature(
        ticket_id=ticket.id, way=Way.CARD, name=person.name_th[:120], person_id=person.id
    )
    return _keep(ticket, made, by)


def _keep(ticket: Ticket, made: Signature, by: Viewer) -> Signature:
    if ticket.state not in (State.RESOLVED, State.CLOSED):
        raise Refusal(_("Resolve the ticket first; then the person served signs."))
    made.at, made.by_id = clock.now(), by.id
    db.session.add(made)
    told = {"name": made.name, "way": str(made.way)}
    talk.write(ticket, "signed", by=by, role="technician", detail=told)
    audit.record("signed", ticket, by=by, after={"name": made.name, "drawing": made.file_key})
    if TICKET.allows(ticket.state, Action.CLOSE):
        work.close(ticket, by=by)
    return made
