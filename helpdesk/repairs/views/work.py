"""The page of the work on a ticket: time, costs, repairs outside, steps, tickets around it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from assets.loans import access as loans
from assets.stock import access as stock
from helpdesk.repairs import access, limits, queries
from helpdesk.repairs.rules import cover, times, worth
from helpdesk.repairs.states import AWAY, COSTS, OUTSIDE
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import TICKET, State
from kernel.access import permit, viewer
from kernel.forms import new_key
from office.approvals import queries as approvals


@blueprint.get("/tickets/<int:ticket_id>/work")
@permit(access.SEE)
def work_page(ticket_id: int) -> ResponseReturnValue:
    """Show the work on a ticket."""
    me = viewer()
    ticket = tickets.ticket_seen_by(me, ticket_id)
    spells = queries.spells(ticket.id)
    outside = queries.outside_repairs(ticket.id)
    away = next((one for one in outside if one.state in AWAY), None)
    standing = approvals.standings([away.approval_id]) if away and away.approval_id else {}
    mine = next((one for one in spells if one.person_id == me.id and one.minutes is None), None)
    return render_template(
        "helpdesk/repairs/work.html",
        ticket=ticket,
        spells=spells,
        minutes=sum(one.minutes or 0 for one in spells),
        timer=mine,
        forgotten=mine is not None and times.is_forgotten(mine),
        costs=queries.costs(ticket.id),
        kinds=COSTS,
        outside=outside,
        away=away,
        standing=standing.get(away.approval_id) if away and away.approval_id else None,
        faces=OUTSIDE.faces,
        steps=queries.steps(ticket.id),
        relatives=queries.relatives(ticket),
        states=TICKET.faces,
        signature=queries.signature(ticket.id),
        lent=queries.replacements(ticket.id),
        cover=cover.cover_of(ticket) if ticket.is_open else None,
        worth=worth.worth_of(ticket),
        button_key=new_key(),
        limit=limits.approval_baht(),
        me_id=me.id,
        **_rights(ticket, away is not None),
    )


def _rights(ticket: Ticket, is_away: bool) -> dict[str, Any]:  # noqa: FBT001 - a fact of the ticket
    me, unit = viewer(), ticket.unit_id
    keeps = me.may(access.KEEP, unit)
    alive = ticket.state != State.CANCELLED
    sends = me.may(access.SEND, unit) and ticket.is_open and ticket.state != State.NEW
    return {
        "may_keep": keeps and alive,
        "may_time": keeps and ticket.is_open,
        "may_take_parts": keeps and ticket.is_open and me.may(stock.TAKE),
        "may_send": sends and not is_away and ticket.asset is not None,
        "may_treat": me.may(access.SEND, unit),
        "may_lend": keeps and ticket.is_open and me.may(loans.LEND),
        "may_sign": me.may(access.SIGN, unit) and ticket.state in (State.RESOLVED, State.CLOSED),
        "may_merge": ticket.is_open and me.may(tickets.MERGE, unit),
        "total": ticket.repair_cost or Decimal(0),
    }
