"""Where this room speaks in the rooms below it: its kind of request, and who wants to leave."""

from __future__ import annotations

from helpdesk.access_rights import asking
from helpdesk.access_rights.leaving import still_has_access
from helpdesk.requests import approving
from office.people import leaving


def fill() -> None:
    """Register the kind of request and ask about leavers; call it when the application is built."""
    approving.register_sort(asking.sort())
    leaving.ask("access_rights", still_has_access)
