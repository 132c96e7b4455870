"""All pages of the room; importing them puts them on the blueprint."""

from assets.register import slots
from assets.values.views import cards, changes, on_item, register, summary
from assets.values.views.blueprint import blueprint

slots.fill("values", acts=on_item.acts)

__all__ = ("blueprint", "cards", "changes", "register", "summary")
