"""What is told before money is spent: repairs so far against the book value, and disposal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from assets.disposals import queries as disposals
from assets.register import valuation
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Kind
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.pages import show_money


@dataclass(frozen=True)
class Worth:
    """What an item is worth today and what its repairs have cost so far, in baht.

    Attributes:
        spent: on all repairs of the item.
        net: the book value today; None where price, day or life is not known.
        cost: what was paid for it; None where it is not known.
        waits: it waits for disposal.
        case: the number of the open case of disposal; empty where there is none.
    """

    spent: Decimal
    net: Decimal | None
    cost: Decimal | None
    waits: bool
    case: str

    @property
    def is_dear(self) -> bool:
        """Repairs have cost more than the book value, and half of what the item cost.

        The second half keeps quiet about old items that stand in the books with 1 baht.
        """
        if self.net is None or self.cost is None:
            return False
        return self.spent > self.net and self.spent * 2 >= self.cost

    @property
    def sentence(self) -> str:
        """What it comes to, in the language spoken now; empty where nothing is known."""
        if self.net is None:
            if not self.spent:
                return ""
            return _("Repairs of this item have cost %(spent)s baht so far.", spent=self._spent)
        return _(
            "Repairs of this item have cost %(spent)s baht so far; its book value today is "
            "%(net)s baht.",
            spent=self._spent,
            net=show_money(self.net),
        )

    @property
    def _spent(self) -> str:
        return show_money(self.spent)

    @property
    def disposal(self) -> str:
        """That it waits for disposal, in the language spoken now; empty where it does not."""
        if self.case:
            return _("This item waits for disposal, case %(number)s.", number=self.case)
        return _("This item waits for disposal.") if self.waits else ""


def worth_of(ticket: Ticket, spent: Decimal | None = None) -> Worth | None:
    """Return what speaks for or against spending money on a ticket's item; None without an item.

    Args:
        spent: on all repairs of the item in baht, where it has been read already.
    """
    asset = ticket.asset
    if asset is None:
        return None
    known = valuation.of_item(asset, clock.today())
    waits = asset.lifecycle == Lifecycle.PENDING_DISPOSAL
    return Worth(
        spent=_spent_on(asset) if spent is None else spent,
        net=known.net if known else None,
        cost=known.cost if known else None,
        waits=waits,
        case=disposals.cases_of([asset.id]).get(asset.id, "") if waits else "",
    )


def _spent_on(asset: Asset) -> Decimal:
    query = select(func.sum(Ticket.repair_cost)).where(
        Ticket.asset_id == asset.id, Ticket.kind == Kind.REPAIR
    )
    return Decimal(db.session.scalar(query) or 0)
