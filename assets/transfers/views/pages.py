"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from assets.register import slots
from assets.transfers.views import (
    arriving,
    handovers,
    mine,
    moves,
    on_item,
    overview,
    remarks,
    shipments,
)
from assets.transfers.views.blueprint import blueprint

PAGES = (arriving, handovers, mine, moves, overview, remarks, shipments)

slots.fill("transfers", timeline=on_item.timeline, present=on_item.present(), acts=on_item.acts)

__all__ = ["PAGES", "blueprint"]
