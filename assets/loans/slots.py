"""A place that a room above fills: who sets up video and sound for a meeting.

Loans lie below the service desk. ``helpdesk.app`` puts the desk's answer in once; it makes a
ticket of an approved set-up and returns its number.
"""

from __future__ import annotations

from collections.abc import Callable

from assets.loans.request_models import LoanRequest

Opened = Callable[[LoanRequest], str]
_opened: list[Opened] = []


def fill_setup(opened: Opened) -> None:
    """Let the service desk take orders to set up a meeting; a second call replaces the first."""
    _opened[:] = [opened]


def order_setup(request: LoanRequest) -> str:
    """Order the set-up of an approved request; return the number people know it by."""
    return _opened[0](request) if _opened else ""
