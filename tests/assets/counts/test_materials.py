"""The working papers on materials: what the year moved, what is left, what the store counted."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Flask

from assets.counts import listings, papers
from assets.counts.models import Round
from assets.stock.models import Store
from assets.stock.rules import counting
from assets.stock.states import SupplyClass
from kernel.db import db
from office.people.models import Person
from office.places.models import Unit
from tests.assets.counts.test_lists import printed
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import open_round, store_officer
from tests.factories.office import in_work, make_person, make_unit, viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive
from tests.office.papers.paper_reading import bare


def on(day: int, month: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, 5, tzinfo=UTC)


def count_of(shop: Shop, found: int) -> None:
    """Let the keeper count the only item of a store."""
    keeper = viewer_for(db.session.get_one(Person, shop.keeper.id))
    with in_work():
        count = counting.start(db.session.get_one(Store, shop.store.id), "ตรวจนับ", by=keeper)
        (line,) = counting.lines_of(count)
        counting.count_line(line.id, Decimal(found), "ชื้น", count, by=keeper)
        counting.finish(count, by=keeper)


def cells(one: Round, name: str) -> list[list[Any]]:
    rows = list(listings.rows_of(store_officer(), one, name))
    made = papers.in_thai(lambda: listings.for_paper(name, rows))
    return [[row["group"], *row["cells"][1:]] for row in made["rows"]]


def year_of(school: Unit, clock: Clock) -> Round:
    """Return a round whose store moved things in the year, before it and after it."""
    shop, item = (
        make_store(school),
        make_stock_item(name_th="หมึกพิมพ์", supply_class=SupplyClass.COMPUTER),
    )
    clock.set(on(20, 9, 2025))
    receive(shop, item, 10, 1000)
    clock.set(on(20))
    issue(shop, item, 4, make_person(name_th="ผู้เบิก ตัวอย่าง"))
    receive(make_store(make_unit()), item, 7, 700)
    clock.set(on(5, 10))
    receive(shop, item, 2, 300)
    count_of(shop, 7)
    make_asset(school)
    return open_round(school)


def test_materials_are_those_of_the_year_and_of_its_last_day(app: Flask, clock: Clock) -> None:
    one = year_of(make_unit(name_th="โรงเรียนตัวอย่าง"), clock)
    (moved,) = cells(one, "material_moves")
    assert moved[3:8] == ["หมึกพิมพ์", "กล่อง", False, "๔", "๔๐๐.๐๐"]
    assert str(moved[8]).startswith("ผู้เบิก ตัวอย่าง")
    (left,) = cells(one, "materials")
    assert left[:6] == ["วัสดุคอมพิวเตอร์", "หมึกพิมพ์", "กล่อง", "๖", "๗", "-๑"]
    assert left[8] == "ชื้น นับเมื่อ 5 ต.ค. 2569 ขณะนั้นบัญชีมี 8"
    sizes = listings.sizes(store_officer(), one, listings.MATERIALS)
    assert [size.items for size in sizes.values()] == [1, 1]
    (page,) = printed(one, "materials")
    assert bare("แบบตรวจนับวัสดุคงเหลือแยกตามประเภท") in page
