"""What a ticket costs: parts, labour, services, repairs outside; struck out, never removed.

The sum stands on the ticket as ``repair_cost`` and moves with every cost in the same unit of work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from helpdesk.repairs.models import Cost
from helpdesk.repairs.rules import cover
from helpdesk.repairs.states import COSTS, CostKind
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import talk
from helpdesk.tickets.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_BAHT = Decimal("9999999.99")


@dataclass(frozen=True)
class Spent:
    """Money that was paid.

    Attributes:
        amount: baht, above zero.
        on_day: the day on the receipt.
        cover_why: why it was paid although a warranty holds (R-R6).
        outside_id: of the repair outside it is for.
    """

    kind: CostKind
    what: str
    amount: Decimal
    on_day: date
    receipt_no: str = ""
    vendor_id: int | None = None
    cover_why: str = ""
    outside_id: int | None = None


def spend(ticket: Ticket, spent: Spent, *, by: Viewer) -> Cost:
    """Write down what was paid.

    Refuses no amount or one above 9,999,999.99 baht, a day that has not come, a cancelled ticket,
    and money for what is under warranty, without a reason (R-R6).
    """
    if ticket.state == State.CANCELLED:
        raise Refusal(_("This ticket was cancelled."))
    if not spent.what.strip():
        raise Refusal(_("Please write what it was paid for."), field="what")
    if not 0 < spent.amount <= MOST_BAHT:
        raise Refusal(_("An amount is more than 0 and at most 9,999,999.99 baht."), field="amount")
    if spent.on_day > clock.today():
        raise Refusal(_("This day has not come yet."), field="on_day")
    why = cover.check(ticket, spent.cover_why)
    cost = Cost(
        ticket_id=ticket.id,
        kind=spent.kind,
        what=spent.what.strip()[:200],
        amount=spent.amount,
        receipt_no=spent.receipt_no.strip()[:60],
        on_day=spent.on_day,
        vendor_id=spent.vendor_id,
        outside_id=spent.outside_id,
        cover_why=why,
    )
    return charge(ticket, cost, by=by)


def charge(ticket: Ticket, cost: Cost, *, by: Viewer) -> Cost:
    """Put a cost that was checked on the ticket, with its sum, its story and the trail."""
    _add(ticket, cost.amount)
    cost.at, cost.by_id, cost.by_name = clock.now(), by.id, by.name[:200]
    db.session.add(cost)
    told = {"amount": str(cost.amount), "kind": str(cost.kind)}
    talk.write(ticket, "spent", by=by, role="technician", public=False, body=cost.what, detail=told)
    audit.record("spent", cost, by=by, after={**told, "why": cost.cover_why, "ticket": ticket.id})
    return cost


def strike(ticket: Ticket, cost: Cost, why: str, *, by: Viewer) -> None:
    """Strike out a cost that was written down by mistake; it stays readable, with the reason.

    Refuses one that was struck out already, one without a reason, and a part that came from the
    stock: that is given back to the store.
    """
    if cost.struck_at is not None:
        raise Refusal(_("This was struck out already."))
    if cost.stock_line_id is not None:
        raise Refusal(_("A part from the store is given back, not struck out."))
    if not why.strip():
        raise Refusal(_("Please write why it is struck out."), field="why")
    take_off(ticket, cost, why, by=by)


def take_off(ticket: Ticket, cost: Cost, why: str, *, by: Viewer) -> None:
    """Take a cost off the sum of its ticket."""
    cost.struck_at, cost.struck_why = clock.now(), why.strip()[:300]
    _add(ticket, -cost.amount)
    told = {"amount": str(cost.amount), "why": cost.struck_why}
    talk.write(
        ticket, "struck", by=by, role="technician", public=False, body=cost.what, detail=told
    )
    audit.record("struck_out", cost, by=by, before={"amount": cost.amount}, after=told)


def resolved_with(ticket: Ticket, amount: Decimal, cover_why: str, by: Viewer) -> None:
    """Write down the amount that was typed when the ticket was resolved."""
    what = str(COSTS[CostKind.OTHER])
    spend(ticket, Spent(CostKind.OTHER, what, amount, clock.today(), cover_why=cover_why), by=by)


def _add(ticket: Ticket, amount: Decimal) -> None:
    db.session.flush()  # what was changed on the ticket in this unit of work is not read over
    # Who writes at the same time waits here: the sum takes both.
    db.session.execute(select(Ticket.id).where(Ticket.id == ticket.id).with_for_update())
    db.session.refresh(ticket, ["repair_cost", "version"])
    ticket.repair_cost = (ticket.repair_cost or Decimal(0)) + amount
