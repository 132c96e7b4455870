"""What browser stories may ask for: a served application, browsers of phone and desktop size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from office.people.models import Person
from tests.browser import server
from tests.browser.watching import Complaints
from tests.conftest import Clock
from tests.factories.office import sign_in

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
# Milliseconds that anything on a page may take before a story gives up.
PATIENCE = 10_000
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the fake camera reads what it shows; a story writes it before opening the camera."""
    return tmp_path_factory.mktemp("camera") / "label.mjpeg"


@pytest.fixture(scope="session")
def browser(film: Path) -> Iterator[Browser]:
    """One Chromium for all stories of this process."""
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *camera])
        yield chromium
        chromium.close()


@pytest.fixture
def site(app: Flask, clock: Clock) -> Iterator[str]:
    """The address of the running service, at ten o'clock of a Monday in term time."""
    with server.serving(app) as address:
        yield address


@pytest.fixture
def complaints() -> list[Complaints]:
    """What the pages of this story complained about, one entry for each browser."""
    return []


@pytest.fixture
def open_browser(
    app: Flask, clock: Clock, site: str, browser: Browser, complaints: list[Complaints]
) -> Iterator[Open]:
    """Opens a browser of its own, signed in as a person where one is given.

    Afterwards no page may have written an error into its console or broken its content policy.
    """
    opened: list[BrowserContext] = []

    def open_one(person: Person | None = None, **options: Any) -> Page:
        context = browser.new_context(
            **{
                "base_url": site,
                "locale": "th-TH",
                "timezone_id": "Asia/Bangkok",
                "viewport": DESKTOP,
                "permissions": ["camera"],
                **options,
            }
        )
        context.set_default_timeout(PATIENCE)
        context.clock.set_system_time(clock.now)  # a phone and the service agree about the day
        opened.append(context)
        complaints.append(Complaints(context))
        if person is not None:
            give_session(app, context, person, site)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()
    assert [line for one in complaints for line in one.said] == []


@pytest.fixture
def phone(open_browser: Open) -> Page:
    """A guest's phone."""
    return open_browser(viewport=PHONE, has_touch=True, is_mobile=True)


def give_session(app: Flask, context: BrowserContext, person: Person, site: str) -> None:
    """Sign a browser in without the sign-in page."""
    client = app.test_client()
    sign_in(client, person)
    cookie = client.get_cookie("helpdesk")
    assert cookie is not None
    context.add_cookies([{"name": "helpdesk", "value": cookie.value, "url": site}])


@contextmanager
def without_network(page: Page) -> Iterator[None]:
    """Take the network away from a browser inside the block."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)
