"""Whether an item is still worth its repairs: what they cost beside what it is worth.

The hint appears when the repairs so far have cost more than the net book value, and at least the
share of the replacement cost that the office has set (``HELPDESK_REPAIR_HINT_PERCENT``). The share
is asked because after its life everything stands in the books with one baht: without it the first
cable for an old computer would be called too dear.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import current_app
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from assets.register.models import Asset
from assets.register.valuation import Worth
from config import Settings

HUNDRED = Decimal(100)
Newer = aliased(Asset)


@dataclass(frozen=True)
class Balance:
    """What speaks for a repair and what against it; amounts in baht, None where not known.

    Attributes:
        repairs: how many there were.
        spent: what they cost together.
        net: the net book value today, of the whole lot.
        replacement: what the whole lot would cost today.
        is_newer_price: the replacement is the price of a newer item of the same model.
        is_dear: the hint is due.
    """

    repairs: int
    spent: Decimal
    net: Decimal | None
    replacement: Decimal | None
    is_newer_price: bool
    is_dear: bool


def balance(
    asset: Asset, worth: Worth | None, newer: Decimal | None, *, repairs: int, spent: Decimal
) -> Balance:
    """Return what an item's repairs cost beside what it is worth.

    Args:
        asset: the item.
        worth: its value today; None where it is not in the register any more.
        newer: what ``newest_price`` says of it, in baht.
        repairs: how many there were.
        spent: what they cost together, in baht.
    """
    each = newer if newer is not None else asset.price
    replacement = None if each is None else each * asset.quantity
    net = worth.net if worth else None
    settings: Settings = current_app.extensions["settings"]
    share = Decimal(settings.repair_hint_percent) / HUNDRED
    dear = spent > 0 and net is not None and spent > net
    if dear and replacement is not None:
        dear = spent >= replacement * share
    return Balance(repairs, spent, net, replacement, newer is not None, dear)


def newest_price() -> ColumnElement[Decimal | None]:
    """Return SQL about ``Asset``: the price of the newest item of its model acquired later."""
    return (
        select(Newer.price)
        .where(
            Newer.model_id == Asset.model_id,
            Newer.price.is_not(None),
            Newer.acquired_on > Asset.acquired_on,
        )
        .order_by(Newer.acquired_on.desc(), Newer.id.desc())
        .limit(1)
        .correlate(Asset)
        .scalar_subquery()
    )
