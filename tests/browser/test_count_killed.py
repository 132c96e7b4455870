"""The annual inspection when the browser dies in the middle: what was scanned is not lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from assets.counts.models import Result, Scan
from kernel.db import db
from tests.browser.conftest import CHROMIUM, PATIENCE, PHONE, QUIET, give_session
from tests.browser.pages import button, say
from tests.browser.test_count import PAGE, Story, count, kept, take_along, waiting

SCANNED = 20
Phone = Callable[[], BrowserContext]


@pytest.fixture
def story(app: Flask) -> Story:
    return Story()


@pytest.fixture
def phone_of(browser: Browser, site: str, tmp_path: Path) -> Iterator[Phone]:
    """Opens the same phone again and again: one profile on the disk, one browser at a time."""
    opened: list[BrowserContext] = []

    def open_phone() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=list(QUIET),
            base_url=site,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            viewport=PHONE,
            has_touch=True,
            is_mobile=True,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_phone
    opened[-1].close()


def process_of(profile: Path) -> int:
    """Return the id of the browser's own process, the parent of all others of its profile."""
    wanted = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            said = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in said and not any(word.startswith(b"--type=") for word in said):
            return int(folder.name)
    raise LookupError(profile)


def kill(context: BrowserContext, profile: Path) -> None:
    """End the browser as an empty battery does: nothing of it runs to its end."""
    with context.expect_event("close"):
        os.kill(process_of(profile), signal.SIGKILL)


def is_focused(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.id === 'code'"))


def test_twenty_scans_outlive_a_killed_browser_and_an_ended_session(
    app: Flask, site: str, story: Story, phone_of: Phone, tmp_path: Path
) -> None:
    first = phone_of()
    give_session(app, first, story.chair, site)
    page = first.pages[0]
    take_along(page)
    first.set_offline(True)
    for number in story.numbers[:SCANNED]:
        count(page, number)
        assert is_focused(page)
    kill(first, tmp_path / "profile")
    assert kept(Scan) == 0

    again = phone_of()
    again.clear_cookies()
    again.set_offline(True)
    page = again.pages[0]
    page.goto(PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Counting without a network"))
    waiting(page, SCANNED)
    again.set_offline(False)
    button(page, "Send now").click()
    expect(page.locator("[data-sign-in]")).to_be_visible()
    waiting(page, SCANNED)
    assert kept(Scan) == 0

    give_session(app, again, story.chair, site)
    button(page, "Send now").click()
    waiting(page, 0)
    assert kept(Result) == SCANNED
    assert sorted(db.session.scalars(select(Scan.code))) == sorted(story.numbers[:SCANNED])
    button(page, "Send now").click()
    expect(page.locator("[data-strip]")).to_have_attribute("data-state", "done")
    assert kept(Scan) == SCANNED
