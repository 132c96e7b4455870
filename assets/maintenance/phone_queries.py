"""What a phone takes along of visits: items, checklists, meters, and the codes on the labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from assets.labels.models import Tag
from assets.maintenance import access
from assets.maintenance.models import MeterReading, Occurrence, Plan, PlanItem, Visit
from assets.maintenance.states import Every, State, VisitState
from assets.register.models import Asset
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _

MOST_VISITS = 60
MOST_LINES = 2000
RUNNING = (VisitState.PLANNED, VisitState.UNDER_WAY)


def visits(viewer: Viewer) -> list[tuple[Visit, int]]:
    """Return the visits that the viewer may carry out, with how many items are on them.

    The own ones and those of nobody come first, then by day; up to 60.
    """
    own = (Visit.person_id == viewer.id) | Visit.person_id.is_(None)
    items = (
        select(func.count())
        .where(Occurrence.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Visit, items)
        .where(Visit.state.in_(RUNNING), viewer.scope(access.DO).clause(Visit.unit_id))
        .options(joinedload(Visit.unit), joinedload(Visit.person))
        .order_by(~own, Visit.day, Visit.id)
        .limit(MOST_VISITS)
    )
    return [(visit, number) for visit, number in rows]


def lines(visit: Visit) -> list[dict[str, Any]]:
    """Return what is on a visit with all that its page needs off the network, up to 2,000 items."""
    found = db.session.scalars(
        select(Occurrence)
        .join(Occurrence.item)
        .join(PlanItem.asset)
        .options(
            contains_eager(Occurrence.item).contains_eager(PlanItem.asset).joinedload(Asset.room),
            contains_eager(Occurrence.item)
            .joinedload(PlanItem.plan)
            .options(selectinload(Plan.steps), selectinload(Plan.parts)),
        )
        .where(Occurrence.visit_id == visit.id)
        .order_by(Asset.room_id, Asset.asset_no_sort, Occurrence.id)
        .limit(MOST_LINES)
    ).all()
    asset_ids = [one.item.asset_id for one in found]
    tags, meters = _tags(asset_ids), _meters(asset_ids)
    return [_line(one, tags, meters) for one in found]


def _line(
    one: Occurrence, tags: dict[int, list[str]], meters: dict[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    asset, plan = one.item.asset, one.item.plan
    numbers = (thai.code_key(asset.asset_no or ""), thai.code_key(asset.serial_no))
    return {
        "id": one.id,
        "visit": one.visit_id,
        "asset": asset.id,
        "no": asset.asset_no or "",
        "name": asset.name[:120],
        "room": asset.room.name if asset.room else _("Room not known"),
        "plan": plan.name,
        "note": plan.note,
        "minutes": plan.minutes,
        "over": one.state != State.ON_VISIT,
        "keys": [key for key in numbers if key],
        "tags": tags.get(asset.id, []),
        "parts": [part.told for part in plan.parts],
        "steps": [
            {
                "id": step.id,
                "text": step.text,
                "kind": step.kind,
                "required": step.required,
                "unit": step.unit_word,
                "least": _plain(step.least),
                "most": _plain(step.most),
            }
            for step in plan.asked_steps
        ],
        "meters": meters.get(asset.id, []),
    }


def _plain(number: Any) -> float | None:  # noqa: ANN401 - a Decimal or nothing
    return None if number is None else float(number)


def _tags(asset_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(Tag.asset_id, Tag.code).where(Tag.asset_id.in_(asset_ids), Tag.retired_at.is_(None))
    )
    for asset_id, code in rows:
        if asset_id is not None:
            found[asset_id].append(code)
    return found


def _meters(asset_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the meters by which items are maintained, with what they showed last."""
    counted = db.session.execute(
        select(PlanItem.asset_id, Plan.meter)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(
            PlanItem.asset_id.in_(asset_ids),
            PlanItem.left_on.is_(None),
            Plan.counts == Every.METER,
            Plan.ended_on.is_(None),
        )
        .distinct()
        .order_by(PlanItem.asset_id, Plan.meter)
    ).all()
    newest = (
        select(func.max(MeterReading.id))
        .where(MeterReading.asset_id.in_([asset_id for asset_id, _meter in counted]))
        .group_by(MeterReading.asset_id, MeterReading.meter)
    )
    last = {
        (one.asset_id, one.meter): one.value
        for one in db.session.scalars(select(MeterReading).where(MeterReading.id.in_(newest)))
    }
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for asset_id, meter in counted:
        found[asset_id].append({"meter": meter, "last": last.get((asset_id, meter))})
    return found
