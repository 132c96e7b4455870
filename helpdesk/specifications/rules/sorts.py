"""The two papers of this room as the flow of approval knows them."""

from __future__ import annotations

from decimal import Decimal

from helpdesk.specifications import standings
from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import checking, comparing, drafting
from helpdesk.specifications.rules.flow import Sort
from helpdesk.specifications.states import COMPARISONS, SPECIFICATIONS


def _budget(one: Specification) -> Decimal:
    return one.budget or Decimal(0)


def _price(one: Comparison) -> Decimal:
    chosen = one.chosen
    return (standings.total(chosen, one.specification) if chosen else None) or Decimal(0)


SPECIFICATION = Sort(
    key="specification",
    series="คณ.",
    title_th="แบบการกำหนดคุณสมบัติ",
    title_en="Specification",
    states=SPECIFICATIONS,
    check=checking.complete,
    content=drafting.content_of,
    search_key=drafting.search_key_of,
    amount=_budget,
)
COMPARISON = Sort(
    key="comparison",
    series="ปท.",
    title_th="แบบสรุปเปรียบเทียบคุณสมบัติ",
    title_en="Comparison of offers",
    states=COMPARISONS,
    check=comparing.complete,
    content=comparing.content_of,
    search_key=comparing.search_key_of,
    amount=_price,
)
