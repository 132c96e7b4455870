"""Stock counts: the list of them, and who writes what."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from assets.stock import access
from assets.stock.count_models import StockCount, StockCountLine
from assets.stock.models import Store
from kernel.access import Permission, Viewer
from kernel.db import db, fixed
from kernel.errors import NotFound
from kernel.i18n import gettext as _

PAGE = 30


@dataclass(frozen=True)
class CountRow:
    """A count with how many of its lines are counted, and how many differ."""

    count: StockCount
    lines: int
    counted: int
    differing: int


def counts(viewer: Viewer, *, page: int) -> list[CountRow]:
    """Return one page of counts, the newest first, and one more where another page follows."""
    found = db.session.scalars(
        select(StockCount)
        .join(Store, Store.id == StockCount.store_id)
        .options(joinedload(StockCount.store))
        .where(access.stores_of(viewer))
        .order_by(StockCount.id.desc())
        .limit(fixed(PAGE + 1))
        .offset((page - 1) * PAGE)
    ).all()
    differs = StockCountLine.counted != StockCountLine.expected
    rows = db.session.execute(
        select(
            StockCountLine.count_id,
            func.count(),
            func.count(StockCountLine.counted),
            func.count().filter(differs),
        )
        .where(StockCountLine.count_id.in_([one.id for one in found]))
        .group_by(StockCountLine.count_id)
    )
    figures = {count_id: (lines, done, other) for count_id, lines, done, other in rows}
    return [CountRow(one, *figures.get(one.id, (0, 0, 0))) for one in found]


def count_under(viewer: Viewer, count_id: int, right: Permission = access.SEE) -> StockCount:
    """Return a count of a store that a right of the viewer reaches.

    Raises:
        NotFound: there is none, or it is of another unit.
        NotAllowed: the viewer may read it only.
    """
    found = db.session.scalar(
        select(StockCount)
        .options(
            joinedload(StockCount.store).joinedload(Store.unit),
            joinedload(StockCount.approval),
            joinedload(StockCount.slip),
        )
        .where(StockCount.id == count_id)
    )
    if found is None or not viewer.may(access.SEE, found.store.unit_id):
        raise NotFound(_("There is no such stock count, or it belongs to another school."))
    viewer.demand(right, found.store.unit_id)
    return found


def open_in(store: Store) -> StockCount | None:
    """Return the count a store is in; None where it is in none."""
    return db.session.scalar(
        select(StockCount)
        .where(StockCount.store_id == store.id, StockCount.closed_at.is_(None))
        .where(StockCount.state != "cancelled")
        .order_by(StockCount.id.desc())
        .limit(1)
    )
