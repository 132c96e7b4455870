"""Reading the register: the list with its filters, one item, its history, and what codes mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import joinedload

from assets.catalogue.models import AssetClass, Symptom
from assets.register import access, availability, slots
from assets.register.models import Asset, EarlierNumber, Hold
from assets.register.states import HoldKind, Obstacle
from kernel import thai
from kernel.access import Scope, Viewer
from kernel.db import db, thai_order
from kernel.i18n import gettext as _
from kernel.search import contains
from office.bookkeeping.models import AuditEntry
from office.places.models import Room, Unit

PAGE = 50
HISTORY = 60
KEPT_STATEMENTS = 256
HELD = {
    Obstacle.ON_LOAN: HoldKind.LOAN,
    Obstacle.IN_REPAIR: HoldKind.REPAIR,
    Obstacle.IN_MAINTENANCE: HoldKind.MAINTENANCE,
    Obstacle.IN_TRANSIT: HoldKind.TRANSIT,
    Obstacle.BEING_COUNTED: HoldKind.COUNT,
}
AVAILABLE = "available"


@dataclass(frozen=True)
class Filters:
    """What a list of items is narrowed to; an empty field narrows nothing.

    ``availability`` is ``available`` or the name of an obstacle; ``newest`` turns the order from
    asset numbers to the time of taking in.
    """

    words: str = ""
    unit_id: int | None = None
    room_id: int | None = None
    class_id: int | None = None
    condition: str = ""
    availability: str = ""
    lifecycle: str = ""
    newest: bool = False
    import_id: int | None = None


def items(filters: Filters, viewer: Viewer, *, page: int = 1) -> Sequence[Any]:
    """Return one page of the list and one row more where another page follows.

    Each row has ``Asset`` columns by name, ``unit_th``, ``unit_en``, ``room``, ``class_th``,
    ``class_en`` and ``obstacle`` (None where the item is available).
    """
    query = _items(viewer.scope(access.SEE), filters.newest).where(*_narrowed(filters))
    return db.session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()


@lru_cache(KEPT_STATEMENTS)
def _items(reach: Scope, newest: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 - a cache key
    """Return the list without its filters; building it costs more than running it."""
    return (
        select(
            Asset.id,
            Asset.asset_no,
            Asset.name,
            Asset.brand,
            Asset.model,
            Asset.serial_no,
            Asset.quantity,
            Asset.unit_word,
            Asset.condition,
            Asset.lifecycle,
            Asset.price,
            Asset.acquired_on,
            Asset.thumbnail_key,
            Unit.name_th.label("unit_th"),
            Unit.name_en.label("unit_en"),
            Room.name.label("room"),
            AssetClass.name_th.label("class_th"),
            AssetClass.name_en.label("class_en"),
            availability.obstacle().label("obstacle"),
        )
        .join(Unit, Unit.id == Asset.holding_unit_id)
        .outerjoin(Room, Room.id == Asset.room_id)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .where(reach.clause(Asset.owner_unit_id, Asset.holding_unit_id))
        .order_by(*_order(newest=newest))
    )


def _order(*, newest: bool) -> tuple[Any, ...]:
    return (Asset.id.desc(),) if newest else (Asset.asset_no_sort, Asset.id)


def chosen(
    filters: Filters, *terms: ColumnElement[bool], limit: int, offset: int = 0
) -> Sequence[Asset]:
    """Return items of a list with their places, in its order, as far as the terms let them be seen.

    Args:
        filters: what the list is narrowed to.
        terms: who may see them (``access.visible``), and whatever else must hold.
        limit: how many at most.
        offset: how many of the list to pass over.
    """
    return db.session.scalars(
        select(Asset)
        .where(*terms, *_narrowed(filters))
        .options(joinedload(Asset.holding_unit), joinedload(Asset.room))
        .order_by(*_order(newest=filters.newest))
        .limit(limit)
        .offset(offset)
    ).all()


def count(filters: Filters, *terms: ColumnElement[bool]) -> int:
    """Count the items of a list; for work that must know its size, not for pages."""
    query = select(func.count()).select_from(Asset).where(*terms, *_narrowed(filters))
    return db.session.scalar(query) or 0


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if filters.words:
        terms.append(contains(Asset.search_key, filters.words))
    for column, wanted in (
        (Asset.holding_unit_id, filters.unit_id),
        (Asset.room_id, filters.room_id),
        (Asset.class_id, filters.class_id),
        (Asset.condition, filters.condition),
        (Asset.lifecycle, filters.lifecycle),
        (Asset.import_id, filters.import_id),
    ):
        if wanted:
            terms.append(column == wanted)
    if filters.availability:
        terms.append(_availability(filters.availability))
    return terms


def _availability(wanted: str) -> ColumnElement[bool]:
    if wanted == AVAILABLE:
        return availability.obstacle().is_(None)
    same = availability.obstacle() == wanted
    kind = HELD.get(Obstacle(wanted))
    if kind is None:
        return same
    held = select(Hold.asset_id).where(Hold.kind == kind, Hold.ended_at.is_(None))
    return and_(Asset.id.in_(held), same)


def classes() -> Sequence[AssetClass]:
    """Return all classes in the order of their codes."""
    return db.session.scalars(select(AssetClass).order_by(AssetClass.code)).all()


def units_with_items(viewer: Viewer) -> Sequence[Any]:
    """Return id, Thai and English name of the open units whose items the viewer may see."""
    return db.session.execute(_units(viewer.scope(access.SEE))).all()


@lru_cache(KEPT_STATEMENTS)
def _units(reach: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(reach.clause(Unit.id), Unit.closed_on.is_(None))
        .order_by(Unit.kind, thai_order(Unit.name_th))
    )


def rooms_of(unit_id: int) -> Sequence[Any]:
    """Return id and name of a unit's open rooms."""
    return db.session.execute(
        select(Room.id, Room.name)
        .where(Room.unit_id == unit_id, Room.closed_on.is_(None))
        .order_by(thai_order(Room.name))
    ).all()


def symptoms_for(class_id: int | None) -> Sequence[Symptom]:
    """Return the symptoms to offer: those of the class first, then those that fit everything."""
    wanted: ColumnElement[bool] = Symptom.class_id.is_(None)
    if class_id is not None:
        wanted = or_(wanted, Symptom.class_id == class_id)
    found = db.session.scalars(select(Symptom).where(wanted).order_by(Symptom.position)).all()
    return sorted(found, key=lambda symptom: symptom.class_id is None)


def by_code(text: str, *terms: ColumnElement[bool]) -> Sequence[Asset]:
    """Return the items whose asset number, serial or earlier number is this (R-N6).

    Numbers are unique within a unit only, so several may come. Who may see them is decided by the
    further terms (``access.visible``), not here.
    """
    key = thai.code_key(text)
    if not key:
        return []
    found = union(
        select(Asset.id).where(Asset.asset_no_key == key),
        select(Asset.id).where(Asset.serial_key == key),
        select(EarlierNumber.asset_id).where(EarlierNumber.key == key),
    )
    return db.session.scalars(
        select(Asset)
        .where(Asset.id.in_(found.subquery().select()), *terms)
        .order_by(Asset.id)
        .limit(20)
    ).all()


def earlier_numbers(asset: Asset) -> Sequence[str]:
    """Return the numbers an item carried before."""
    return db.session.scalars(
        select(EarlierNumber.number)
        .where(EarlierNumber.asset_id == asset.id)
        .order_by(EarlierNumber.id)
    ).all()


def timeline(asset: Asset, viewer: Viewer) -> list[slots.Entry]:
    """Return everything that happened to one item, newest first."""
    rows = db.session.execute(
        select(AuditEntry.at, AuditEntry.actor_name, AuditEntry.act, AuditEntry.after)
        .where(AuditEntry.subject_kind == Asset.__tablename__, AuditEntry.subject_id == asset.id)
        .order_by(AuditEntry.id.desc())
        .limit(HISTORY)
    ).all()
    own = [_told(row.at, row.actor_name, row.act, row.after or {}) for row in rows]
    return sorted(
        [*own, *slots.timeline_of(asset, viewer)], key=lambda entry: entry.at, reverse=True
    )[:HISTORY]


def _told(at: datetime, who: str, act: str, after: dict[str, Any]) -> slots.Entry:
    words = {
        "taken_in": (_("Entered in the register"), "journal-plus"),
        "edited": (_("Card changed"), "pencil"),
        "moved": (_("Moved to another room"), "geo-alt"),
        "judged": (_("Condition changed"), "clipboard-check"),
        "pictured": (_("Photo added"), "camera"),
    }
    text, icon = words.get(act, (act, "dot"))
    return slots.Entry(at=at, text=text, who=who, body=str(after.get("why", "")), icon=icon)
