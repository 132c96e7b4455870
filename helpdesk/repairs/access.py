"""Who may write down work, send things out, and keep checklists; the loaders that refuse.

Whoever sees a ticket reads what was done to it. Tickets are loaded by ``helpdesk.tickets.access``.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.repairs.checklist_models import Checklist, TicketStep
from helpdesk.repairs.models import Cost, OutsideRepair, SavedReply, Spell
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

SEE = tickets.SEE
KEEP = permission("helpdesk:repair:keep", roles=(Role.TECHNICIAN,))
SEND = permission("helpdesk:outside_repair:send", roles=(Role.TECHNICIAN,))
SIGN = permission("helpdesk:repair:sign", roles=(Role.TECHNICIAN, Role.COORDINATOR))
SPLIT = permission("helpdesk:ticket:split", roles=(Role.TECHNICIAN,))
REPLY = permission("helpdesk:saved_reply:use", roles=(Role.TECHNICIAN, Role.COORDINATOR))
SET_UP = permission("helpdesk:checklist:set_up", roles=(Role.TECHNICIAN, Role.ADMIN))


def spell_of(ticket: Ticket, spell_id: int) -> Spell:
    """Return a stretch of time of this ticket.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Spell, spell_id)
    if found is None or found.ticket_id != ticket.id:
        raise NotFound(_("There is no such entry."))
    return found


def cost_of(ticket: Ticket, cost_id: int) -> Cost:
    """Return a cost of this ticket.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Cost, cost_id)
    if found is None or found.ticket_id != ticket.id:
        raise NotFound(_("There is no such entry."))
    return found


def step_of(ticket: Ticket, step_id: int) -> TicketStep:
    """Return a step of a checklist of this ticket.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(TicketStep, step_id)
    if found is None or found.ticket_id != ticket.id:
        raise NotFound(_("There is no such entry."))
    return found


def outside_of(ticket: Ticket, outside_id: int) -> OutsideRepair:
    """Return a repair outside the office of this ticket, with its vendor.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(OutsideRepair)
        .where(OutsideRepair.id == outside_id, OutsideRepair.ticket_id == ticket.id)
        .options(joinedload(OutsideRepair.vendor))
    )
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found


def checklist_known(checklist_id: int) -> Checklist:
    """Return a checklist of the office.

    Raises:
        NotFound: there is none with this id.
    """
    found = db.session.get(Checklist, checklist_id)
    if found is None:
        raise NotFound(_("There is no such checklist."))
    return found


def open_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the saved replies that a viewer may use: shared or own."""
    mine = or_(SavedReply.owner_id.is_(None), SavedReply.owner_id == viewer.id)
    return mine & SavedReply.retired_at.is_(None)


def reply_for(viewer: Viewer, reply_id: int) -> SavedReply:
    """Return a saved reply that the viewer may use and change.

    Raises:
        NotFound: there is none, or it is somebody else's own.
    """
    found = db.session.scalar(select(SavedReply).where(SavedReply.id == reply_id, open_to(viewer)))
    if found is None:
        raise NotFound(_("There is no such saved reply."))
    return found
