"""Parts of a page that follow what is typed: questions of a category, the preview of an article."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_room
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_an_article_is_seen_while_it_is_written(open_browser: Open, cast: Cast) -> None:
    page = open_browser(cast.thep)
    page.goto("/knowledge/new")
    page.locator("[name=body_th]").press_sequentially("## หัวข้อ")
    expect(page.locator("#preview-th h2, #preview-th h3")).to_have_text("หัวข้อ")


def test_what_is_reported_in_the_room_shows_while_typing(open_browser: Open, cast: Cast) -> None:
    room = make_room(cast.school, "ห้อง 231")
    ticket = make_ticket(make_asset(cast.school, room_id=room.id))
    page = open_browser(cast.thep)
    page.goto(f"/report?unit={cast.school.id}")
    expect(page.get_by_text(ticket.number)).to_have_count(0)
    page.locator("[name=place]").press_sequentially("ห้อง 231")
    expect(page.get_by_text(ticket.number).first).to_be_visible()
