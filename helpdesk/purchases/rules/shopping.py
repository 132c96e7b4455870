"""What runs short, or what a specification describes, becomes the draft of a purchase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from assets.stock.models import StockItem
from assets.stock.queries import balances as stock
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import drafting
from helpdesk.purchases.rules.drafting import MOST_LINES, Draft, LineDraft
from helpdesk.purchases.states import Into, Kind
from helpdesk.specifications import queries as specifications
from helpdesk.specifications.models import Specification, SpecItem
from helpdesk.specifications.states import METHODS as CHOSEN_BY
from helpdesk.specifications.states import Method as ChosenBy
from helpdesk.specifications.states import State as SpecState
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


def from_specification(specification: Specification, *, by: Viewer) -> Purchase:
    """Begin a purchase of what an approved specification describes.

    Where an approved comparison chose an offer, its prices are taken; else those of the
    specification. Refuses a specification that is not approved.
    """
    if specification.state != SpecState.APPROVED:
        raise Refusal(_("This specification is not approved."))
    prices = winning_prices(item.id for item in specification.items)
    with speaking("th"):
        draft = Draft(
            kind=Kind.GOODS,
            title=specification.title,
            reason=specification.objective,
            scope=_("As specification %(number)s says.", number=specification.number),
            price_source=specification.price_source.replace("\n", " ")[:300],
            criterion=str(CHOSEN_BY[ChosenBy(specification.method)]),
            lines=tuple(_specified(item, prices) for item in specification.items),
        )
    return drafting.begin(draft, by=by)


def winning_prices(item_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return the price (baht for one) of the newest offer chosen for each item that has one."""
    found: dict[int, Decimal] = {}
    for offer in specifications.winning_offers(item_ids):
        for price in offer.prices:
            found.setdefault(price.item_id, price.unit_price)
    return found


def _specified(item: SpecItem, prices: dict[int, Decimal]) -> LineDraft:
    whole = item.quantity == item.quantity.to_integral_value()
    return LineDraft(
        what=item.name,
        goes_into=Into.REGISTER if whole else Into.NOTHING,
        quantity=item.quantity,
        unit_word=item.unit_word,
        unit_price=prices.get(item.id, item.unit_price),
        standard_price=item.criterion_price,
        over_price_reason=item.over_price_reason,
        spec_item_id=item.id,
    )
