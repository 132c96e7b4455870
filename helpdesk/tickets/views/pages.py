"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from assets.register import slots
from helpdesk.tickets import slots as ticket_slots
from helpdesk.tickets.categories.models import TicketAnswer
from helpdesk.tickets.models import TicketPhoto
from helpdesk.tickets.rating_models import Rating
from helpdesk.tickets.views import (
    acts,
    asker,
    board,
    for_somebody,
    joined,
    many,
    near,
    news,
    on_item,
    photos,
    queue,
    queue_acts,
    rating,
    targets,
    technician,
    tracking,
)
from helpdesk.tickets.views.blueprint import blueprint

PAGES = (
    acts,
    asker,
    board,
    for_somebody,
    joined,
    many,
    near,
    news,
    photos,
    queue,
    queue_acts,
    rating,
    targets,
    technician,
    tracking,
)

ticket_slots.fill("photos", hanging=TicketPhoto.ticket_id)
ticket_slots.fill("answers", parts=rating.answers, hanging=TicketAnswer.ticket_id)
ticket_slots.fill("rating", parts=rating.given, hanging=Rating.ticket_id)

slots.fill(
    "tickets",
    timeline=on_item.timeline,
    present=on_item.present(),
    acts=on_item.acts,
    repairs=on_item.repairs,
)
slots.fill_ticked("tickets", on_item.ticked_acts)

__all__ = ["PAGES", "blueprint"]
