"""The shelf: what one unit lends, by model or class, with how many are free, and its kits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from assets.catalogue.models import AssetClass, ProductModel
from assets.loans import pools
from assets.loans.free_days import Step
from assets.loans.pools import Pool, Pools
from assets.loans.request_models import KitLine, LoanKit
from assets.register.models import Asset
from kernel import search
from kernel.db import db, thai_order
from kernel.i18n import language
from office.places.models import Unit

PAGE = 24
KINDS = ("model", "class", "item")


@dataclass(frozen=True)
class Thing:
    """What may be asked for: one pool of a unit, with its name, its picture and its numbers.

    ``free`` counts the days asked for, ``steps`` says how many are free from which day on.
    """

    pool: Pool
    name: str
    class_name: str
    icon: str
    thumbnail_key: str
    total: int
    free: int
    steps: Sequence[Step] = ()

    @property
    def kind(self) -> str:
        """Which part of the pool names it: ``model``, ``class`` or ``item``."""
        return kind_of(self.pool)

    @property
    def id(self) -> int:
        """The id of that model, class or item."""
        return self.pool.model_id or self.pool.class_id or self.pool.asset_id


def kind_of(pool: Pool) -> str:
    """Return which part of a pool names it."""
    return "model" if pool.model_id else "class" if pool.class_id else "item"


def pool_named(unit_id: int, kind: str, number: int) -> Pool | None:
    """Return the pool that an address names; None for a kind that there is not."""
    if kind not in KINDS:
        return None
    ids = {f"{'asset' if kind == 'item' else kind}_id": number}
    return Pool(unit_id, **ids)


@dataclass(frozen=True)
class Wanted:
    """What the shelf is narrowed to: words, a class, and the half-open days of interest."""

    first: date
    end: date
    words: str = ""
    class_id: int | None = None


def things(unit_id: int, wanted: Wanted, page: int) -> list[Thing]:
    """Return one page (and one more where others follow) of what a unit lends, in Thai order."""
    class_name = func.min(AssetClass.name_th)
    query = _described().where(Asset.holding_unit_id == unit_id)
    if wanted.words:
        query = query.where(search.contains(Asset.search_key, wanted.words))
    if wanted.class_id is not None:
        query = query.where(Asset.class_id == wanted.class_id)
    query = query.order_by(
        class_name.is_(None),
        thai_order(class_name),
        func.min(ProductModel.name),
        *pools.KEY,
    )
    rows = db.session.execute(query.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    return _things(rows, wanted.first, wanted.end)


def thing(pool: Pool, first: date, end: date) -> Thing | None:
    """Return one pool as a thing; None where there is nothing in it."""
    query = _described().where(Asset.holding_unit_id == pool.unit_id)
    if pool.model_id:
        query = query.where(Asset.model_id == pool.model_id)
    elif pool.class_id:
        query = query.where(Asset.model_id.is_(None), Asset.class_id == pool.class_id)
    else:
        nothing = (Asset.model_id.is_(None), Asset.class_id.is_(None))
        query = query.where(Asset.id == pool.asset_id, *nothing)
    return next(iter(_things(db.session.execute(query).all(), first, end)), None)


def _described() -> Select[*tuple[Any, ...]]:
    english = func.min(AssetClass.name_en)
    own = english if language() == "en" else func.min(AssetClass.name_th)
    return (
        pools.keyed(
            func.min(ProductModel.brand),
            func.min(ProductModel.name),
            func.coalesce(func.nullif(own, ""), func.min(AssetClass.name_th)),
            func.min(AssetClass.icon),
            func.coalesce(
                func.nullif(func.max(ProductModel.thumbnail_key), ""), func.max(Asset.thumbnail_key)
            ),
            func.min(Asset.name),
            func.min(Asset.asset_no),
        )
        .outerjoin(ProductModel, ProductModel.id == Asset.model_id)
        .group_by(*pools.KEY)
    )


def _things(rows: Sequence[Any], first: date, end: date) -> list[Thing]:
    found = Pools.read(Pool(*row[:4]) for row in rows)
    made = []
    for *key, brand, model, class_name, icon, thumbnail, item, number in rows:
        pool = Pool(*key)
        names = {
            "model": f"{brand} {model}".strip(),
            "class": class_name,
            "item": f"{item} {number or ''}".strip(),
        }
        made.append(
            Thing(
                pool=pool,
                name=str(names[kind_of(pool)]),
                class_name=str(class_name or ""),
                icon=str(icon or "box-seam"),
                thumbnail_key=str(thumbnail or ""),
                total=found.total(pool),
                free=max(found.free(pool, first, end), 0),
                steps=found.steps(pool),
            )
        )
    return made


def classes_on(unit_id: int) -> Sequence[AssetClass]:
    """Return the classes of what a unit lends, in Thai order."""
    having = (
        select(Asset.class_id)
        .join(AssetClass, AssetClass.id == Asset.class_id)
        .where(pools.lendable(), Asset.holding_unit_id == unit_id)
    )
    return db.session.scalars(
        select(AssetClass)
        .where(AssetClass.id.in_(having))
        .order_by(thai_order(AssetClass.name_th), AssetClass.id)
    ).all()


def items_in(pool: Pool, limit: int = 100) -> Sequence[Asset]:
    """Return the items of a pool by number, for who wants a certain one."""
    query = (
        select(Asset)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .where(pools.lendable(), Asset.holding_unit_id == pool.unit_id)
    )
    if pool.model_id:
        query = query.where(Asset.model_id == pool.model_id)
    elif pool.class_id:
        query = query.where(Asset.model_id.is_(None), Asset.class_id == pool.class_id)
    else:
        query = query.where(Asset.id == pool.asset_id)
    return db.session.scalars(query.order_by(Asset.asset_no_sort, Asset.id).limit(limit)).all()


def kits(unit_id: int, *, retired: bool = False) -> Sequence[LoanKit]:
    """Return the kits of a unit with their lines, in Thai order."""
    query = (
        select(LoanKit)
        .options(
            selectinload(LoanKit.lines).options(
                joinedload(KitLine.product), joinedload(KitLine.asset_class)
            )
        )
        .where(LoanKit.unit_id == unit_id)
        .order_by(thai_order(LoanKit.name), LoanKit.id)
    )
    if not retired:
        query = query.where(LoanKit.retired_on.is_(None))
    return db.session.scalars(query).all()


def first_with_kits(units: Sequence[Unit]) -> Unit | None:
    """Return the first of these units that keeps a kit, else the first one."""
    keeping = set(db.session.scalars(select(LoanKit.unit_id).where(LoanKit.retired_on.is_(None))))
    return next((unit for unit in units if unit.id in keeping), units[0] if units else None)
