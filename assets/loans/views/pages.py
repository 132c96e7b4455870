"""All pages of loans on one blueprint."""

from assets.loans.views import (
    borrower,
    deciding,
    handing_in,
    kits,
    ladder,
    late,
    lists,
    loan,
    requests,
    setups,
    shelf,
)
from assets.loans.views.blueprint import blueprint

PAGES = (borrower, deciding, handing_in, kits, ladder, late, lists, loan, requests, setups, shelf)

__all__ = ["PAGES", "blueprint"]
