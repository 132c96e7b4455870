"""The order to a vendor (ใบสั่งซื้อ, ใบสั่งจ้าง) as PDF, in Thai: lines, tax, instalments, places.

It is signed by hand on both sides: the office keeps no signature of a vendor.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assets.stock.quantities import shown
from helpdesk.purchases import amounts
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import PurchaseOrder
from helpdesk.purchases.papers import BLANK, Letterhead
from helpdesk.purchases.states import PAPER_TITLES, Kind, Vat
from kernel import baht, thai
from kernel.i18n import speaking
from office.papers import engine

_TEMPLATE = Path(__file__).parent / "paper" / "order.typ"
# What the paper is called, and what its two sides are, by what is bought.
GOODS = ("ใบสั่งซื้อ", ("ผู้สั่งซื้อ", "Ordered by"), ("ผู้รับใบสั่งซื้อ", "Received by"))
WORK = ("ใบสั่งจ้าง", ("ผู้สั่งจ้าง", "Ordered by"), ("ผู้รับใบสั่งจ้าง", "Received by"))


def order_pdf(order: PurchaseOrder, head: Letterhead) -> bytes:
    """Return the paper of an order, with places for the office and the vendor."""
    purchase = order.purchase
    title, *sides = GOODS if purchase.kind == Kind.GOODS else WORK
    with speaking("th"):
        content = {
            **_order(order, purchase),
            "title": title,
            "office": head.office,
            "office_phone": head.phone,
            "places": [{**BLANK, "role": role, "gloss": gloss} for role, gloss in sides],
        }
    return engine.render(_TEMPLATE, content)


def _order(order: PurchaseOrder, purchase: Purchase) -> dict[str, Any]:
    vendor = order.vendor
    sums = [amounts.rounded(line.quantity * line.unit_price) for line in order.lines]
    costs = amounts.total(sums, Vat(purchase.vat))
    return {
        "number": order.document,
        "date": thai.format_date(order.ordered_on, language="th", style="long", digits="thai"),
        "report": purchase.number or "",
        "of": PAPER_TITLES[Kind(purchase.kind)][0],
        "vendor": vendor.name,
        "address": vendor.address or "",
        "phone": vendor.phone or "",
        "tax_id": vendor.tax_id or "",
        "due": _day(order.due_on),
        "penalty": _penalty(purchase),
        "lines": [
            [
                line.line.what,
                shown(line.quantity),
                line.line.unit_word,
                f"{line.unit_price:,.2f}",
                f"{cost:,.2f}",
            ]
            for line, cost in zip(order.lines, sums, strict=True)
        ],
        "net": f"{costs.net:,.2f}",
        "tax": f"{costs.tax:,.2f}",
        "whole": f"{costs.whole:,.2f}",
        "words": baht.in_words(costs.whole),
        "instalments": [
            [
                str(one.position),
                one.delivers,
                _day(one.due_on),
                shown(one.percent) if one.percent is not None else "",
                f"{one.amount:,.2f}",
            ]
            for one in order.instalments
        ],
    }


def _day(day: Any) -> str:  # noqa: ANN401 - a day or None
    if day is None:
        return ""
    return thai.format_date(day, language="th", style="short", digits="thai")


def _penalty(purchase: Purchase) -> str:
    """Return the penalty that the specification of the lines names; empty where there is none."""
    specified = [line.spec_item for line in purchase.lines if line.spec_item is not None]
    named = {item.specification.penalty for item in specified}
    return named.pop() if len(named) == 1 else ""
