"""The register's list for people who live in it: by keys alone, and many items changed at once."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from assets.register.models import Asset
from kernel.db import db
from tests.browser.conftest import Open
from tests.browser.pages import button, say, say_of
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset


@pytest.fixture
def cast(app: Flask) -> Cast:
    people = make_cast()
    for number in (1, 2, 3):
        make_asset(people.school, name=f"จอภาพ {number}", asset_no=f"7440-00{number}")
    return people


def chosen(page: Page) -> str:
    return page.locator("tr[aria-selected=true]").inner_text()


def notes() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Asset.note).order_by(Asset.id)))


def test_rows_are_walked_ticked_and_opened_by_keys(open_browser: Open, cast: Cast) -> None:
    page = open_browser(cast.sri)
    page.goto("/items")
    page.locator("body").press("j")
    page.keyboard.press("j")
    assert "จอภาพ 2" in chosen(page)
    page.keyboard.press("k")
    assert "จอภาพ 1" in chosen(page)
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("1")
    page.keyboard.press("/")
    expect(page.locator("[data-scan-input]").first).to_be_focused()
    page.keyboard.type("jjj")
    assert "จอภาพ 1" in chosen(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("จอภาพ 2")


def test_many_items_are_changed_after_a_look_and_changed_back(
    open_browser: Open, cast: Cast
) -> None:
    page = open_browser(cast.sri)
    page.goto("/items")
    page.locator("[data-tick-all]").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("3")
    page.locator("body").press("e")
    page.locator("input[name=fields][value=note]").check()
    page.locator("[name=note]").fill("ตรวจแล้ว")
    button(page, "Show what would change").click()
    expect(page.locator("ins")).to_have_count(3)
    assert notes() == ["", "", ""]
    page.locator("main .btn-primary").click()
    expect(page.get_by_text(say_of("bulk change", "Changed"), exact=True).first).to_be_visible()
    assert notes() == ["ตรวจแล้ว"] * 3
    page.on("dialog", lambda dialog: dialog.accept())
    button(page, "Undo the change").click()
    expect(page.locator("main")).to_contain_text(say("The change was taken back."))
    assert notes() == ["", "", ""]
