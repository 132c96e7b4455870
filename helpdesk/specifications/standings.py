"""Where the offers of a comparison stand, out of its rows."""

from __future__ import annotations

from decimal import Decimal

from helpdesk.specifications import ranking
from helpdesk.specifications.comparison_models import Comparison, Offer
from helpdesk.specifications.models import Specification
from helpdesk.specifications.states import Method, Result


def total(offer: Offer, specification: Specification) -> Decimal | None:
    """Return what an offer costs together, in baht; None where a price is missing."""
    prices = {one.item_id: one.unit_price for one in offer.prices}
    if any(item.id not in prices for item in specification.items):
        return None
    costs = (item.quantity * prices[item.id] for item in specification.items)
    return sum(costs, start=Decimal(0)).quantize(Decimal("0.01"))


def of(comparison: Comparison) -> dict[int, ranking.Place]:
    """Return where every offer stands, by its id."""
    specification = comparison.specification
    judged = [
        ranking.Judged(
            key=offer.id,
            results={one.requirement_id: Result(one.result) for one in offer.findings},
            total=total(offer, specification),
            score=offer.score,
        )
        for offer in comparison.offers
    ]
    needed = {one.id: one.mandatory for one in specification.requirements}
    method = Method(comparison.method)
    return ranking.standing(judged, needed, method, comparison.price_weight)
