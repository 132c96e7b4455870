"""The lending desk by keyboard alone, and the timetable that chases what is late."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from assets.loans.models import LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.timetable import runner, table
from kernel.db import db
from tests.browser import pages
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.pages import button, say
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.tickets import make_tag

# Seconds for five items, from the first key to the number of the loan.
QUICK = 20
# What the keys of a tag code type while the keyboard is set to Thai (Kedmanee).
THAI_KEYS = dict(zip("AEKMST02345678", "ฤฎษ?ฆธจ/-ภถุึค", strict=True))
NAMES = [f"เครื่องฉายที่ {number}" for number in range(1, 6)]


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def items(cast: Cast) -> list[Asset]:
    return [make_asset(name=name) for name in NAMES]


def numbers_of(items: list[Asset]) -> list[str]:
    return [str(item.asset_no) for item in items]


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(LoanLine.state).order_by(LoanLine.id)))


def line(desk: Page, name: str) -> object:
    return desk.locator(".desk-line", has_text=name)


@pytest.mark.parametrize("javascript", [True, False])
def test_five_items_are_lent_by_keyboard_alone_and_quickly(
    open_browser: Open, cast: Cast, items: list[Asset], javascript: bool
) -> None:
    in_thai = make_tag(items[4], code="TAKE5M38")
    desk = open_browser(cast.sri, java_script_enabled=javascript)
    desk.goto("/desk")
    expect(desk.locator("[data-scan-input]")).to_be_focused()
    began = time.monotonic()
    codes = [cast.malee.card_code, *numbers_of(items[:4])]
    codes.append("".join(THAI_KEYS[letter] for letter in in_thai.code))
    for step, code in enumerate(codes):
        pages.scan(desk, code)
        if not javascript:
            # Without a script each scan is a page; a person waits for it too.
            expect(desk.locator(".desk-who")).to_contain_text("มาลี ตัวอย่าง")
            expect(desk.locator(".desk-line")).to_have_count(step)
    expect(desk.locator(".desk-line")).to_have_count(5)
    expect(desk.locator(".desk-who")).to_contain_text("มาลี ตัวอย่าง")
    focus_by_tab(desk, "purpose")
    desk.keyboard.type("สอนวิชาวิทยาการคำนวณ")
    focus_by_tab(desk, "official")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(desk.locator(".big-number")).to_contain_text("ย.1/2570")
    assert time.monotonic() - began < QUICK
    slip = pages.link(desk, "Print the slip").get_attribute("href")
    assert slip is not None
    paper = desk.request.get(slip)
    assert paper.ok
    assert paper.body().startswith(b"%PDF")
    assert states() == [LineState.OUT] * 5


def focus_by_tab(desk: Page, name: str) -> None:
    """Press Tab until the field has the focus."""
    for _step in range(40):
        desk.keyboard.press("Tab")
        if desk.evaluate("() => document.activeElement.name") == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_four_items_come_back_and_the_damaged_one_is_reported(
    open_browser: Open, cast: Cast, items: list[Asset], size: dict[str, int]
) -> None:
    make_loan(*items, borrower=cast.malee, officer=cast.sri)
    desk = open_browser(cast.sri, viewport=size)
    desk.goto("/desk")
    for number in numbers_of(items[:4]):
        pages.scan(desk, number)
    expect(desk.locator(".desk-line")).to_have_count(4)
    broken = desk.locator(".desk-line", has_text=NAMES[1])
    broken.get_by_label(say("How it came back")).select_option("damaged")
    broken.get_by_label(say("What was noticed")).fill("เลนส์แตก")
    broken.get_by_label(say("What was noticed")).press("Enter")
    heading = pages.count("%(num)s item taken back", "%(num)s items taken back", 4)
    expect(desk.get_by_role("heading", level=1)).to_have_text(heading)
    expect(desk.get_by_role("main")).to_contain_text("ซ.1/2570")
    expect(desk.get_by_role("main")).to_contain_text(NAMES[4])
    assert states() == [LineState.RETURNED] * 4 + [LineState.OUT]
    ticket = db.session.scalars(select(Ticket)).one()
    assert ticket.asset_id == items[1].id
    assert "เลนส์แตก" in ticket.detail


def test_an_item_that_is_out_already_is_refused_with_its_reason(
    open_browser: Open, cast: Cast, items: list[Asset]
) -> None:
    make_loan(items[0], borrower=cast.kanda, officer=cast.sri)
    desk = open_browser(cast.sri)
    desk.goto("/desk")
    for code in (cast.malee.card_code, numbers_of(items)[1], numbers_of(items)[0]):
        pages.scan(desk, code)
    expect(desk.locator("[data-desk-said]")).to_contain_text("กานดา ตัวอย่าง")
    expect(button(desk, "Go")).to_be_visible()


def test_the_timetable_flags_the_fifth_and_tells_the_borrower_once(
    open_browser: Open, cast: Cast, clock: Clock, items: list[Asset]
) -> None:
    make_loan(*items, borrower=cast.malee, officer=cast.sri)
    desk = open_browser(cast.sri)
    desk.goto("/desk")
    for number in numbers_of(items[:4]):
        pages.scan(desk, number)
    expect(desk.locator(".desk-line")).to_have_count(4)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("main")).to_contain_text(NAMES[4])

    clock.forward(days=2)
    for _round in range(2):
        runner.run_due(table.jobs(), holder="a test", may_go_on=lambda: True)

    desk.goto("/loans/overdue")
    expect(desk.locator("main tbody tr")).to_have_count(1)
    expect(desk.locator("main tbody tr")).to_contain_text(NAMES[4])
    phone = open_browser(cast.malee, viewport=PHONE)
    phone.goto("/inbox")
    late = phone.get_by_role("article").filter(has_text=NAMES[4])
    expect(late).to_have_count(1)
    expect(late).to_contain_text(numbers_of(items)[4])

    admin = open_browser(cast.admin)
    admin.goto("/timetable")
    flagged = admin.locator("main tbody tr", has_text="flag_loans")
    expect(flagged).to_contain_text(pages.say_of("run", "Done"))
