"""All pages of figures; importing them puts them on the blueprint."""

from assets.register import slots as item_slots
from helpdesk.figures import recurring as counting
from helpdesk.figures.views import advice, overview, recurring, summary
from helpdesk.figures.views.blueprint import blueprint
from helpdesk.tickets import slots as ticket_slots

__all__ = ("advice", "blueprint", "overview", "recurring", "summary")

ticket_slots.fill("advice", parts=advice.on_ticket)
item_slots.fill("recurring", panel=recurring.panel, present=counting.repeats())
