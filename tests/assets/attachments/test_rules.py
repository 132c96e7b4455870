"""Adding, choosing, ordering and removing photos and documents."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from assets.attachments import jobs, queries, rules
from assets.attachments.access import Holder
from assets.attachments.models import Attachment
from assets.attachments.states import Kind
from assets.register.models import Asset
from assets.register.rules import items, photo_batches
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.documents import JPEG
from kernel.errors import Refusal
from kernel.work import work
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.attachments import add_document, add_photo, kept, make_product
from tests.factories.office import TESTER

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(params=[make_asset, make_product], ids=["item", "model"])
def holder(request: pytest.FixtureRequest, app: Flask) -> Holder:
    """An item, and a model."""
    made: Holder = request.param()
    return made


def row(holder: Holder) -> list[int]:
    return [one.id for one in queries.photos_of(holder)]


def count(*terms: object) -> int:
    return db.session.scalar(select(func.count()).select_from(Attachment).where(*terms)) or 0


def test_the_first_photo_becomes_the_main_one(holder: Holder) -> None:
    first = add_photo(holder)
    add_photo(holder)
    assert (holder.photo_key, holder.thumbnail_key) == (first.key, first.thumbnail_key)


def test_photos_stand_in_the_order_in_which_they_were_added(holder: Holder) -> None:
    added = [add_photo(holder).id for _ in range(4)]
    assert row(holder) == added


def test_a_chosen_photo_becomes_the_main_one(holder: Holder) -> None:
    add_photo(holder)
    second = add_photo(holder)
    with work():
        rules.choose(second, holder, by=TESTER)
    assert holder.photo_key == second.key


def test_a_document_is_never_the_main_photo(holder: Holder) -> None:
    one = add_document(holder)
    with pytest.raises(Refusal), work():
        rules.choose(one, holder, by=TESTER)


def test_a_photo_moves_one_place_and_stops_at_the_ends(holder: Holder) -> None:
    first, second, third = (add_photo(holder) for _ in range(3))
    with work():
        rules.shift(third, holder, -1, by=TESTER)
    assert row(holder) == [first.id, third.id, second.id]
    with work():
        rules.shift(first, holder, -1, by=TESTER)
        rules.shift(second, holder, 1, by=TESTER)
    assert row(holder) == [first.id, third.id, second.id]


def test_the_same_photo_is_there_once(holder: Holder) -> None:
    file = kept()
    with work():
        assert rules.add_photos(holder, [file, file], "", by=TESTER) == 1
    with work():
        assert rules.add_photos(holder, [file], "อีกครั้ง", by=TESTER) == 0
    assert len(row(holder)) == 1


def test_one_file_may_be_a_photo_and_a_document(holder: Holder) -> None:
    file = kept()
    with work():
        rules.add_photos(holder, [file], "", by=TESTER)
        assert rules.add_documents(holder, [file], Kind.WARRANTY, "", None, by=TESTER) == 1


def test_removing_the_main_photo_makes_the_next_one_the_main_one(holder: Holder) -> None:
    first, second = add_photo(holder), add_photo(holder)
    with work():
        rules.remove(first, holder, "เบลอ", by=TESTER)
    assert (holder.photo_key, row(holder)) == (second.key, [second.id])
    with work():
        rules.remove(second, holder, "ไม่ใช่เครื่องนี้", by=TESTER)
    assert (holder.photo_key, holder.thumbnail_key) == ("", "")


def test_removing_needs_a_reason(holder: Holder) -> None:
    one = add_photo(holder)
    with pytest.raises(Refusal), work():
        rules.remove(one, holder, "  ", by=TESTER)
    assert row(holder) == [one.id]


def test_what_was_removed_cannot_be_removed_again_or_changed(holder: Holder) -> None:
    one = add_document(holder)
    with work():
        rules.remove(one, holder, "ผิดไฟล์", by=TESTER)
    for act in (
        lambda: rules.remove(one, holder, "อีกที", by=TESTER),
        lambda: rules.edit(one, {"title": "ใหม่"}, by=TESTER),
    ):
        with pytest.raises(Refusal), work():
            act()


def test_what_was_removed_is_put_back(holder: Holder) -> None:
    one = add_photo(holder)
    with work():
        rules.remove(one, holder, "ผิดไฟล์", by=TESTER)
    with work():
        rules.restore(one, holder, by=TESTER)
    assert (row(holder), holder.photo_key) == ([one.id], one.key)


def test_what_was_added_again_since_is_not_put_back(holder: Holder) -> None:
    file = kept()
    with work():
        rules.add_photos(holder, [file], "", by=TESTER)
    one = queries.photos_of(holder)[0]
    with work():
        rules.remove(one, holder, "ลองดู", by=TESTER)
        rules.add_photos(holder, [file], "", by=TESTER)
    with pytest.raises(Refusal), work():
        rules.restore(one, holder, by=TESTER)


def test_a_hundred_is_the_most_of_one_thing(holder: Holder) -> None:
    with work():
        rules.add_photos(holder, [kept() for _ in range(rules.MOST_OF_ONE)], "", by=TESTER)
    with pytest.raises(Refusal, match="100"), work():
        rules.add_photos(holder, [kept()], "", by=TESTER)
    assert len(row(holder)) == rules.MOST_OF_ONE


def test_a_photo_cannot_be_made_a_document(holder: Holder) -> None:
    one = add_photo(holder)
    with pytest.raises(Refusal), work():
        rules.edit(one, {"kind": Kind.MANUAL}, by=TESTER)


def test_removed_files_are_forgotten_after_the_days_of_the_settings(
    holder: Holder, clock: Clock
) -> None:
    gone, stays = add_document(holder), add_document(holder)
    with work():
        rules.remove(gone, holder, "หมดอายุ", by=TESTER)
    clock.forward(days=29)
    assert jobs.forget_removed() == 0
    clock.forward(days=2)
    assert (jobs.forget_removed(), jobs.forget_removed()) == (1, 0)
    db.session.expire_all()
    assert (gone.key, gone.removed_why, bool(stays.key)) == ("", "หมดอายุ", True)
    with pytest.raises(Refusal), work():
        rules.restore(gone, holder, by=TESTER)


def test_a_photo_put_on_a_card_by_another_room_is_one_of_its_photos(app: Flask) -> None:
    asset, first, second = make_asset(), kept(), kept()
    with work():
        items.picture(asset, first.key, first.thumbnail_key, by=TESTER)
    with work():
        photo_batches.attach(asset, second.key, second.thumbnail_key, by=TESTER)
    assert [one.key for one in queries.photos_of(asset)] == [first.key, second.key]
    assert asset.photo_key == second.key


@pytest.mark.parametrize("wrong", ["both", "none"])
def test_the_database_refuses_what_hangs_on_two_things_or_none(app: Flask, wrong: str) -> None:
    asset, product = make_asset(), make_product()
    ids = {"asset_id": asset.id, "product_id": product.id} if wrong == "both" else {}
    with pytest.raises(IntegrityError), work():
        db.session.add(
            Attachment(
                **ids,
                kind=Kind.PHOTO,
                name="a.jpg",
                key=kept().key,
                media=JPEG,
                at=kernel_clock.now(),
            )
        )


def test_two_who_add_photos_at_once_both_succeed(app: Flask) -> None:
    asset_id = make_asset().id
    photos = [kept() for _ in range(6)]
    same = kept()

    def add(position: int) -> Callable[[], None]:
        def run() -> None:
            with app.app_context(), work():
                asset = db.session.get_one(Asset, asset_id)
                rules.add_photos(asset, [photos[position], same], "", by=TESTER)

        return run

    wrong = together([add(number) for number in range(6)])
    assert wrong == []
    db.session.rollback()
    found = queries.photos_of(db.session.get_one(Asset, asset_id))
    assert sorted(one.key for one in found) == sorted([*(one.key for one in photos), same.key])
    assert len({one.position for one in found}) == len(found)


def together(acts: list[Callable[[], None]]) -> list[BaseException]:
    """Run acts in threads that start at once; return what they raised."""
    wrong: list[BaseException] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        gate.wait()
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - told by the test
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong
