"""All pages of labels; importing them puts them on the blueprint."""

from assets.labels.views import layouts, printers, printing, rooms, runs, tags
from assets.labels.views.blueprint import blueprint

__all__ = ("blueprint", "layouts", "printers", "printing", "rooms", "runs", "tags")
