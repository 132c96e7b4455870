"""All pages of the room, on their blueprint."""

from __future__ import annotations

from assets.maintenance.views import costs, planning, visiting, working, year
from assets.maintenance.views.blueprint import blueprint

__all__ = ["blueprint", "costs", "planning", "visiting", "working", "year"]
