"""The blueprint with all pages of the room."""

from helpdesk.purchases.views import asking, budgets, lists, one, ordering, papers, paying
from helpdesk.purchases.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "budgets", "lists", "one", "ordering", "papers", "paying"]
