"""All pages of loans on one blueprint."""

from assets.loans.rules import approving
from assets.loans.views import lists, loan
from assets.loans.views.blueprint import blueprint
from office.approvals import kinds

kinds.register(approving.kind())

__all__ = ["blueprint", "lists", "loan"]
