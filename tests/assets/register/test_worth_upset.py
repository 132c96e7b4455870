"""What is kept of book values is read only where it holds good, whatever upsets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import update

from assets.catalogue.models import AssetClass
from assets.register import columns, jobs, list_queries, valuation, worth_kept
from assets.register.book_value import Convention
from assets.register.filters import Filters
from assets.register.models import Asset
from assets.register.rules import worths
from assets.register.worth_models import WorthState
from helpdesk.doctor import keys
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.assets.register.by_value import BOUGHT, by_the_function, is_read, listed
from tests.cast import make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import viewer_for


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


def write_beside_the_models() -> None:
    cards = Asset.__table__
    with work():
        db.session.execute(update(cards).where(cards.c.name == "ข").values(price=Decimal(90_000)))


def begin_anew() -> None:
    with work():
        worths.begin(clock.today() + timedelta(days=40), Convention.A)


def name_a_class_otherwise() -> None:
    with work():
        db.session.query(AssetClass).filter_by(name_th="ครุภัณฑ์คอมพิวเตอร์").one().name_th = "ที่ดิน"


@pytest.mark.parametrize(
    "upsetting",
    [
        change_and_restore_a_life,
        write_beside_the_cards,
        write_beside_the_models,
        begin_anew,
        name_a_class_otherwise,
    ],
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


def test_what_is_begun_anew_while_it_is_read_is_counted_instead(app: Flask) -> None:
    make_asset(price=Decimal(50_000), **BOUGHT)
    jobs.keep_worths()

    def read(by: columns.ListColumn) -> bool:
        if by.is_kept:
            begin_anew()
        return by.is_kept

    assert list_queries.by_worth(read) is False
    jobs.keep_worths()
    assert list_queries.by_worth(lambda by: by.is_kept) is True


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
            # The other one waits for this one, so it cannot say that it has ended.
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
