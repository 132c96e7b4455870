"""What maintenance tells on the page of an item: what was done, the next date, the meter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from flask import url_for
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from assets.maintenance import access
from assets.maintenance.models import MeterReading, Occurrence, PlanItem
from assets.maintenance.states import OCCURRENCES, State
from assets.register.models import Asset
from assets.register.slots import Act, Entry
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _

MOST = 40
NOON = time(12, 0)


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: something was planned for it, or its meter was read."""
    return or_(
        exists().where(PlanItem.asset_id == Asset.id),
        exists().where(MeterReading.asset_id == Asset.id),
    )


def timeline(asset: Asset, viewer: Viewer) -> Iterable[Entry]:
    """Return what was done, left out or missed on an item, and what is planned."""
    may = viewer.may(access.DO, asset.holding_unit_id)
    found = db.session.scalars(
        select(Occurrence)
        .join(Occurrence.item)
        .options(
            contains_eager(Occurrence.item).joinedload(PlanItem.plan),
            joinedload(Occurrence.done_by),
        )
        .where(PlanItem.asset_id == asset.id)
        .order_by(Occurrence.due_on.desc())
        .limit(MOST)
    )
    for one in found:
        face = OCCURRENCES.faces[State(one.state)]
        yield Entry(
            at=clock.at(one.done_on or one.due_on, NOON),
            text=_("Maintenance: %(plan)s", plan=one.item.plan.name),
            who=one.done_by.name if one.done_by else "",
            body=" · ".join(part for part in (str(face.label), one.reason, one.note) if part),
            icon="tools",
            tone=face.tone,
            href=url_for("maintenance.work_on", occurrence_id=one.id) if may else None,
        )


def acts(asset: Asset, viewer: Viewer) -> list[Act]:
    """Return what may be done about an item's maintenance from its page."""
    if not viewer.may(access.READ_METER, asset.holding_unit_id):
        return []
    address = url_for("maintenance.meter", asset_id=asset.id)
    return [Act(_("Read the meter"), address, "speedometer2")]
