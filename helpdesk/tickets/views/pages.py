"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from helpdesk.tickets.views import acts, asker, photos, technician, tracking
from helpdesk.tickets.views.blueprint import blueprint

PAGES = (acts, asker, photos, technician, tracking)

__all__ = ["PAGES", "blueprint"]
