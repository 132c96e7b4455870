"""Parts out of a store: the store's ledger counts them, the ticket gets their cost."""

from __future__ import annotations

from decimal import Decimal

from assets.stock.asked import Line
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.rules import issuing
from helpdesk.repairs.models import Cost
from helpdesk.repairs.rules import costs, cover
from helpdesk.repairs.states import CostKind
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking


def take(
    ticket: Ticket, store: Store, item: StockItem, quantity: Decimal, cover_why: str, *, by: Viewer
) -> list[Cost]:
    """Take parts for a repair out of a store; what they are worth becomes a cost.

    Args:
        quantity: in the base unit of the item.
        cover_why: why parts are used although a warranty holds (R-R6).

    Refuses a finished ticket, what is under warranty without a reason, and what the store refuses:
    more than there is, another unit's store.
    """
    if not ticket.is_open:
        raise Refusal(_("This ticket is finished; reopen it first."))
    why = cover.check(ticket, cover_why)
    with speaking("th"):
        slip = issuing.issue_to_ticket(
            store, [Line(item, quantity)], ticket_id=ticket.id, number=ticket.number, by=by
        )
    return _charged(ticket, slip, Decimal(1), why, by)


def give_back(
    ticket: Ticket, cost: Cost, quantity: Decimal, reason: str, *, by: Viewer
) -> list[Cost]:
    """Give back parts that the repair did not need; their cost comes off the ticket.

    Refuses what did not come from a store, a blank reason, and more than was taken.
    """
    line = cost.stock_line
    if line is None or cost.amount < 0:
        raise Refusal(_("This did not come from a store."))
    slip = issuing.return_from_ticket(
        line.slip.store,
        [Line(line.item, quantity)],
        ticket_id=ticket.id,
        number=ticket.number,
        reason=reason,
        by=by,
    )
    return _charged(ticket, slip, Decimal(-1), "", by)


def _charged(
    ticket: Ticket, slip: StockSlip, sign: Decimal, cover_why: str, by: Viewer
) -> list[Cost]:
    made = []
    for line in slip.lines:
        what = f"{line.item.name_th} × {line.done.normalize():f}"
        with speaking("th"):
            what = what if sign > 0 else _("Given back: %(what)s", what=what)
        cost = Cost(
            ticket_id=ticket.id,
            kind=CostKind.PART,
            what=what[:200],
            amount=sign * line.value,
            receipt_no=slip.number,
            on_day=clock.today(),
            stock_line_id=line.id,
            cover_why=cover_why,
        )
        made.append(costs.charge(ticket, cost, by=by))
    return made
