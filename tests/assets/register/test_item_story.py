"""The timeline of an item, and its repairs beside its value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from assets.register.models import Asset
from assets.register.rules import items
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from office.people.queries import english_names
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.repairs import repaired

CARD: dict[str, Any] = {
    "price": Decimal(24_000),
    "acquired_on": date(2024, 3, 15),
    "useful_life_years": 3,
}
HINT = "โปรดพิจารณาจัดหาทดแทน"


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.thep)
    return people


def page(client: FlaskClient, asset: Asset, query: str = "") -> str:
    answer = client.get(f"/items/{asset.id}{query}")
    assert answer.status_code == 200
    return answer.text


def test_repairs_are_summed_beside_the_book_value(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school, **CARD)
    repaired(asset, cast.thep, "เปลี่ยนแบตเตอรี่", Decimal("1200.50"))
    repaired(asset, cast.thep, "ทำความสะอาด", None)
    said = page(client, asset)
    assert "1,200.50" in said
    assert "แจ้งซ่อม 2 ครั้ง" in said
    assert HINT not in said


@pytest.mark.parametrize(
    ("cost", "acquired", "hint"),
    [
        ("2666.66", date(2024, 3, 15), False),  # just what it is worth on 23 November 2026
        ("7200.00", date(2024, 3, 15), True),  # 30 percent of 24,000, and more than it is worth
        ("7199.99", date(2024, 3, 15), False),  # less than 30 percent of a new one
        ("7200.00", date(2026, 11, 1), False),  # hardly aged
    ],
)
def test_a_hint_appears_when_repairs_cost_more_than_the_item_is_worth(
    cast: Cast, client: FlaskClient, cost: str, acquired: date, hint: bool
) -> None:
    asset = make_asset(cast.school, **{**CARD, "acquired_on": acquired})
    repaired(asset, cast.thep, "เปลี่ยนจอภาพ", Decimal(cost))
    assert (HINT in page(client, asset)) is hint


def test_a_changed_price_is_told_with_both_amounts(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school, **CARD)
    with work():
        found = db.session.get_one(Asset, asset.id)
        items.edit(found, {"price": Decimal(25_000)}, by=viewer_for(cast.sri))
    assert "24,000.00 → 25,000.00" in page(client, asset, "?kind=value")
    assert "24,000.00 → 25,000.00" not in page(client, asset, "?kind=repair")


def test_the_timeline_is_narrowed_to_one_kind(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school, **CARD)
    repaired(asset, cast.thep, "เปลี่ยนจอภาพ", None)
    assert "บันทึกเข้าทะเบียน" in page(client, asset)
    narrowed = page(client, asset, "?kind=repair")
    assert "แจ้งซ่อม: ใช้งานไม่ได้" in narrowed
    assert "บันทึกเข้าทะเบียน" not in narrowed
    page(client, asset, "?kind=nonsense&page=99")


def test_what_happened_stands_under_its_fiscal_year(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school, **CARD)
    said = page(client, asset)
    assert said.index("ปีงบประมาณ 2570") < said.index("ปีงบประมาณ 2567")


def test_the_page_asks_as_often_for_a_long_history_as_for_a_short_one(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school, **CARD)
    repaired(asset, cast.thep, "ครั้งแรก", None)
    page(client, asset)
    with counted() as few:
        page(client, asset)
    for _unused in range(12):
        repaired(asset, cast.thep, "อีกครั้ง", Decimal(10))
    with counted() as many:
        page(client, asset)
    assert len(many) == len(few) <= 5


def test_english_pages_name_people_in_english(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school, **CARD)
    with work():
        found = db.session.get_one(Asset, asset.id)
        items.edit(found, {"price": Decimal(25_000)}, by=viewer_for(cast.sri))
    ticket = repaired(asset, cast.thep, "Screen", Decimal(10))
    with work():
        db.session.execute(update(Person).values(language="en"))
    assert "Sri Example" in page(client, asset)
    assert "Thep Example" in client.get(f"/tickets/{ticket.id}").text
    sign_in(client, cast.orn)
    assert "Sri Example" in client.get("/audit").text


def test_names_are_asked_for_on_english_pages_only(app: Flask) -> None:
    known = make_person(Role.TECHNICIAN, name_en="Thep Example").id
    with counted() as asked:
        assert english_names([known, None]) == {}
    assert not asked
