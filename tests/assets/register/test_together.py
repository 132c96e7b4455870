# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""Sets with their parts, lots that are divided, standings, items gathered under a model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from assets.catalogue.models import ProductModel
from assets.catalogue.rules import products
from assets.register import sets as reading
from assets.register import standing, valuation
from assets.register.models import Asset
from assets.register.rules import gathering, holds, items, lots, sets
from assets.register.standing import Ground
from assets.register.states import HoldKind, Lifecycle, Standing
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.access import Role
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_office, make_person, make_unit, viewer_for

BEFORE, FIRST = date(2019, 9, 30), date(2019, 10, 1)


def row(item: Asset) -> Asset:
    return db.session.get_one(Asset, item.id)


def put(whole: Asset, part: Asset) -> None:
    with work():
        sets.add_part(row(whole), row(part), by=TESTER)


def test_a_set_knows_its_parts_and_what_moves_along(app: Flask) -> None:
    whole, first, second = make_asset(), make_asset(), make_asset()
    put(whole, first)
    put(whole, second)
    with work():
        sets.let_move(row(second), along=False, by=TESTER)
    assert [one.id for one in reading.parts_of(row(whole))] == [first.id, second.id]
    assert [one.id for one in reading.moving_along(row(whole))] == [first.id]
    assert reading.whole_of(row(first)).id == whole.id


@pytest.mark.parametrize("case", ["itself", "taken", "set", "part", "books", "gone"])
def test_what_cannot_be_a_part_is_refused(app: Flask, case: str) -> None:
    whole, part, other = make_asset(), make_asset(), make_asset()
    if case == "itself":
        part = whole
    elif case == "taken":
        put(other, part)
    elif case == "set":
        put(part, other)
    elif case == "part":
        put(other, whole)
    elif case == "books":
        part = make_asset(make_unit())
    else:
        part = make_asset(lifecycle=Lifecycle.DISPOSED)
    with pytest.raises(Refusal), work():
        sets.add_part(row(whole), row(part), by=TESTER)


def test_a_part_taken_out_stands_for_itself(app: Flask) -> None:
    whole, part = make_asset(), make_asset()
    put(whole, part)
    with work():
        sets.take_out(row(part), by=TESTER)
    assert row(part).whole_id is None
    with pytest.raises(Refusal), work():
        sets.take_out(row(part), by=TESTER)


def test_pieces_of_a_lot_get_a_card_of_their_own(app: Flask) -> None:
    lot = make_asset(quantity=20, price=Decimal(350), acquired_on=FIRST)
    with work():
        made = lots.split(row(lot), 3, by=TESTER)
    assert (row(lot).quantity, made.quantity) == (17, 3)
    assert (made.price, made.acquired_on, made.asset_no) == (Decimal(350), FIRST, None)


@pytest.mark.parametrize("pieces", [0, 20, 21, -1])
def test_all_or_none_of_a_lot_is_not_divided(app: Flask, pieces: int) -> None:
    lot = make_asset(quantity=20)
    with pytest.raises(Refusal) as refused, work():
        lots.split(row(lot), pieces, by=TESTER)
    assert refused.value.field == "pieces"


def test_a_lot_on_loan_is_not_divided(app: Flask) -> None:
    lot = make_asset(quantity=20)
    with work():
        holds.hold(row(lot), HoldKind.LOAN, "ย.1/2570")
    with pytest.raises(Refusal), work():
        lots.split(row(lot), 3, by=TESTER)


@pytest.mark.parametrize(
    ("day", "price", "low"),
    [
        (BEFORE, "9000.00", False),
        (FIRST, "9999.99", True),
        (FIRST, "10000.00", False),
        (BEFORE, "4999.99", True),
        (date(1999, 1, 1), "29999.99", True),
        (date(1990, 1, 1), "1.00", False),
    ],
)
def test_R_A1_a_card_is_kept_by_the_threshold_of_its_day(
    app: Flask, day: date, price: str, low: bool
) -> None:
    item = make_asset(price=Decimal(price), acquired_on=day)
    assert row(item).below_threshold is low


def test_R_A1_the_standing_is_counted_anew_when_price_or_day_change(app: Flask) -> None:
    item = make_asset(price=Decimal(9000), acquired_on=FIRST)
    with work():
        items.edit(row(item), {"price": Decimal(12000)}, by=TESTER)
    assert row(item).below_threshold is False
    with work():
        items.edit(row(item), {"price": Decimal(4000), "acquired_on": BEFORE}, by=TESTER)
    assert standing.told(row(item)).threshold == Decimal(5000)
    assert row(item).below_threshold is True


def test_R_A1_a_decision_with_a_reason_holds_against_the_threshold(app: Flask) -> None:
    item = make_asset(price=Decimal(9000), acquired_on=FIRST, useful_life_years=3, name="โต๊ะประชุม")
    with work():
        items.decide_standing(row(item), Standing.CAPITAL, "ซื้อเป็นชุด", by=TESTER)
    with work():
        items.edit(row(item), {"price": Decimal(8000)}, by=TESTER)
    assert standing.told(row(item)).ground == Ground.DECIDED
    worth = valuation.of_item(row(item), date(2021, 10, 1))
    assert worth is not None
    assert worth.depreciable is True


def test_R_A1_a_decision_without_a_reason_is_refused(app: Flask) -> None:
    item = make_asset()
    with pytest.raises(Refusal) as refused, work():
        items.decide_standing(row(item), Standing.LOW_VALUE, " ", by=TESTER)
    assert refused.value.field == "reason"


def test_what_the_older_register_said_stands_until_price_and_day_are_known(app: Flask) -> None:
    item = make_asset(below_threshold=True)
    assert standing.told(row(item)).ground == Ground.SAID
    with work():
        items.edit(row(item), {"price": Decimal(20000), "acquired_on": FIRST}, by=TESTER)
    assert row(item).below_threshold is False


def test_items_of_one_brand_and_model_are_gathered_as_ticked(app: Flask) -> None:
    make_office()
    keeper = viewer_for(make_person(Role.STOREKEEPER))
    alike = [make_asset(brand=b, model=m) for b, m in (("Acer", "Aspire 5"), ("ACER", "aspire  5"))]
    make_asset(brand="Acer", model="Aspire 7")
    with work():
        product = products.add({"brand": "Acer", "name": "Aspire 5"}, by=TESTER)
    found = gathering.alike(db.session.get_one(ProductModel, product.id), keeper)
    assert {one.id for one in found} == {one.id for one in alike}
    with work():
        record = db.session.get_one(ProductModel, product.id)
        assert gathering.gather(record, [alike[0].id], by=keeper) == 1
    assert row(alike[0]).model_id == product.id
    assert row(alike[1]).model_id is None


def test_nobody_gathers_items_of_another_school(app: Flask) -> None:
    school = make_unit()
    make_asset(brand="Acer", model="Aspire 5")
    with work():
        product = products.add({"brand": "Acer", "name": "Aspire 5"}, by=TESTER)
    keeper = viewer_for(make_person(Role.STOREKEEPER, unit=school, over=school))
    assert gathering.alike(db.session.get_one(ProductModel, product.id), keeper) == []
