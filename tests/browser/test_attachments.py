"""A photo of an item, from a phone: chosen, sent, shown, without the place where it was taken."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from assets.attachments.models import Attachment
from kernel.db import db
from kernel.files import store
from tests.browser.conftest import PHONE, Open
from tests.browser.pages import button
from tests.browser.photos import jpeg, place_in
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_a_photo_is_put_on_an_item_by_phone(open_browser: Open, cast: Cast) -> None:
    asset = make_asset(cast.school)
    phone = open_browser(cast.sri, viewport=PHONE, has_touch=True, is_mobile=True)
    phone.goto(f"/items/{asset.id}")
    phone.locator("#camera").set_input_files(jpeg())
    button(phone, "Add the photos").click()
    phone.goto(f"/items/{asset.id}")
    picture = phone.locator("#files img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    db.session.rollback()
    kept = db.session.scalars(select(Attachment)).one()
    assert place_in(store().read(kept.key)) == {}
