"""Where this room speaks in the rooms below it: who signs its reports, and what is counted."""

from __future__ import annotations

from helpdesk.surveys import approving, counting


def fill() -> None:
    """Register both; call it when the application is built."""
    approving.register()
    counting.register()
