"""Every page of the room, gathered: importing this module puts them all on the blueprint."""

from __future__ import annotations

from helpdesk.tickets.categories.views import lists, questions
from helpdesk.tickets.categories.views.blueprint import blueprint

PAGES = (lists, questions)

__all__ = ["PAGES", "blueprint"]
