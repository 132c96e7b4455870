"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from assets.register import slots as item_slots
from helpdesk.repairs.rules import approving, costs, ending
from helpdesk.repairs.views import (
    checklists,
    history,
    on_ticket,
    outside,
    papers,
    parts,
    relatives,
    replies,
    served,
    steps,
    times,
    work,
)
from helpdesk.repairs.views import costs as cost_pages
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import slots
from office.approvals import kinds

PAGES = (
    checklists,
    cost_pages,
    history,
    outside,
    papers,
    parts,
    relatives,
    replies,
    served,
    steps,
    times,
    work,
)

slots.fill(
    "repairs",
    parts=on_ticket.parts,
    before_resolving=ending.before_resolving,
    moved=ending.moved,
    told=on_ticket.TOLD,
)
item_slots.fill("repairs", acts=history.acts)
slots.fill_costs(costs.resolved_with)
kinds.register(approving.OUTSIDE_REPAIR)

__all__ = ["PAGES", "blueprint"]
