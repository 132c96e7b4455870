"""Where this room speaks in the rooms below it: kinds of approval, and figures that are counted."""

from __future__ import annotations

from helpdesk.studies import approving, counting


def fill() -> None:
    """Register both; call it when the application is built."""
    approving.register()
    counting.register()
