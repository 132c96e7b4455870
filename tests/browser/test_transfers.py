"""Things go from one school to another, on phones: sent by one, confirmed piece by piece there."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from assets.register.models import Asset
from assets.transfers.states import TransferKind
from kernel.db import db
from office.people.access import Role
from tests.browser.conftest import PHONE, Open
from tests.browser.pages import button
from tests.browser.watching import overflow
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_person
from tests.factories.transfers import make_transfer


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_a_transfer_arrives_piece_by_piece_on_a_phone(open_browser: Open, cast: Cast) -> None:
    things = [make_asset(cast.school, name=f"โน้ตบุ๊ก {number}") for number in (1, 2)]
    transfer = make_transfer(
        *things,
        from_unit=cast.school,
        to_unit=cast.other_school,
        kind=TransferKind.FOR_GOOD,
        sent=True,
    )
    keeper = make_person(Role.STOREKEEPER, unit=cast.other_school, over=cast.other_school)
    phone = open_browser(keeper, viewport=PHONE, has_touch=True, is_mobile=True)
    phone.goto("/transfers")
    phone.get_by_role("link", name=transfer.number).click()
    confirm = button(phone, "Confirm the arrival")
    expect(confirm).to_be_visible()
    assert overflow(phone) == []
    expect(phone.locator("main")).to_contain_text("โน้ตบุ๊ก 1")
    confirm.click()
    expect(confirm).to_have_count(0)
    expect(phone.locator("main")).to_contain_text("โน้ตบุ๊ก 2")
    assert overflow(phone) == []
    db.session.rollback()
    units = {db.session.get_one(Asset, thing.id).holding_unit_id for thing in things}
    assert units == {cast.other_school.id}
