"""Who may see and move tickets; the loaders that refuse.

Staff hold permissions within their units. A reporter needs none: the private link, or being the
person who reported, opens the own ticket and no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload

from assets.register.models import Asset
from helpdesk.tickets.models import Ticket, TicketFollower
from helpdesk.tickets.states import Action
from kernel.access import Permission, Scope, Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role
from office.places.models import Room

KEPT_STATEMENTS = 256

SEE = permission(
    "helpdesk:ticket:see",
    roles=(Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
REPORT_FOR = permission(
    "helpdesk:ticket:report_for", roles=(Role.TECHNICIAN, Role.COORDINATOR, Role.ADMIN)
)
REPORT_MANY = permission(
    "helpdesk:ticket:report_many", roles=(Role.TECHNICIAN, Role.COORDINATOR, Role.ADMIN)
)
FOLLOW = permission("helpdesk:ticket:follow", roles=EVERYONE)
TAKE = permission("helpdesk:ticket:take", roles=(Role.TECHNICIAN,))
ASSIGN = permission("helpdesk:ticket:assign", roles=(Role.TECHNICIAN, Role.ADMIN))
WORK = permission("helpdesk:ticket:work", roles=(Role.TECHNICIAN,))
COMMENT = permission("helpdesk:ticket:comment", roles=(Role.TECHNICIAN, Role.COORDINATOR))
NOTE = permission("helpdesk:ticket:note", roles=(Role.TECHNICIAN,))
PRIORITIZE = permission("helpdesk:ticket:prioritize", roles=(Role.TECHNICIAN,))
CLOSE = permission("helpdesk:ticket:close", roles=(Role.TECHNICIAN, Role.COORDINATOR))
REOPEN = permission("helpdesk:ticket:reopen", roles=(Role.TECHNICIAN, Role.COORDINATOR))
CANCEL = permission("helpdesk:ticket:cancel", roles=(Role.TECHNICIAN,))
MERGE = permission("helpdesk:ticket:merge", roles=(Role.TECHNICIAN,))

# Targets are promises of the office, so only who has the whole office changes them.
SET_TARGETS = permission("helpdesk:ticket:set_targets", roles=(Role.ADMIN,), office_wide=True)

# Contacts are for those who handle the ticket (R-PD2).
HANDLE = permission("helpdesk:contact:see", roles=(Role.TECHNICIAN, Role.COORDINATOR, Role.ADMIN))

STAFF_ACTS: Mapping[Action, Permission] = {
    Action.ACCEPT: TAKE,
    Action.START: WORK,
    Action.RESUME: WORK,
    Action.ASK_REQUESTER: WORK,
    Action.AWAIT_APPROVAL: WORK,
    Action.AWAIT_PARTS: WORK,
    Action.SEND_OUT: WORK,
    Action.RESOLVE: WORK,
    Action.CLOSE: CLOSE,
    Action.REOPEN: REOPEN,
    Action.CANCEL: CANCEL,
    Action.MERGE: MERGE,
}
# What the private link allows: "it works", "still broken", "not needed any more".
REPORTER_ACTS = frozenset({Action.CLOSE, Action.REOPEN, Action.CANCEL})


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the tickets that a viewer may see as staff."""
    return viewer.scope(SEE).clause(Ticket.unit_id)


def ticket_seen_by(viewer: Viewer, ticket_id: int) -> Ticket:
    """Return a ticket of the viewer's units, with its item, place and people.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    return _found(_seen_by(viewer.scope(SEE)), {"ticket_id": ticket_id})


def ticket_for(viewer: Viewer, ticket_id: int, right: Permission) -> Ticket:
    """Return a ticket that the viewer sees and may act on.

    Raises:
        NotFound: it lies outside what the viewer sees.
        NotAllowed: it is seen, but the act is not the viewer's.
    """
    ticket = ticket_seen_by(viewer, ticket_id)
    viewer.demand(right, ticket.unit_id)
    return ticket


def ticket_of_link(token: str) -> Ticket:
    """Return the ticket of a private link.

    Raises:
        NotFound: no ticket has this link.
    """
    return _found(_of_link(), {"token": token})


def follower_of_link(token: str) -> TicketFollower:
    """Return who joined a report, by their private link, with the report.

    Raises:
        NotFound: nobody has this link.
    """
    found = db.session.scalar(
        select(TicketFollower)
        .where(TicketFollower.token == token)
        .options(
            joinedload(TicketFollower.ticket).joinedload(Ticket.asset),
            joinedload(TicketFollower.ticket).joinedload(Ticket.unit),
            joinedload(TicketFollower.ticket).joinedload(Ticket.room),
        )
    )
    if found is None:
        raise NotFound(_("There is no such ticket, or it belongs to another school."))
    return found


def _found(query: Select[Ticket], asked: Mapping[str, object]) -> Ticket:
    found = db.session.scalar(query, asked)
    if found is None:
        raise NotFound(_("There is no such ticket, or it belongs to another school."))
    return found


# To find a new statement of this length among the compiled ones takes longer than to run it.
@lru_cache(KEPT_STATEMENTS)
def _seen_by(reach: Scope) -> Select[Ticket]:
    mine = (Ticket.id == bindparam("ticket_id"), reach.clause(Ticket.unit_id))
    return _whole().where(*mine)


@cache
def _of_link() -> Select[Ticket]:
    return _whole().where(Ticket.token == bindparam("token"))


def _whole() -> Select[Ticket]:
    """Return the query of a ticket with all that its page shows."""
    return select(Ticket).options(
        joinedload(Ticket.asset).joinedload(Asset.asset_class),
        joinedload(Ticket.asset).joinedload(Asset.room),
        joinedload(Ticket.unit),
        joinedload(Ticket.room).joinedload(Room.building),
        joinedload(Ticket.assignee),
        joinedload(Ticket.reporter),
    )
