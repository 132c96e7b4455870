"""The rows of many items that were changed together: one statement for all that changed alike.

The session writes an item with a version by itself, one statement for each. Here they go to the
database a step at a time, each still only where its version is the one that was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, event, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from assets.register import custodians, in_step, worth_kept
from assets.register.models import Asset
from kernel.db import db

# What is kept with an item is settled before a flush; both must have been asked before us.
KEPT_WITH_THE_ROW = (custodians, in_step)
TOGETHER = "items written together"
COLUMNS = frozenset(inspect(Asset).columns.keys()) - {"id", "version"}


def write(assets: Sequence[Asset]) -> None:
    """Write items that are locked and changed, and let the session go of them.

    Each counts its version up where a column of it differs. What else the session holds is written
    as ever.

    Args:
        assets: each once; their ids and columns may be read afterwards, nothing else.

    Raises:
        StaleDataError: one of them is not as it was read; the lock was not held.
    """
    db.session.info[TOGETHER] = assets
    try:
        db.session.flush()  # the listener below writes them in it
    finally:
        db.session.info.pop(TOGETHER, None)


@event.listens_for(Session, "before_flush")
def _write(session: Session, *_about: Any) -> None:  # noqa: ANN401 - context, instances
    alike: dict[frozenset[str], list[Asset]] = defaultdict(list)
    for asset in session.info.get(TOGETHER, ()):
        alike[_changed(asset)].append(asset)
        session.expunge(asset)
    for columns, assets in alike.items():
        if columns:
            _send(session, sorted(columns), assets)


def _changed(asset: Asset) -> frozenset[str]:
    was = inspect(asset).committed_state
    return frozenset(name for name in COLUMNS & was.keys() if was[name] != getattr(asset, name))


def _send(session: Session, columns: Sequence[str], assets: Sequence[Asset]) -> None:
    table = Asset.__table__
    as_read = (table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    values["version"] = table.c.version + 1
    done = session.connection().execute(
        update(Asset).where(*as_read).values(values),
        [
            {
                "its_id": asset.id,
                "its_version": asset.version,
                **{f"new_{name}": getattr(asset, name) for name in columns},
            }
            for asset in assets
        ],
    )
    if done.rowcount != len(assets):
        raise StaleDataError(f"{len(assets) - done.rowcount} items are not as they were read")
    for asset in assets:
        asset.version += 1
    if set(columns) & set(worth_kept.SAID_BY):
        worth_kept.keep(session.connection(), [asset.id for asset in assets])
