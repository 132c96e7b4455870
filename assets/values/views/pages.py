"""All pages of the room; importing them puts them on the blueprint."""

from assets.values.views import cards, changes, register, summary
from assets.values.views.blueprint import blueprint

__all__ = ("blueprint", "cards", "changes", "register", "summary")
