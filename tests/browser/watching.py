"""What a page must not do while it is looked at: complain in the console, or break its policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError


class Complaints:
    """Everything that the pages of one browser context complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.said: list[str] = []
        self._silent = False
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._silent:
            self.said.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.said.append(f"{error.page.url if error.page else ''}: {error.error}")

    @contextmanager
    def expected(self) -> Iterator[None]:
        """Overlook what the browser says inside the block, where a story breaks something."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False


def overflow(page: Page) -> list[str]:
    """Return what reaches over the right edge of the window so that the page scrolls sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          const over = [...document.querySelectorAll('body *')].filter(
            (one) => one.getBoundingClientRect().right > room + 1);
          return [`page ${document.documentElement.scrollWidth} in ${room}`,
            ...over.map((one) => one.outerHTML.slice(0, 120))];
        }"""
    )
    return found
