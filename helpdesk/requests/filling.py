"""Where this room speaks in the rooms below it: its kinds, and the tickets that carry them out."""

from __future__ import annotations

from helpdesk.requests import approving, materials, works
from helpdesk.tickets import slots


def fill() -> None:
    """Register the kinds with code and follow tickets; call it when the application is built."""
    approving.register()
    approving.register_sort(materials.sort())
    approving.register_sort(works.sort())
    slots.fill("requests", moved=works.follow)
