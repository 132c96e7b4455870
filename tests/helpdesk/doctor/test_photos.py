"""The doctor's watch over main photos and over files that are not in the store."""

from __future__ import annotations

import pytest
from flask import Flask

from helpdesk.doctor import cards
from kernel.files import store
from kernel.stores import open_store
from kernel.work import work
from tests.buckets import free_port
from tests.factories.assets import make_asset
from tests.factories.attachments import add_document, add_photo, make_product

pytestmark = pytest.mark.usefixtures("app")


def test_main_photos_that_are_photos_of_their_thing_are_well() -> None:
    add_photo(make_asset())
    add_photo(make_product())
    assert list(cards.main_photos()) == []


def test_a_main_photo_that_is_none_of_the_photos_is_named() -> None:
    asset, product = make_asset(), make_product()
    for thing in (asset, product):
        add_photo(thing)
        with work():
            thing.photo_key = f"{'1' * 64}.jpg"
    assert list(cards.main_photos()) == [f"asset {asset.id}", f"product_model {product.id}"]


def test_a_main_photo_that_was_removed_is_named() -> None:
    asset = make_asset()
    one = add_photo(asset)
    with work():
        one.removed_at, one.removed_why = one.at, "ถ่ายผิด"
    assert list(cards.main_photos()) == [f"asset {asset.id}"]


def test_a_document_whose_file_is_gone_is_named() -> None:
    one = add_document(make_asset())
    store().remove(one.key)
    assert list(cards.files()) == [f"attachment {one.id}: {one.key}"]


def test_a_store_that_does_not_answer_is_a_finding(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = open_store(f"s3://files?endpoint=http://127.0.0.1:{free_port()}", key="k", secret="s")
    monkeypatch.setitem(app.extensions, "file_store", dead)
    (found,) = cards.files()
    assert "ไม่ตอบสนอง" in found or "does not answer" in found
