"""All pages of the register; importing them puts them on the blueprint."""

from assets.register.views import bulk, cards, drafts, items, lists, together
from assets.register.views.blueprint import blueprint

__all__ = ("blueprint", "bulk", "cards", "drafts", "items", "lists", "together")
