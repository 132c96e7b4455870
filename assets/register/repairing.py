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
from sqlalchemy import select

from assets.register.models import Asset
from assets.register.valuation import Worth
from config import Settings
from kernel.db import db

HUNDRED = Decimal(100)


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


def balance(asset: Asset, worth: Worth | None, *, repairs: int, spent: Decimal) -> Balance:
    """Return what an item's repairs cost beside what it is worth.

    Args:
        asset: the item.
        worth: its value today; None where it is not in the register any more.
        repairs: how many there were.
        spent: what they cost together, in baht.
    """
    newer = _newest_price(asset)
    each = newer if newer is not None else asset.price
    replacement = None if each is None else each * asset.quantity
    net = worth.net if worth else None
    settings: Settings = current_app.extensions["settings"]
    share = Decimal(settings.repair_hint_percent) / HUNDRED
    dear = spent > 0 and net is not None and spent > net
    if dear and replacement is not None:
        dear = spent >= replacement * share
    return Balance(repairs, spent, net, replacement, newer is not None, dear)


def _newest_price(asset: Asset) -> Decimal | None:
    """Return the price of the newest other item of the same model that was acquired later."""
    if asset.model_id is None or asset.acquired_on is None:
        return None
    return db.session.scalar(
        select(Asset.price)
        .where(
            Asset.model_id == asset.model_id,
            Asset.price.is_not(None),
            Asset.acquired_on > asset.acquired_on,
        )
        .order_by(Asset.acquired_on.desc(), Asset.id.desc())
        .limit(1)
    )
