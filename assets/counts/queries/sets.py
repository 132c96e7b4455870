"""Parts of sets in a round: what is likely to be there when its set is.

A part that moves with its set is offered, never taken as found: one tap of the inspector confirms
it, and that tap is a scan of its own (R-I5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from assets.counts.codes import part_code
from assets.counts.models import Expected, Result, Round
from assets.register import sets
from assets.register.models import Asset
from kernel.db import db


@dataclass(frozen=True)
class Part:
    """A part on the list that nobody has scanned yet; ``code`` is what its confirmation sends."""

    asset_id: int
    name: str
    asset_no: str

    @property
    def code(self) -> str:
        """What a confirmation sends in place of a scanned code."""
        return part_code(self.asset_id)


def parts_to_confirm(one: Round, asset_ids: Iterable[int]) -> dict[int, list[Part]]:
    """Return by set the parts that move along with it and are not counted yet.

    Args:
        one: the round.
        asset_ids: items of the register; those that are no sets have nothing here.
    """
    part = aliased(Asset)
    wholes = db.session.scalars(
        select(Asset).where(
            Asset.id.in_(set(asset_ids)),
            exists().where(part.whole_id == Asset.id, part.moves_with_set),
        )
    ).all()
    if not wholes:
        return {}
    along = sets.along_by_set(wholes)
    waiting = _waiting(one, {item.id for found in along.values() for item in found})
    by_set = {
        whole_id: [
            Part(item.id, item.name, item.asset_no or "") for item in found if item.id in waiting
        ]
        for whole_id, found in along.items()
    }
    return {whole_id: found for whole_id, found in by_set.items() if found}


def _waiting(one: Round, asset_ids: set[int]) -> set[int]:
    """Return those of the items that are on the list and have no scan."""
    rows = db.session.scalars(
        select(Expected.asset_id)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .where(
            Expected.round_id == one.id,
            Expected.asset_id.in_(asset_ids),
            Result.scan_id.is_(None),
        )
    )
    return set(rows)
