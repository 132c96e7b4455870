"""The order of the list by availability: kept with the item, in step with its axes and its holds.

It is what ``availability.obstacle`` says, so that a page is found by an index however long the
list is. Whatever writes an item or a hold through the session passes here; ``rules.holds`` ends
holds in one statement and says so itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from assets.register import availability
from assets.register.models import Asset, Hold
from assets.register.states import GONE, Condition, Lifecycle, Obstacle

AXES = ("lifecycle", "condition")


def keep(session: Session, ids: Collection[int]) -> None:
    """Put items in their places in the order, as they and their holds stand now."""
    if not ids:
        return
    connection, theirs = session.connection(), Asset.id.in_(sorted(ids))
    if connection.dialect.name == "postgresql":
        # Of two who change one item the second must see what the first has written.
        locked = select(Asset.id).where(theirs).order_by(Asset.id)
        connection.execute(locked.with_for_update(key_share=True))
    said = availability.obstacle()
    moved = Asset.obstacle_sort.is_distinct_from(said)
    connection.execute(update(Asset).where(theirs, moved).values(obstacle_sort=said))


def keep_all(connection: Connection) -> None:
    """Put every item in its place; for a register that was filled beside the session."""
    connection.execute(update(Asset).values(obstacle_sort=availability.obstacle()))


@event.listens_for(Session, "before_flush")
def _begin(session: Session, *_about: Any) -> None:  # noqa: ANN401 - context, instances
    """Give new items their place with their row: nothing holds them yet."""
    for one in session.new:
        if isinstance(one, Asset):
            one.obstacle_sort = _of_axes(one.lifecycle, one.condition)


@event.listens_for(Session, "after_flush")
def _keep(session: Session, _context: Any) -> None:  # noqa: ANN401 - the flush
    keep(session, {*_changed(session)})


def _changed(session: Session) -> list[int]:
    holds = [one for one in (*session.new, *session.dirty) if isinstance(one, Hold)]
    items = [one for one in session.dirty if isinstance(one, Asset) and _differs(one)]
    return [*(hold.asset_id for hold in holds), *(item.id for item in items)]


def _differs(item: Asset) -> bool:
    return any(get_history(item, name, PASSIVE_NO_INITIALIZE).has_changes() for name in AXES)


def _of_axes(lifecycle: str | None, condition: str | None) -> Obstacle | None:
    """Return what ``availability.obstacle`` says of an item that nothing holds."""
    if lifecycle in GONE:
        return Obstacle.GONE
    if lifecycle == Lifecycle.DRAFT:
        return Obstacle.DRAFT
    if lifecycle == Lifecycle.PENDING_DISPOSAL:
        return Obstacle.AWAITING_DISPOSAL
    unusable = condition is not None and Condition(condition) in availability.UNUSABLE
    return Obstacle.NOT_USABLE if unusable else None
