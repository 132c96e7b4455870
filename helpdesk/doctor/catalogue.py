"""Invariants of the catalogue and of what hangs on it: the tree, sets, standings."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from assets.catalogue import queries as catalogue
from assets.catalogue.models import AssetClass
from assets.register import standing
from assets.register.models import Asset
from assets.register.states import Standing
from helpdesk.doctor.findings import Check, named, rows
from kernel.db import db
from kernel.i18n import lazy_gettext as _l


def class_tree() -> Iterator[str]:
    """Yield classes that stand, over others, under themselves."""
    found = db.session.execute(select(AssetClass.id, AssetClass.parent_id))
    parents = {row.id: row.parent_id for row in found}
    for class_id in sorted(parents):
        top = catalogue.lineage_in(parents, class_id)[0]
        if parents.get(top) is not None:
            yield f"asset_class {class_id}"


def sets() -> Iterator[str]:
    """Yield parts whose set is a part itself, or stands in other books."""
    whole = aliased(Asset)
    wrong = or_(whole.whole_id.is_not(None), whole.owner_unit_id != Asset.owner_unit_id)
    found = select(Asset.id).join(whole, whole.id == Asset.whole_id).where(wrong)
    return named("asset", found.order_by(Asset.id))


def standings() -> Iterator[str]:
    """Yield items kept with the capital items though price and day say otherwise (R-A1)."""
    decided = and_(
        Asset.standing_override.is_not(None),
        (Asset.standing_override == Standing.LOW_VALUE) != Asset.below_threshold,
    )
    yield from named("asset", select(Asset.id).where(decided).order_by(Asset.id))
    ruled = select(Asset.id, Asset.price, Asset.acquired_on).where(
        Asset.standing_override.is_(None),
        Asset.below_threshold.is_(False),
        Asset.price.is_not(None),
        Asset.acquired_on.is_not(None),
    )
    for asset_id, price, day in rows(ruled.order_by(Asset.id)):
        if standing.by_rule(price, day) == Standing.LOW_VALUE:
            yield f"asset {asset_id}"


CHECKS = (
    Check(
        "class_tree",
        _l("Classes form a tree without a circle."),
        _l("Give one of the classes its right place in the catalogue."),
        class_tree,
    ),
    Check(
        "sets",
        _l("A part belongs to a set of the same books that is no part itself."),
        _l("Take the part out of the set on the page of the set."),
        sets,
    ),
    Check(
        "standings",
        _l("What is kept below the threshold agrees with price, day and decision."),
        _l("Open the card and save it; the standing is counted anew."),
        standings,
    ),
)
