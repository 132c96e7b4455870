"""What people do on the pages, in their own words: one function for each thing they do.

Words are looked up as the service says them, so that a better sentence breaks no story.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from kernel.i18n import gettext, ngettext, pgettext, speaking


def say(message: str, language: str = "th", **values: object) -> str:
    """Return a sentence of the service in a language."""
    with speaking(language):
        return gettext(message, **values)


def say_of(sense: str, message: str) -> str:
    """Return a sentence of the service in Thai, in one of its senses."""
    with speaking("th"):
        return pgettext(sense, message)


def count(one: str, many: str, number: int) -> str:
    """Return a sentence with a number in Thai."""
    with speaking("th"):
        return ngettext(one, many, number, num=number)


def button(page: Page | Locator, message: str) -> Locator:
    """Return the button that bears these words."""
    return page.get_by_role("button", name=say(message), exact=True)


def link(page: Page | Locator, message: str) -> Locator:
    """Return the link that bears these words."""
    return page.get_by_role("link", name=say(message), exact=True)


def box(page: Page | Locator, message: str) -> Locator:
    """Return the field with this label, with or without the mark that it may stay empty."""
    words = re.escape(say(message)) + r"\s*(\(.*\))?"
    return page.get_by_label(re.compile(f"^{words}$"))


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in by the sign-in page that is open."""
    box(page, "User name or e-mail address").fill(name)
    box(page, "Password").fill(password)
    button(page, "Sign in").click()


def scan_by_address(page: Page, code: str) -> None:
    """Open a label as the phone's camera app does."""
    page.goto(f"/Q/{code}")


def fill_report(page: Page, *, symptom: str, detail: str, name: str, photos: Any = None) -> None:
    """Fill the report page that is open: one tap, photos, a sentence, a name."""
    page.get_by_label(symptom, exact=True).check()
    if photos is not None:
        page.locator("input[type=file]").set_input_files(photos)
    box(page, "What happens?").fill(detail)
    box(page, "Your name").fill(name)


def send_report(page: Page) -> None:
    """Send the report page that is open."""
    button(page, "Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Your report has arrived"))


def private_link(page: Page) -> str:
    """Return the private link that the thank-you page shows."""
    return box(page, "Private link to this report").input_value()


def scan(page: Page, code: str) -> None:
    """Type a code and Enter, as fast as a wedge scanner does."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")
