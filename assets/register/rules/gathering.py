"""Taking items that carry the same brand and model under one record of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from assets.catalogue.models import ProductModel
from assets.catalogue.queries import same_key
from assets.register import access
from assets.register.models import Asset
from assets.register.states import GONE
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit

MOST_SHOWN = 200


def alike(product: ProductModel, viewer: Viewer) -> Sequence[Asset]:
    """Return items the viewer may change that carry this brand and model, but have no record.

    Spelling of letters, spaces and digits does not matter; each pair of texts is compared once.
    """
    pairs = db.session.execute(
        select(Asset.brand, Asset.model).where(*_free(viewer), Asset.model != "").distinct()
    )
    wanted = [pair for pair in pairs if same_key(*pair) == product.same_key]
    found: list[Asset] = []
    for brand, model in wanted:
        found += db.session.scalars(
            select(Asset)
            .where(*_free(viewer), Asset.brand == brand, Asset.model == model)
            .options(joinedload(Asset.holding_unit), joinedload(Asset.room))
            .order_by(Asset.asset_no_sort, Asset.id)
        ).all()
    return found


def count_alike(product: ProductModel, viewer: Viewer) -> int:
    """Return how many items ``alike`` would return."""
    rows = db.session.execute(
        select(Asset.brand, Asset.model, func.count())
        .where(*_free(viewer), Asset.model != "")
        .group_by(Asset.brand, Asset.model)
    )
    return sum(many for brand, model, many in rows if same_key(brand, model) == product.same_key)


def items_of(product: ProductModel, viewer: Viewer, limit: int) -> Sequence[Asset]:
    """Return items of a model that the viewer may see, by number."""
    return db.session.scalars(
        select(Asset)
        .where(Asset.model_id == product.id, access.visible(viewer), Asset.lifecycle.not_in(GONE))
        .options(joinedload(Asset.holding_unit), joinedload(Asset.room))
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(limit)
    ).all()


def gather(product: ProductModel, wanted: Sequence[int], *, by: Viewer) -> int:
    """Take items under a record; what is written on their cards stays.

    Args:
        product: the record.
        wanted: ids of the items that the person saw and left ticked; others stay as they are.
        by: who does it.

    Returns:
        how many were taken under it.
    """
    taken = [item for item in alike(product, by) if item.id in set(wanted)]
    for item in taken:
        changes = {"model_id": product.id}
        if item.class_id is None and product.class_id is not None:
            changes["class_id"] = product.class_id
        audit.record_changes("edited", item, changes, by=by)
    return len(taken)


def _free(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    mine = viewer.scope(access.EDIT).clause(Asset.owner_unit_id, Asset.holding_unit_id)
    return mine, Asset.model_id.is_(None), Asset.lifecycle.not_in(GONE)
