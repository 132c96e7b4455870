"""All pages of the room, on their blueprint."""

from __future__ import annotations

from assets.maintenance.views import planning, visiting, working
from assets.maintenance.views.blueprint import blueprint

__all__ = ["blueprint", "planning", "visiting", "working"]
