"""The life of a tag."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.labels import codes
from assets.labels.models import Tag
from assets.labels.rules import tags as rules
from assets.labels.states import Reason
from assets.register.models import Asset
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import TESTER
from tests.office.at_once import in_threads


def tag(asset: Asset) -> Tag:
    with work():
        return rules.tag_for(asset, by=TESTER)


def blank() -> Tag:
    with work():
        return rules.print_blanks(1, by=TESTER)[0]


def claim(code: str, asset: Asset) -> Tag:
    with work():
        return rules.claim(code, asset, by=TESTER)


def test_an_item_keeps_its_tag_however_often_it_is_printed(app: Flask) -> None:
    asset = make_asset()
    assert tag(asset).code == tag(asset).code


def test_every_item_of_a_sheet_has_a_tag_of_its_own(app: Flask) -> None:
    assets = [make_asset() for _unused in range(5)]
    known = tag(assets[2]).code
    with work():
        tags = rules.tags_for(assets, by=TESTER)
    assert tags[assets[2].id].code == known
    assert len({tags[asset.id].code for asset in assets}) == len(assets)


def test_a_code_that_was_ever_given_is_drawn_again(app: Flask) -> None:
    first = blank()
    drawn: Iterator[str] = iter([first.code, first.code, "7K3QF9AB"])
    with work():
        made = rules.print_blanks(1, by=TESTER, draw=lambda: next(drawn))
    assert made[0].code == "7K3QF9AB"


@pytest.mark.parametrize("count", [0, -1, rules.MOST_BLANKS + 1])
def test_a_strange_number_of_blanks_is_refused(count: int, app: Flask) -> None:
    with pytest.raises(Refusal), work():
        rules.print_blanks(count, by=TESTER)


def test_the_first_scan_claims_a_blank_tag(app: Flask, clock: Clock) -> None:
    asset, made = make_asset(), blank()
    claimed = claim(made.code.lower(), asset)
    assert (claimed.asset_id, claimed.claimed_at) == (asset.id, clock.now)


def test_claiming_again_for_the_same_item_changes_nothing(app: Flask, clock: Clock) -> None:
    asset, made = make_asset(), blank()
    first = claim(made.code, asset).claimed_at
    clock.forward(minutes=5)
    assert claim(made.code, asset).claimed_at == first


def test_a_claimed_tag_is_not_given_to_another_item(app: Flask) -> None:
    made = blank()
    claim(made.code, make_asset())
    with pytest.raises(Refusal, match="ป้ายนี้เป็นของรายการอื่นอยู่แล้ว"):
        claim(made.code, make_asset())


def test_a_code_of_another_system_cannot_be_claimed(app: Flask) -> None:
    with pytest.raises(Refusal):
        claim("https://example.com/x", make_asset())


def test_of_two_who_claim_one_tag_at_the_same_moment_one_wins(app: Flask) -> None:
    code = blank().code
    ids = [make_asset().id, make_asset().id]
    ready = threading.Barrier(2)
    won: list[int] = []
    lost: list[str] = []

    def try_it(asset_id: int) -> None:
        with app.app_context():
            ready.wait()
            try:
                with work():
                    rules.claim(code, db.session.get_one(Asset, asset_id), by=TESTER)
                won.append(asset_id)
            except Refusal as refusal:
                lost.append(refusal.message)
            db.session.remove()

    threads = [threading.Thread(target=try_it, args=(asset_id,)) for asset_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert (len(won), len(lost)) == (1, 1)
    assert db.session.scalars(select(Tag.asset_id).where(Tag.code == code)).one() == won[0]


def test_of_two_blanks_put_on_one_item_at_the_same_moment_one_is_in_use(app: Flask) -> None:
    blanks, asset_id = [blank().code, blank().code], make_asset().id
    db.session.rollback()
    told: list[str] = []

    def try_it(number: int) -> None:
        try:
            with work():
                rules.claim(blanks[number], db.session.get_one(Asset, asset_id), by=TESTER)
            told.append("claimed")
        except Refusal as refusal:
            told.append(str(refusal.field))
        db.session.remove()

    in_threads(app, 2, try_it)
    assert sorted(told) == ["claimed", "old"]
    on_it = select(func.count()).where(Tag.asset_id == asset_id, Tag.retired_at.is_(None))
    assert db.session.scalar(on_it) == 1


def test_a_retired_tag_is_out_of_use_for_good(app: Flask) -> None:
    asset = make_asset()
    old = tag(asset)
    with work():
        rules.retire(db.session.get_one(Tag, old.id), Reason.LOST, by=TESTER)
    with pytest.raises(Refusal, match="เลิกใช้แล้ว"):
        claim(old.code, asset)


def test_an_item_whose_tag_is_retired_gets_a_new_code(app: Flask) -> None:
    asset = make_asset()
    old = tag(asset).code
    with work():
        rules.retire(db.session.scalars(select(Tag)).one(), Reason.LOST, by=TESTER)
    assert tag(asset).code != old
    assert db.session.scalar(select(func.count()).select_from(Tag)) == 2


def test_blanksare_read_as_our_own(app: Flask) -> None:
    assert codes.read_code(tag(make_asset()).code) is not None
