"""The kept book values are those of the one function, and are read only where they hold good."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from assets.catalogue.models import AssetClass
from assets.register import columns, jobs, list_pages, list_queries, valuation, worth_kept
from assets.register.book_value import Convention
from assets.register.filters import Filters
from assets.register.models import Asset
from assets.register.rules import worths
from assets.register.states import Condition, Lifecycle, Standing
from assets.register.worth_models import AssetWorth, WorthState
from helpdesk.doctor import keys
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.assets.register.test_worth_in_sql import card, classes
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import viewer_for

CARDS = 90
BOUGHT: dict[str, Any] = {"acquired_on": date(2024, 1, 1), "useful_life_years": 5}


def is_read() -> bool:
    return worth_kept.whole(clock.today(), valuation.in_force()) is not None


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


def listed(filters: Filters, me: Any) -> list[int]:
    """Return the ids of a list, page by page."""
    found: list[int] = []
    for page in range(1, CARDS):
        rows = list_queries.items(filters, columns.chosen(()), me, page=page)
        found += [row.id for row in rows[: list_queries.PAGE]]
        if len(rows) <= list_queries.PAGE:
            break
    return found


def by_the_function(filters: Filters, me: Any) -> list[int]:
    """Return the ids of a list, put in order by what the function says of every card."""
    down = filters.sort.startswith("-")
    seen = list(list_queries.exported(replace(filters, sort=""), (columns.COLUMNS["net"],), me))
    said = {row.id: valuation.of_row(row, clock.today()) for row in seen}
    told = [row.id for row in seen if (worth := said[row.id]) and worth.net is not None]
    rest = [row.id for row in seen if row.id not in set(told)]
    place = {row.id: number for number, row in enumerate(seen)}

    def key(one: int) -> tuple[Decimal, int]:
        worth = said[one]
        return (worth.net or Decimal(0) if worth else Decimal(0)), place[one]

    return [*sorted(told, key=key, reverse=down), *(reversed(rest) if down else rest)]


@pytest.mark.parametrize("page", [7, 30])
@pytest.mark.parametrize("looked_through", [10, 4000])
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


def change_and_restore_a_life() -> None:
    """Give a class another life and its own again, with an item saved between the two."""
    kind = db.session.query(AssetClass).filter_by(name_th="สมุด").one()
    with work():
        kind.useful_life_years = 9
    with work():
        db.session.query(Asset).filter_by(class_id=kind.id).one().quantity = 2
    with work():
        kind.useful_life_years = 5


def write_beside_the_cards() -> None:
    with work():
        db.session.execute(update(Asset).where(Asset.name == "ข").values(price=Decimal(90_000)))


def begin_anew() -> None:
    with work():
        worths.begin(clock.today() + timedelta(days=40), Convention.A)


def name_a_class_otherwise() -> None:
    with work():
        db.session.query(AssetClass).filter_by(name_th="ครุภัณฑ์คอมพิวเตอร์").one().name_th = "ที่ดิน"


@pytest.mark.parametrize(
    "upsetting",
    [change_and_restore_a_life, write_beside_the_cards, begin_anew, name_a_class_otherwise],
)
def test_what_does_not_hold_good_is_not_read_and_made_anew(
    app: Flask, upsetting: Callable[[], None]
) -> None:
    cast = make_cast()
    book = make_class(name_th="สมุด", useful_life_years=5)
    words = make_class(name_th="ครุภัณฑ์คอมพิวเตอร์")
    bought = {"acquired_on": date(2022, 1, 1)}
    make_asset(name="ก", price=Decimal(50_000), class_id=book.id, **bought)
    make_asset(name="ข", price=Decimal(60_000), class_id=words.id, **bought)
    make_asset(name="ค", price=Decimal(30_000), useful_life_years=8, **bought)
    jobs.keep_worths()
    me, by_value = viewer_for(cast.sri), Filters(sort="net")
    assert listed(by_value, me) == by_the_function(by_value, me)
    assert is_read()
    upsetting()
    assert not is_read()
    assert listed(by_value, me) == by_the_function(by_value, me)
    jobs.keep_worths()
    assert is_read()
    assert listed(by_value, me) == by_the_function(by_value, me)
    assert list(keys.item_worths()) == []


def test_another_convention_is_made_anew(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_asset(price=Decimal(50_000), acquired_on=date(2024, 1, 20), useful_life_years=5)
    jobs.keep_worths()
    settings = replace(app.extensions["settings"], depreciation_convention="B")
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert not is_read()
    assert jobs.keep_worths() == 1
    assert is_read()
    assert list(keys.item_worths()) == []


def test_values_of_another_release_are_not_written_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = make_asset(price=Decimal(50_000), **BOUGHT)
    jobs.keep_worths()
    monkeypatch.setattr(worth_kept, "RULES", "another release")
    with work():
        asset.quantity = 2
    kept = worth_kept.mark()
    assert kept is not None
    assert kept.state == WorthState.UPSET


def test_a_making_that_was_overtaken_does_not_end_what_follows(app: Flask) -> None:
    make_asset(price=Decimal(50_000), **BOUGHT)
    with work():
        turn = worths.begin(clock.today(), valuation.in_force())
    with work():
        worths.begin(clock.today(), valuation.in_force())
    with work():
        assert worths.step(0, turn) == (None, 0)
        worths.end(turn)
    assert not is_read()


def test_what_is_upset_while_it_is_made_is_not_read(app: Flask) -> None:
    make_asset(name="ข", price=Decimal(50_000), **BOUGHT)
    with work():
        turn = worths.begin(clock.today(), valuation.in_force())
        last, written = worths.step(0, turn)
    assert (last is not None, written) == (True, 1)
    write_beside_the_cards()
    with work():
        worths.end(turn)
    assert not is_read()


def test_a_step_waits_for_a_card_that_is_being_written(app: Flask) -> None:
    asset_id = make_asset(price=Decimal(50_000), **BOUGHT).id
    jobs.keep_worths()
    written, ended = Event(), Event()

    def write() -> None:
        with app.app_context(), work():
            db.session.get_one(Asset, asset_id).price = Decimal(80_000)
            db.session.flush()
            written.set()
            # The other one cannot end before this one has: so long it is given the time to.
            ended.wait(0.3)

    writing = Thread(target=write)
    writing.start()
    written.wait()
    with clock.frozen(clock.now() + timedelta(days=40)):
        jobs.keep_worths()
        ended.set()
        writing.join()
        assert is_read()
        assert list(keys.item_worths()) == []
