"""The list of what runs short becomes the draft of a purchase."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from assets.stock.models import StockItem
from assets.stock.queries import balances as stock
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import drafting
from helpdesk.purchases.rules.drafting import MOST_LINES, Draft, LineDraft
from helpdesk.purchases.states import Into, Kind
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking


def from_shortages(store_id: int | None, *, by: Viewer) -> Purchase:
    """Begin a purchase of everything that is below its minimum, filled up to the target.

    Args:
        store_id: of one store, or None for all stores the viewer sees.
        by: who asks; an item short in several stores is one line.

    Refuses where nothing is short.
    """
    wanted: dict[StockItem, Decimal] = defaultdict(Decimal)
    prices: dict[StockItem, Decimal] = {}
    for one in stock.shortages(by, store_id):
        wanted[one.balance.item] += one.wanted
        if one.unit_price is not None:
            prices[one.balance.item] = one.unit_price
    lines = [
        LineDraft(
            what=item.name_th,
            goes_into=Into.STOCK,
            quantity=quantity,
            unit_word=item.unit_th,
            unit_price=prices.get(item, Decimal(0)),
            market_price=prices.get(item),
            item_id=item.id,
        )
        for item, quantity in wanted.items()
        if quantity > 0
    ]
    if not lines:
        raise Refusal(_("Nothing is below its minimum."))
    with speaking("th"):
        draft = Draft(
            kind=Kind.GOODS,
            title=_("Materials for the store"),
            reason=_("These materials are below the minimum of the store."),
            lines=tuple(lines[:MOST_LINES]),
        )
    return drafting.begin(draft, by=by)
