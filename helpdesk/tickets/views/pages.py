"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from assets.register import slots
from helpdesk.tickets.views import acts, asker, on_item, photos, queue, technician, tracking
from helpdesk.tickets.views.blueprint import blueprint

PAGES = (acts, asker, photos, queue, technician, tracking)

slots.fill(
    "tickets",
    timeline=on_item.timeline,
    present=on_item.present(),
    acts=on_item.acts,
    repairs=on_item.repairs,
)

__all__ = ["PAGES", "blueprint"]
