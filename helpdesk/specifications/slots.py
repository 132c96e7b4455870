"""A place that a room above fills: how what an approved specification describes is bought."""

from __future__ import annotations

from collections.abc import Callable

from kernel.access import Viewer

# Returns the address that asks for a purchase of what a specification (its id) describes.
Way = Callable[[int, Viewer], str | None]
_ways: dict[str, Way] = {}


def fill_buying(room: str, way: Way) -> None:
    """Let a room tell the way to buy; a second call replaces the first."""
    _ways[room] = way


def way_to_buy(specification_id: int, viewer: Viewer) -> str | None:
    """Return the address that asks for a purchase; None where no room buys."""
    for way in _ways.values():
        found = way(specification_id, viewer)
        if found is not None:
            return found
    return None
