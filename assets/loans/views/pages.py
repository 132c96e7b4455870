"""All pages of loans on one blueprint."""

from assets.loans.rules import approving
from assets.loans.views import handing_in, kits, lists, loan, requests, shelf
from assets.loans.views.blueprint import blueprint
from office.approvals import kinds

PAGES = (handing_in, kits, lists, loan, requests, shelf)

kinds.register(approving.kind())

__all__ = ["PAGES", "blueprint"]
