"""Is an item available, and if not, why: one SQL expression that every page uses.

Availability is computed from the four axes of an item, never typed. What lists are ordered by is
kept with the item for their sake alone (``in_step``); what people read is computed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, select

from assets.register.models import Asset, Hold
from assets.register.states import GONE, Condition, HoldKind, Lifecycle, Obstacle
from kernel.db import db

HOLD_OBSTACLES = (
    (HoldKind.LOAN, Obstacle.ON_LOAN),
    (HoldKind.REPAIR, Obstacle.IN_REPAIR),
    (HoldKind.MAINTENANCE, Obstacle.IN_MAINTENANCE),
    (HoldKind.TRANSIT, Obstacle.IN_TRANSIT),
    (HoldKind.COUNT, Obstacle.BEING_COUNTED),
)
UNUSABLE = (Condition.DAMAGED, Condition.WORN_OUT, Condition.MISSING)


@cache
def obstacle() -> ColumnElement[str | None]:
    """Return the SQL expression of an item's availability: NULL, or why it is not available."""
    held = [
        (
            exists().where(Hold.asset_id == Asset.id, Hold.kind == kind, Hold.ended_at.is_(None)),
            reason.value,
        )
        for kind, reason in HOLD_OBSTACLES
    ]
    return case(
        (Asset.lifecycle.in_(GONE), Obstacle.GONE.value),
        (Asset.lifecycle == Lifecycle.DRAFT, Obstacle.DRAFT.value),
        *held,
        (Asset.lifecycle == Lifecycle.PENDING_DISPOSAL, Obstacle.AWAITING_DISPOSAL.value),
        (Asset.condition.in_(UNUSABLE), Obstacle.NOT_USABLE.value),
        else_=None,
    )


def obstacle_of(asset: Asset) -> Obstacle | None:
    """Return why one item is not available, None where it is."""
    said = db.session.scalar(_obstacle_of(), {"asset_id": asset.id})
    return Obstacle(said) if said else None


@cache
def _obstacle_of() -> Select[Any]:
    return select(obstacle()).where(Asset.id == bindparam("asset_id"))
