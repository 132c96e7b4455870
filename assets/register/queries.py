"""Reading the register: one item, what codes mean, what lists are narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, union

from assets.catalogue.models import AssetClass, ProductModel, Symptom
from assets.register import access
from assets.register.models import Asset, EarlierNumber
from kernel import thai
from kernel.access import Scope, Viewer
from kernel.db import db, thai_order
from office.places.models import Room, Unit

KEPT_STATEMENTS = 256
MOST_PRODUCTS = 300


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


def products_with_items(class_id: int | None, product_id: int | None) -> Sequence[Any]:
    """Return id, brand and name of the models that items of a class are of.

    Args:
        class_id: the class; nothing but ``product_id`` where it is left out.
        product_id: a model that comes in any case.
    """
    wanted = ProductModel.id == (product_id or 0)
    if class_id is not None:
        of_class = exists().where(Asset.model_id == ProductModel.id, Asset.class_id == class_id)
        wanted = or_(wanted, of_class)
    return db.session.execute(
        select(ProductModel.id, ProductModel.brand, ProductModel.name)
        .where(wanted)
        .order_by(thai_order(ProductModel.brand), thai_order(ProductModel.name))
        .limit(MOST_PRODUCTS)
    ).all()


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
    found = db.session.scalars(
        select(Symptom).where(wanted, Symptom.retired.is_(False)).order_by(Symptom.position)
    ).all()
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
