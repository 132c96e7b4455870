"""All that the page of an item asks of the item itself, in one question.

The earlier numbers come as further rows of it. Rooms that have nothing to tell of the item, and
parts that are not there, are known from it too, so that they need not be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import aliased, joinedload

from assets.catalogue.models import AssetClass
from assets.register import access, availability, repairing, slots
from assets.register.models import Asset, EarlierNumber
from assets.register.states import Obstacle
from kernel.access import Scope, Viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _

Part = aliased(Asset)
KEPT_STATEMENTS = 256
TELLS = "tells_"


@dataclass(frozen=True)
class Whole:
    """An item with all that its page shows of it.

    Attributes:
        asset: the item; its class, the wider class, units, room and person are loaded.
        obstacle: why it is not available, if so.
        earlier: its earlier numbers in the order in which it carried them.
        newer_price: the price of the newest item of the same model acquired later, in baht.
        has_parts: it is a set.
        telling: the rooms that have something to tell of it.
    """

    asset: Asset
    obstacle: Obstacle | None
    earlier: list[str]
    newer_price: Decimal | None
    has_parts: bool
    telling: frozenset[str]


def item_seen_by(viewer: Viewer, asset_id: int) -> Whole:
    """Return an item with all that its page shows of it.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    names = tuple(slots.present())
    query = _query(names, viewer.scope(access.SEE))
    rows = db.session.execute(query, {"asset_id": asset_id}).all()
    if not rows:
        raise NotFound(_("There is no such item, or it belongs to another school."))
    first = rows[0]
    return Whole(
        asset=first.Asset,
        obstacle=Obstacle(first.obstacle) if first.obstacle else None,
        earlier=[row.earlier for row in rows if row.earlier],
        newer_price=first.newer_price,
        has_parts=first.has_parts,
        telling=frozenset(name for name in names if getattr(first, TELLS + name)),
    )


# To find a new statement of this length among the compiled ones takes longer than to run it.
@lru_cache(KEPT_STATEMENTS)
def _query(names: tuple[str, ...], reach: Scope) -> Select[*tuple[Any, ...]]:
    told = slots.present()
    return (
        select(
            Asset,
            availability.obstacle().label("obstacle"),
            EarlierNumber.number.label("earlier"),
            repairing.newest_price().label("newer_price"),
            exists().where(Part.whole_id == Asset.id).label("has_parts"),
            *(told[name].label(TELLS + name) for name in names),
        )
        .outerjoin(EarlierNumber, EarlierNumber.asset_id == Asset.id)
        .where(
            Asset.id == bindparam("asset_id"),
            reach.clause(Asset.owner_unit_id, Asset.holding_unit_id),
        )
        .order_by(EarlierNumber.id)
        .options(
            joinedload(Asset.asset_class).joinedload(AssetClass.parent),
            joinedload(Asset.product),
            joinedload(Asset.whole).load_only(Asset.name),
            joinedload(Asset.owner_unit),
            joinedload(Asset.holding_unit),
            joinedload(Asset.room),
            joinedload(Asset.custodian),
        )
    )
