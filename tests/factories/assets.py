"""Items for tests."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import insert

from assets.catalogue.models import AssetClass
from assets.register.models import Asset
from assets.register.rules import items
from kernel.db import db
from office.places.models import Unit
from tests.factories.office import TESTER, in_work, make_office

_count = itertools.count(1)


def make_class(**overrides: Any) -> AssetClass:
    """Return a new class of items."""
    number = next(_count)
    with in_work():
        made = AssetClass(
            **{
                "code": f"7440-{number:03}",
                "name_th": "คอมพิวเตอร์โน้ตบุ๊ก",
                "name_en": "Notebook computer",
                "icon": "laptop",
                **overrides,
            }
        )
        db.session.add(made)
    return made


def make_asset(unit: Unit | None = None, **overrides: Any) -> Asset:
    """Return a new item, owned by a unit (the office when left out)."""
    number = next(_count)
    with in_work():
        owner = unit or make_office()
        return items.take_in(
            {
                "name": "เครื่องคอมพิวเตอร์โน้ตบุ๊ก",
                "asset_no": f"7440-001-{number:04}/69",
                "serial_no": f"SN{number:05}",
                "owner_unit_id": owner.id,
                **overrides,
            },
            by=TESTER,
        )


def make_alike(one: Asset, number: int) -> None:
    """Put so many more cards like one into the register; only their numbers differ."""
    kept = {column.name for column in Asset.__table__.columns if column.computed is None} - {"id"}
    card = {name: getattr(one, name) for name in kept}
    numbers = [f"{one.asset_no}-{further}" for further in range(number)]
    with in_work():
        db.session.connection().execute(
            insert(Asset.__table__),
            [{**card, "asset_no": each, "asset_no_key": each} for each in numbers],
        )
