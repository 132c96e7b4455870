"""The order of the list by availability: kept with the item, in step with its axes and its holds.

It is what ``availability.obstacle`` says, so that a page is found by an index however long the
list is. Whatever writes an item or a hold through the session passes here; ``rules.holds`` ends
holds in one statement and says so itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from assets.register import availability
from assets.register.models import Asset, Hold
from assets.register.states import GONE, Lifecycle, Obstacle

AXES = ("lifecycle", "condition")


def keep(session: Session, ids: Collection[int]) -> None:
    """Put items in their places in the order, as they and their holds stand now."""
    if not ids:
        return
    _lock(session, ids)
    said = availability.obstacle()
    moved = (Asset.id.in_(ids), Asset.obstacle_sort.is_distinct_from(said))
    session.connection().execute(update(Asset).where(*moved).values(obstacle_sort=said))


def keep_all(connection: Connection) -> None:
    """Put every item in its place; for a register that was filled beside the session."""
    connection.execute(update(Asset).values(obstacle_sort=availability.obstacle()))


@event.listens_for(Session, "before_flush")
def _with_its_row(session: Session, *_about: Any) -> None:  # noqa: ANN401 - context, instances
    """Give items their places with their rows: a row is written to many indexes, so only once."""
    for one in session.new:
        if isinstance(one, Asset):
            one.obstacle_sort = _said(one.lifecycle, one.condition, ())
    items = [one for one in session.dirty if isinstance(one, Asset) and _differs(one)]
    held = _held(session, [item.id for item in items])
    for item in items:
        item.obstacle_sort = _said(item.lifecycle, item.condition, held[item.id])


@event.listens_for(Session, "after_flush")
def _after_holds(session: Session, _context: Any) -> None:  # noqa: ANN401 - the flush
    holds = [one for one in (*session.new, *session.dirty) if isinstance(one, Hold)]
    keep(session, {hold.asset_id for hold in holds})


def _lock(session: Session, ids: Collection[int]) -> None:
    """Let the second of two who change one item see what the first has written."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        theirs = select(Asset.id).where(Asset.id.in_(ids)).order_by(Asset.id)
        connection.execute(theirs.with_for_update(key_share=True))


def _held(session: Session, ids: Collection[int]) -> Mapping[int, Collection[str]]:
    kinds: dict[int, set[str]] = {one: set() for one in ids}
    if ids:
        _lock(session, ids)
        open_ones = select(Hold.asset_id, Hold.kind).where(
            Hold.asset_id.in_(ids), Hold.ended_at.is_(None)
        )
        for asset_id, kind in session.connection().execute(open_ones):
            kinds[asset_id].add(kind)
    return kinds


def _differs(item: Asset) -> bool:
    return any(get_history(item, name, PASSIVE_NO_INITIALIZE).has_changes() for name in AXES)


def _said(lifecycle: str | None, condition: str | None, kinds: Collection[str]) -> Obstacle | None:
    """Return what ``availability.obstacle`` says of an item with these holds."""
    if lifecycle in GONE:
        return Obstacle.GONE
    if lifecycle == Lifecycle.DRAFT:
        return Obstacle.DRAFT
    for kind, reason in availability.HOLD_OBSTACLES:
        if kind in kinds:
            return reason
    if lifecycle == Lifecycle.PENDING_DISPOSAL:
        return Obstacle.AWAITING_DISPOSAL
    return Obstacle.NOT_USABLE if condition in availability.UNUSABLE else None
