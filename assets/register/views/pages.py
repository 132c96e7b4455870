"""All pages of the register; importing them puts them on the blueprint."""

from assets.register.views import items, lists
from assets.register.views.blueprint import blueprint

__all__ = ("blueprint", "items", "lists")
