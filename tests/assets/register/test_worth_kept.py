"""The kept book values are those of the one function, and are read only where they hold good."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from assets.catalogue.models import AssetClass
from assets.register import jobs, list_pages, list_queries
from assets.register.filters import Filters
from assets.register.models import Asset
from assets.register.rules import worths
from assets.register.states import Condition, Lifecycle, Standing
from assets.register.worth_models import AssetWorth
from helpdesk.doctor import keys
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.assets.register.by_value import BOUGHT, by_the_function, is_read, listed
from tests.assets.register.test_worth_in_sql import card, classes
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import viewer_for

CARDS = 90


def filled(app: Flask) -> Cast:
    """Write cards of every kind down beside the session, in three units."""
    cast, of_class = make_cast(), classes()
    dice = random.Random(31)  # noqa: S311 - not secret
    units = (cast.school, cast.other_school, cast.office)
    with work():
        cards = [card(dice, n, units[n % 3].id, of_class) for n in range(CARDS)]
        rows = [{**one, "asset_no_sort": f"{n % 40:02}"} for n, one in enumerate(cards)]
        rows = [
            {**row, "condition": Condition.DAMAGED if n % 5 else "good"}
            for n, row in enumerate(rows)
        ]
        db.session.execute(insert(Asset), rows)
    return cast


@pytest.mark.parametrize("page", [7, 30])
@pytest.mark.parametrize("looked_through", [1, 4])
def test_every_list_has_the_order_and_the_sum_of_the_one_function(
    app: Flask, monkeypatch: pytest.MonkeyPatch, page: int, looked_through: int
) -> None:
    cast = filled(app)
    monkeypatch.setattr(list_queries, "PAGE", page)
    monkeypatch.setattr(list_pages, "LOOKED_THROUGH", looked_through)
    monkeypatch.setattr(worths, "STEP", 25)
    lists = [
        (filters, viewer_for(person))
        for filters in (
            Filters(),
            Filters(condition=Condition.GOOD),
            Filters(unit_id=cast.school.id),
        )
        for person in (cast.sri, cast.kanda)
    ]
    wrong = []
    for kept in (False, True):
        if kept:
            jobs.keep_worths()
        assert is_read() is kept
        for filters, me in lists:
            for sort in ("net", "-net"):
                ordered = replace(filters, sort=sort)
                right = by_the_function(ordered, me)
                ids = list_queries.chosen_ids(ordered, Asset.id.in_(right), limit=CARDS)
                if not listed(ordered, me) == list(ids) == right:
                    wrong.append((kept, ordered, me.name))
    assert wrong == []


def test_a_sum_of_values_is_the_same_kept_and_counted(app: Flask) -> None:
    cast = filled(app)
    lists = (Filters(), Filters(condition=Condition.GOOD), Filters(unit_id=cast.school.id))
    counted = [list_queries.summed(filters, viewer_for(cast.sri)) for filters in lists]
    jobs.keep_worths()
    assert is_read()
    assert [list_queries.summed(filters, viewer_for(cast.sri)) for filters in lists] == counted
    assert counted[0].net != counted[1].net


def test_whatever_happens_to_a_card_the_kept_value_is_that_of_the_function(app: Flask) -> None:
    kinds = [make_class(useful_life_years=years) for years in (3, 8)]
    ids = [make_asset(price=Decimal(40_000 + n), **BOUGHT).id for n in range(4)]
    jobs.keep_worths()
    dice, seen = random.Random(11), set()  # noqa: S311 - a fixed order of acts
    acts: dict[str, Callable[[], Any]] = {
        "price": lambda: dice.choice([None, Decimal(dice.randrange(9_000, 90_000))]),
        "acquired_on": lambda: dice.choice([None, date(2018 + dice.randrange(8), 3, 9)]),
        "quantity": lambda: dice.choice([1, 7]),
        "useful_life_years": lambda: dice.choice([None, 4, 9]),
        "asset_class": lambda: dice.choice([None, *db.session.query(AssetClass)]),
        "class_text": lambda: dice.choice(["", "ครุภัณฑ์คอมพิวเตอร์", "ที่ดิน"]),
        "below_threshold": lambda: dice.choice([True, False]),
        "standing_override": lambda: dice.choice([None, *Standing]),
        "lifecycle": lambda: dice.choice([*Lifecycle]),
        "asset_no_sort": lambda: f"{dice.randrange(99)}",
    }
    for turn in range(120):
        what = dice.choice([*acts])
        with work():
            if turn % 10 == 0:
                ids.append(make_asset(class_id=kinds[turn % 2].id, price=Decimal(50_000)).id)
            setattr(db.session.get_one(Asset, dice.choice(ids)), what, acts[what]())
        assert (what, list(keys.item_worths())) == (what, [])
        seen |= set(db.session.scalars(db.select(AssetWorth.net)))
    assert is_read()
    assert len(seen) > 10
    with work():
        db.session.execute(update(AssetWorth).where(AssetWorth.asset_id == ids[0]).values(net=7))
    assert list(keys.item_worths()) == [f"asset {ids[0]}"]


def test_a_night_writes_what_has_moved_and_nothing_twice(app: Flask) -> None:
    first = date(2026, 11, 30)
    with clock.frozen(clock.at(first, clock.now().time())):
        moved = make_asset(price=Decimal(36_000), **BOUGHT).id
        make_asset(price=Decimal(300), **BOUGHT)
        make_asset(price=None)
        assert jobs.keep_worths() == 3
        assert jobs.keep_worths() == 0
        assert db.session.get_one(AssetWorth, moved).net == Decimal(15_000)
    with clock.frozen(clock.at(first + timedelta(days=1), clock.now().time())):
        assert not is_read()
        assert jobs.keep_worths() == 0
        assert is_read()
    with clock.frozen(clock.at(date(2026, 12, 31), clock.now().time())):
        assert jobs.keep_worths() == 1
        assert list(keys.item_worths()) == []
