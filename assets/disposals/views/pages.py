"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from assets.disposals.views import cases, lists, papers, proposals, steps
from assets.disposals.views.blueprint import blueprint

PAGES = (cases, lists, papers, proposals, steps)

__all__ = ["PAGES", "blueprint"]
