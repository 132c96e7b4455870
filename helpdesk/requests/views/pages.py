"""The blueprint with all pages of the room."""

from helpdesk.requests.views import asking, carrying, kinds, lists, one, papers
from helpdesk.requests.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "carrying", "kinds", "lists", "one", "papers"]
