"""The blueprint with all pages of the room."""

from helpdesk.access_rights.views import cards, lists, reviews, single, systems
from helpdesk.access_rights.views.blueprint import blueprint

__all__ = ["blueprint", "cards", "lists", "reviews", "single", "systems"]
