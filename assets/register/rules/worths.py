"""Making the kept book values hold good for a day: begun, step by step, ended.

Only what has moved is written. By months that is little on most days, and nearly everything on the
first day on which another month is over.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from assets.catalogue.models import AssetClass
from assets.register import valuation, worth_in_sql, worth_kept
from assets.register.book_value import Convention
from assets.register.models import Asset
from assets.register.worth_kept import Mark
from assets.register.worth_models import AssetWorth, WorthDay, WorthState
from kernel.db import db

STEP = 5000


def begin(day: date, convention: Convention) -> int:
    """Begin to make the values of a day; who writes a card from now on keeps its value of that day.

    Returns:
        the turn, which the steps and the end name.
    """
    worth_kept.lock(db.session.connection(), alone=True)
    kept = db.session.get(WorthDay, 1) or WorthDay(id=1, turn=0)
    kept.day, kept.convention = day, convention
    kept.told_by, kept.state = worth_kept.fingerprint(), WorthState.MAKING
    kept.turn += 1
    db.session.add(kept)
    db.session.flush()  # the steps read it past the session
    return kept.turn


def step(after: int, turn: int) -> tuple[int | None, int]:
    """Write what has moved among the next items.

    Args:
        after: the id of the last item of the step before, 0 at the beginning.
        turn: of ``begin``.

    Returns:
        the id of the last item looked at, None at the end or where somebody began anew; and how
        many values were written.
    """
    connection = db.session.connection()
    worth_kept.lock(connection, alone=True)
    kept = worth_kept.mark()
    ids = select(Asset.id).where(Asset.id > after).order_by(Asset.id).limit(STEP).subquery()
    last = db.session.scalar(select(func.max(ids.c.id)))
    if kept is None or kept.turn != turn or last is None:
        return None, 0
    insert, over = worth_kept.written(connection.dialect.name)
    moved = insert.from_select(["asset_id", "net", "asset_no_sort"], _moved(kept, after, last))
    found = connection.execute(
        moved.on_conflict_do_update(**over), execution_options={"preserve_rowcount": True}
    )
    return last, found.rowcount


def _moved(kept: Mark, after: int, last: int) -> Select[Any]:
    span = (Asset.id > after, Asset.id <= last)
    words = worth_in_sql.words_in_use(*span)
    net = worth_in_sql.net(kept.day, Convention(kept.convention), words)
    differs = or_(
        AssetWorth.asset_id.is_(None),
        AssetWorth.net.is_distinct_from(net),
        AssetWorth.asset_no_sort != Asset.asset_no_sort,
    )
    return (
        select(Asset.id, net, Asset.asset_no_sort)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .outerjoin(valuation.Wider, valuation.Wider.id == AssetClass.parent_id)
        .outerjoin(AssetWorth, AssetWorth.asset_id == Asset.id)
        .where(*span, differs)
    )


def end(turn: int) -> None:
    """Let the values be read, unless somebody upset them or began anew meanwhile."""
    worth_kept.lock(db.session.connection(), alone=True)
    kept = db.session.get(WorthDay, 1, with_for_update=True)
    if kept is not None and (kept.turn, kept.state) == (turn, WorthState.MAKING):
        kept.state = WorthState.WHOLE
