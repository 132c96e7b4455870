"""Every page of the room, so that one import serves them all."""

from office.cards.views import asking, batches, designs, files, lists, one, scanning
from office.cards.views.blueprint import blueprint

__all__ = ["asking", "batches", "blueprint", "designs", "files", "lists", "one", "scanning"]
