"""Where this room speaks in the rooms below it: the path of approval, and the ways to buy."""

from __future__ import annotations

from assets.stock import access as stock
from assets.stock import slots
from helpdesk.purchases import access as purchases
from helpdesk.purchases import approving
from helpdesk.specifications import slots as spec_slots
from kernel.access import Viewer


def fill() -> None:
    """Register the kind of approval and the way to buy; call it when the application is built."""
    approving.register()
    slots.fill_buying("purchases", _way)
    spec_slots.fill_buying("purchases", _way_of_specification)


def _way(viewer: Viewer) -> str | None:
    return "/purchases/from-shortages" if viewer.may(stock.MOVE) else None


def _way_of_specification(specification_id: int, viewer: Viewer) -> str | None:
    if not viewer.may(purchases.ASK):
        return None
    return f"/purchases/from-specification/{specification_id}"
