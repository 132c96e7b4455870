"""All pages of figures; importing them puts them on the blueprint."""

from helpdesk.figures.views import advice, overview
from helpdesk.figures.views.blueprint import blueprint
from helpdesk.tickets import slots as ticket_slots

__all__ = ("advice", "blueprint", "overview")

ticket_slots.fill("advice", parts=advice.on_ticket)
