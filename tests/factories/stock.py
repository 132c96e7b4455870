"""Stores, items and movements of stock for tests."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assets.stock.asked import Line, Paper, People
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.rules import issuing, items, receiving, stores
from assets.stock.rules.items import Card
from assets.stock.rules.stores import Plate
from kernel.db import db
from office.people.access import Role
from office.people.models import Person
from office.places.models import Unit
from tests.factories.office import in_work, make_office, make_person, viewer_for

_count = itertools.count(1)


@dataclass(frozen=True)
class Shop:
    """A store with the people who run it."""

    store: Store
    keeper: Person
    orderer: Person


def make_stock_item(**overrides: Any) -> StockItem:
    """Return an item that is counted in whole pieces."""
    number = next(_count)
    card = Card(
        **{
            "code": f"ว-{number:04}",
            "name_th": f"หมึกพิมพ์ตัวอย่าง {number}",
            "name_en": f"Example toner {number}",
            "unit_th": "กล่อง",
            "unit_en": "box",
            **overrides,
        }
    )
    with in_work():
        return items.enter(card, by=viewer_for(make_person(Role.STOREKEEPER)))


def make_store(unit: Unit | None = None, **people: Person) -> Shop:
    """Return a store of a unit (the office) with a keeper and an orderer."""
    number = next(_count)
    with in_work():
        home = db.session.merge(unit) if unit else make_office()
        given = {name: db.session.merge(person) for name, person in people.items()}
        keeper = given.get("keeper") or make_person(Role.STOREKEEPER, over=home)
        orderer = given.get("orderer") or make_person(Role.APPROVER, over=home)
        plate = Plate(f"ค{number}", f"คลังตัวอย่าง {number}", f"Example Store {number}", "อาคาร 1")
        plate = Plate(plate.code, plate.name_th, plate.name_en, plate.place, keeper, orderer)
        store = stores.found(home, plate, by=viewer_for(make_person(Role.ADMIN)))
    return Shop(store, keeper, orderer)


def receive(
    shop: Shop, item: StockItem, quantity: Decimal | int | str, value: Decimal | int | str = 0
) -> StockSlip:
    """Take a quantity into a store; ``value`` is baht for all of it."""
    with in_work():
        line = Line(db.session.merge(item), Decimal(quantity), value=Decimal(value))
        store = db.session.merge(shop.store)
        return receiving.receive(store, [line], Paper("ส.1/2570"), by=viewer_for(shop.keeper))


def issue(
    shop: Shop, item: StockItem, quantity: Decimal | int | str, to: Person | None = None
) -> StockSlip:
    """Hand a quantity out to a person, a new one where none is given."""
    with in_work():
        person = db.session.merge(to) if to else make_person()
        line = Line(db.session.merge(item), Decimal(quantity))
        people = People(person, person)
        store = db.session.merge(shop.store)
        return issuing.issue(store, [line], people, "ใช้ในงาน", by=viewer_for(shop.keeper))
