"""Sets and their parts as others see them: what belongs together, and what moves along.

A set is an item that others are parts of, one level deep: a room kit, a computer with its screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.register.models import Asset
from assets.register.states import GONE
from kernel.db import db


def parts_of(whole: Asset) -> Sequence[Asset]:
    """Return the parts of a set that are in the register, by number."""
    return db.session.scalars(
        select(Asset)
        .where(Asset.whole_id == whole.id, Asset.lifecycle.not_in(GONE))
        .options(joinedload(Asset.room), joinedload(Asset.holding_unit))
        .order_by(Asset.asset_no_sort, Asset.id)
    ).all()


def whole_of(part: Asset) -> Asset | None:
    """Return the set that an item is a part of."""
    return db.session.get(Asset, part.whole_id) if part.whole_id else None


def moving_along(whole: Asset) -> Sequence[Asset]:
    """Return the parts that move with their set: those that were not told to stay apart."""
    return [part for part in parts_of(whole) if part.moves_with_set]
