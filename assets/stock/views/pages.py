"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from assets.stock.views import (
    cards,
    counts,
    documents,
    items,
    listing,
    moving,
    opening,
    places,
    stores,
)
from assets.stock.views.blueprint import blueprint

PAGES = (cards, counts, documents, items, listing, moving, opening, places, stores)

__all__ = ["PAGES", "blueprint"]
