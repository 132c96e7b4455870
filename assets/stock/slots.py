"""Places that rooms above fill: what a number typed at a bin stands for, and how to buy.

Stock lies below tickets and requests. ``helpdesk.app`` puts their answers in; each looks for a
thing of its own kind that the viewer may hand materials out for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockItem, Store
from kernel.access import Viewer

# Takes a quantity (in the base unit) out of a store; called inside a unit of work.
Take = Callable[[Store, StockItem, Decimal, Viewer], StockSlip]


@dataclass(frozen=True)
class Purpose:
    """What materials are taken for.

    Attributes:
        number: as it is printed.
        link: the page to go on to where ``take`` is left out.
        take: takes materials for it, with what the room above keeps of that (its cost).
    """

    number: str
    link: str
    take: Take | None = None


Find = Callable[[str, Viewer], Purpose | None]
_finders: dict[str, Find] = {}
Way = Callable[[Viewer], str | None]
_ways: dict[str, Way] = {}


def fill(room: str, find: Find) -> None:
    """Let a room answer what a number stands for; a second call replaces the first."""
    _finders[room] = find


def find_purpose(number: str, viewer: Viewer) -> Purpose | None:
    """Return what a typed number stands for; None where no room knows it."""
    for find in _finders.values():
        found = find(number, viewer)
        if found is not None:
            return found
    return None


def fill_buying(room: str, way: Way) -> None:
    """Let a room say where what runs short is bought; a second call replaces the first."""
    _ways[room] = way


def way_to_buy(viewer: Viewer) -> str | None:
    """Return the address that makes a purchase of what runs short; None where nobody buys."""
    found = (way(viewer) for way in _ways.values())
    return next((address for address in found if address), None)
