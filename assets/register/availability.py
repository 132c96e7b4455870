"""Is an item available, and if not, why: one SQL expression that every page uses.

Availability is computed from the four axes of an item, never stored and never typed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, select

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


def ways(goes_down: bool) -> list[tuple[int, ColumnElement[bool]]]:  # noqa: FBT001 - the direction
    """Return the items' reasons in the order of a list: rank, and a term that an index finds.

    They say what ``obstacle`` says, in plain terms: an engine cannot guess how many rows a chain
    of cases leaves, and puts them all in order. A reason may come in several terms of one rank;
    what is available comes last.
    """
    in_use = Asset.lifecycle == Lifecycle.IN_SERVICE
    free = ~_held(tuple(HoldKind))
    terms: dict[Obstacle, list[ColumnElement[bool]]] = {
        Obstacle.GONE: [Asset.lifecycle == one for one in GONE],
        Obstacle.DRAFT: [Asset.lifecycle == Lifecycle.DRAFT],
        Obstacle.AWAITING_DISPOSAL: [and_(Asset.lifecycle == Lifecycle.PENDING_DISPOSAL, free)],
        Obstacle.NOT_USABLE: [and_(in_use, Asset.condition == one, free) for one in UNUSABLE],
    }
    standing = Asset.lifecycle.not_in((*GONE, Lifecycle.DRAFT))
    stronger: tuple[HoldKind, ...] = ()
    for kind, reason in HOLD_OBSTACLES:
        held = select(Hold.asset_id).where(Hold.kind == kind, Hold.ended_at.is_(None))
        terms[reason] = [and_(Asset.id.in_(held), standing, ~_held(stronger))]
        stronger = (*stronger, kind)
    ranks = enumerate(sorted(Obstacle, reverse=goes_down))
    found = [(rank, term) for rank, reason in ranks for term in terms[reason]]
    usable = and_(in_use, Asset.condition.not_in(UNUSABLE), free)
    return [*found, (len(Obstacle), usable)]


def _held(kinds: tuple[HoldKind, ...]) -> ColumnElement[bool]:
    return exists().where(Hold.asset_id == Asset.id, Hold.kind.in_(kinds), Hold.ended_at.is_(None))


def obstacle_of(asset: Asset) -> Obstacle | None:
    """Return why one item is not available, None where it is."""
    said = db.session.scalar(_obstacle_of(), {"asset_id": asset.id})
    return Obstacle(said) if said else None


@cache
def _obstacle_of() -> Select[Any]:
    return select(obstacle()).where(Asset.id == bindparam("asset_id"))
