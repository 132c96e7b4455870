"""What a number typed at a bin stands for: a repair that goes on, or an approved request."""

from __future__ import annotations

from decimal import Decimal

from flask import url_for
from sqlalchemy import select

from assets.stock import slots
from assets.stock.ledger_models import StockSlip, StockSlipLine
from assets.stock.models import StockItem, Store
from assets.stock.slots import Purpose
from helpdesk.repairs.rules import parts
from helpdesk.requests import access as requesting
from helpdesk.requests import materials
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.states import State
from helpdesk.tickets import access as repairing
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import OPEN
from kernel import thai
from kernel.access import Viewer
from kernel.db import db


def fill() -> None:
    """Let the store understand the numbers of repairs and requests."""
    slots.fill("repairs", repair)
    slots.fill("requests", request)


def repair(number: str, viewer: Viewer) -> Purpose | None:
    """Return the open ticket of a number; parts taken for it become its cost.

    None where there is none, where it is closed, and where the viewer does not see it.
    """
    found = db.session.scalar(
        select(Ticket).where(
            Ticket.number == _typed(number), Ticket.state.in_(OPEN), repairing.visible(viewer)
        )
    )
    if found is None:
        return None
    ticket = found

    def take(store: Store, item: StockItem, quantity: Decimal, by: Viewer) -> StockSlip:
        by.demand(repairing.WORK, ticket.unit_id)
        cost = parts.take(ticket, store, item, quantity, "", by=by)[0]
        return db.session.get_one(StockSlipLine, cost.stock_line_id).slip

    return Purpose(ticket.number, url_for("tickets.show", ticket_id=ticket.id), take)


def request(number: str, viewer: Viewer) -> Purpose | None:
    """Return the approved request for materials of a number; its own page hands them out."""
    found = db.session.scalar(
        select(ServiceRequest).where(
            ServiceRequest.number == _typed(number),
            ServiceRequest.state == State.APPROVED,
            ServiceRequest.kind == materials.KEY,
            requesting.visible(viewer),
        )
    )
    if found is None:
        return None
    return Purpose(found.number or "", url_for("requests.issue", request_id=found.id))


def _typed(number: str) -> str:
    return thai.arabic_digits(thai.normalize(number)).replace(" ", "")
