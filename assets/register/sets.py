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


def moving_along(whole: Asset) -> list[Asset]:
    """Return the parts that move with their set from where it stands now.

    These are the parts that were not told to stay apart and are with the set: held by the same
    unit, in the same room or in none that is known. A part that stands elsewhere stays there.
    """
    return along_by_set([whole]).get(whole.id, [])


def along_by_set(wholes: Sequence[Asset]) -> dict[int, list[Asset]]:
    """Return for many sets what ``moving_along`` returns for one, by the id of the set."""
    found: dict[int, list[Asset]] = {}
    by_id = {whole.id: whole for whole in wholes}
    parts = db.session.scalars(
        select(Asset)
        .where(Asset.whole_id.in_(by_id), Asset.moves_with_set, Asset.lifecycle.not_in(GONE))
        .options(joinedload(Asset.room), joinedload(Asset.holding_unit))
        .order_by(Asset.asset_no_sort, Asset.id)
    )
    for part in parts:
        if _is_with(part, by_id[part.whole_id or 0]):
            found.setdefault(part.whole_id or 0, []).append(part)
    return found


def with_parts(items: Sequence[Asset], *, answered_alike: bool = False) -> list[Asset]:
    """Return items, each followed by the parts that move along with it; none of them twice.

    Args:
        items: the items as they were chosen.
        answered_alike: leave out the parts for which somebody else answers than for their set.
    """
    chosen = {item.id for item in items}
    along = along_by_set(items)
    every: list[Asset] = []
    for item in items:
        every.append(item)
        for part in along.get(item.id, []):
            stays = answered_alike and not is_answered_alike(part, item)
            if part.id not in chosen and not stays:
                every.append(part)
    return every


def is_answered_alike(part: Asset, whole: Asset) -> bool:
    """Nobody else answers for a part than for its set."""
    if part.custodian_id is not None:
        return part.custodian_id == whole.custodian_id
    return part.custodian_text in ("", whole.custodian_text)


def _is_with(part: Asset, whole: Asset) -> bool:
    if part.holding_unit_id != whole.holding_unit_id:
        return False
    return part.room_id is None or part.room_id == whole.room_id
