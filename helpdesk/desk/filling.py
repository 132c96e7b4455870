"""Where the desk speaks in the rooms below it, because it knows all of them."""

from __future__ import annotations

from helpdesk.desk import counted, purposes, trail_words, watched


def fill() -> None:
    """Register everything; call it when the application is built."""
    purposes.fill()
    trail_words.fill()
    watched.fill()
    counted.fill()
