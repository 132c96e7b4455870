"""Messages that rules have just left, on their way to a delivery each."""

from __future__ import annotations

from kernel.work import work
from office.notifications import queries
from office.notifications.rules import routing

A_STRETCH = 50


def route_new() -> int:
    """Decide the ways of the messages that rules have left; return how many there were."""
    routed = 0
    while new := queries.new_ids(A_STRETCH):
        with work():
            routed += sum(routing.route(message_id) for message_id in new)
    return routed
