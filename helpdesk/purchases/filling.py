"""Where this room speaks in the rooms below it: the path of approval, and how stock is bought."""

from __future__ import annotations

from assets.stock import access as stock
from assets.stock import slots
from helpdesk.purchases import approving
from kernel.access import Viewer


def fill() -> None:
    """Register the kind of approval and the way to buy; call it when the application is built."""
    approving.register()
    slots.fill_buying("purchases", _way)


def _way(viewer: Viewer) -> str | None:
    return "/purchases/from-shortages" if viewer.may(stock.MOVE) else None
