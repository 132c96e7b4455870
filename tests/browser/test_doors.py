"""Signing in and out, and the language that stays."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from kernel.work import work
from office.people.passwords import hashed
from tests.browser import pages
from tests.browser.conftest import PHONE, Open
from tests.browser.pages import button, say
from tests.browser.watching import Complaints
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.tickets import make_tag

PASSWORD = "ม้าขาววิ่งข้ามสะพาน 47"


@pytest.fixture
def cast(app: Flask) -> Cast:
    made = make_cast()
    secret = hashed(PASSWORD)
    with work():
        made.malee.password_hash = secret
        made.malee.username = "malee"
    return made


def test_a_wrong_password_is_told_and_signing_out_everywhere_ends_every_session(
    open_browser: Open, cast: Cast, complaints: list[Complaints]
) -> None:
    here, there = open_browser(), open_browser(viewport=PHONE)
    wrong = say("The name or the password is not right.")
    for number, page in enumerate((here, there)):
        page.goto("/reports")
        # The browser itself notes in its console that a form was refused.
        with complaints[number].expected():
            pages.sign_in(page, "malee", "ไม่ใช่รหัสผ่าน")
            expect(page.get_by_role("alert")).to_contain_text(wrong)
        expect(pages.box(page, "User name or e-mail address")).to_have_value("malee")
        pages.sign_in(page, "malee", PASSWORD)
        expect(page).to_have_url(re.compile("/reports$"))
    here.goto("/profile")
    here.on("dialog", lambda dialog: dialog.accept())
    button(here, "Sign out on every device").click()
    expect(here.get_by_role("main")).to_contain_text(say("You are signed out on every device."))
    there.goto("/profile")
    expect(there.get_by_role("heading", level=1)).to_have_text(say("Sign in"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_switches_the_language_on_a_page_and_stays_in_it(
    open_browser: Open, cast: Cast, javascript: bool
) -> None:
    code = make_tag(make_asset(unit=cast.school)).code
    phone = open_browser(viewport=PHONE, java_script_enabled=javascript)
    pages.scan_by_address(phone, code)
    expect(phone.locator("html")).to_have_attribute("lang", "th")
    phone.get_by_role("button", name="English").click()
    expect(phone).to_have_url(re.compile(f"/q/{code}$", re.IGNORECASE))
    expect(phone.get_by_role("main")).to_contain_text("Report a fault")
    phone.get_by_role("link", name="Report a fault").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Report a fault")


def test_the_language_of_a_person_follows_to_the_next_device(
    open_browser: Open, cast: Cast
) -> None:
    office = open_browser(cast.malee)
    office.goto("/reports?page=1")
    office.get_by_role("button", name="English").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("My reports")
    assert office.url.endswith("/reports?page=1")
    phone = open_browser(cast.malee, viewport=PHONE)
    phone.goto("/inbox")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Inbox")
    phone.get_by_role("button", name="Malee Example").or_(phone.locator("summary.me")).first.click()
    phone.get_by_role("button", name="ไทย").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(say("Inbox"))
