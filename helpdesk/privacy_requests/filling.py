"""Where this room speaks in the rooms below it: what the law keeps, what tickets hold."""

from __future__ import annotations

from helpdesk.privacy_requests import at_tickets, holdings


def fill() -> None:
    """Register both; call it when the application is built."""
    holdings.fill()
    at_tickets.fill()
