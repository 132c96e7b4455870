"""Work behind a page: it goes on in a thread while the browser may be closed.

The thread opens its own application context and its own units of work, and speaks the language of
the person who began it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask, current_app

from kernel.db import db
from kernel.i18n import language, speaking

SOON_SECONDS = 1.5

_running: dict[str, threading.Thread] = {}


def start(name: str, act: Callable[[], None]) -> None:
    """Begin an act in a thread of its own.

    Args:
        name: what it is about; a second one of this name takes the place of the first to wait for.
        act: does the work and keeps what goes wrong; it opens its own units of work.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's documented way
    spoken = language()

    def run() -> None:
        with app.app_context(), speaking(spoken):
            try:
                act()
            finally:
                db.session.remove()
                _running.pop(name, None)

    thread = threading.Thread(target=run, name=name, daemon=True)
    _running[name] = thread
    thread.start()


def wait(name: str, seconds: float = SOON_SECONDS) -> None:
    """Wait a moment for an act: most are done before a page is drawn."""
    thread = _running.get(name)
    if thread is not None:
        thread.join(seconds)
