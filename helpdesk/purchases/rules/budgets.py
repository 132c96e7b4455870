"""Budgets: write one down, change it, and refuse or warn where a purchase exceeds it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.register.states import FUND_TYPES
from helpdesk.purchases import queries
from helpdesk.purchases.amounts import MOST_TOTAL
from helpdesk.purchases.models import Budget, Purchase
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

YEARS = range(2500, 2700)


def add(fields: Mapping[str, Any], *, by: Viewer) -> Budget:
    """Write down a budget.

    Args:
        fields: columns of ``Budget``: unit, Buddhist fiscal year, source, project, baht.
        by: who does it.

    Refuses a negative amount, a year that is none, an unknown source, and the same one twice.
    """
    _check(fields)
    made = Budget(**fields)
    db.session.add(made)
    _flush()
    told = {"project": made.project, "amount": made.amount, "fiscal_year": made.fiscal_year}
    audit.record("added", made, by=by, after=told)
    return made


def edit(budget: Budget, changes: Mapping[str, Any], *, by: Viewer) -> None:
    """Change a budget; refuses as ``add`` does."""
    _check(changes)
    audit.record_changes("edited", budget, dict(changes), by=by)
    _flush()


def _check(fields: Mapping[str, Any]) -> None:
    amount = fields["amount"]
    if amount is None or not 0 <= amount <= MOST_TOTAL:
        raise Refusal(
            _("An amount lies between 0 and 999,999,999,999.99 baht. Please correct it."),
            field="amount",
        )
    if fields["fiscal_year"] not in YEARS:
        raise Refusal(_("Please write the fiscal year like 2570."), field="fiscal_year")
    if fields["source"] not in FUND_TYPES:
        raise Refusal(_("Please choose where the money comes from."), field="source")


def _flush() -> None:
    try:
        db.session.flush()  # the database decides between two who write one budget down at once
    except IntegrityError as error:
        if not violates(error, "uq_budget_unit_id", "budget.unit_id"):
            raise
        raise Refusal(
            _("There is a budget of this year, source and project already."), field="project"
        ) from error


def excess(purchase: Purchase) -> Decimal:
    """Return by how many baht a purchase exceeds its budget; zero where it does not."""
    if purchase.budget is None:
        return Decimal(0)
    left = queries.money_of(purchase.budget, without=purchase.id).left
    return max(purchase.total - left, Decimal(0))


def hold_still(purchase: Purchase) -> None:
    """Let nobody else promise money of the same budget until the unit of work ends."""
    db.session.scalar(select(Budget.id).where(Budget.id == purchase.budget_id).with_for_update())


def check(purchase: Purchase) -> None:
    """Refuse a purchase that exceeds a budget which refuses that; others are warned on the page."""
    over = excess(purchase)
    if over and purchase.budget is not None and purchase.budget.refuses:
        raise Refusal(
            _(
                "This exceeds the budget “%(project)s” by %(over)s baht. Choose another budget, "
                "buy less, or ask who keeps the budgets.",
                project=purchase.budget.project,
                over=f"{over:,.2f}",
            ),
            field="budget_id",
        )
