"""Checks of deadlines: what is due next follows from the two deadlines, heads come last."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.tickets.deadline_models import TicketEscalation
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import RUNNING
from kernel.i18n import lazy_gettext as _l


def next_deadlines() -> Iterator[str]:
    """Yield running tickets whose next deadline is none of their own two, or not the nearer one."""
    answered = Ticket.first_response_at.is_not(None)
    wrong = or_(
        and_(answered, Ticket.next_due_at != Ticket.resolution_due_at),
        and_(
            ~answered,
            or_(
                Ticket.next_due_at > Ticket.response_due_at,
                Ticket.next_due_at > Ticket.resolution_due_at,
            ),
        ),
    )
    return named("ticket", select(Ticket.id).where(Ticket.state.in_(RUNNING), wrong))


def steps_in_order() -> Iterator[str]:
    """Yield steps that told the head of a deadline of which no technician was told."""
    earlier = TicketEscalation.__table__.alias("earlier")
    told = exists().where(
        earlier.c.ticket_id == TicketEscalation.ticket_id,
        earlier.c.deadline == TicketEscalation.deadline,
        earlier.c.step == "technician",
    )
    query = select(TicketEscalation.id).where(TicketEscalation.step == "head", ~told)
    return named("ticket_escalation", query)


CHECKS = (
    Check(
        "next_deadlines",
        _l("What a ticket is due for next is the nearer of its two deadlines."),
        _l("Change its priority and back, which reckons both anew."),
        next_deadlines,
    ),
    Check(
        "steps_in_order",
        _l("No head was told of a deadline before the technician."),
        _l("Look at the messages of the ticket; remove the step with the administrator."),
        steps_in_order,
    ),
)
