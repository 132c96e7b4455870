"""All pages of loans on one blueprint."""

from assets.loans.views import lists, loan
from assets.loans.views.blueprint import blueprint

__all__ = ["blueprint", "lists", "loan"]
