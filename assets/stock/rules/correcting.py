"""Corrections: a movement with its reason, never an edit of an old one (R-S2)."""

from __future__ import annotations

from decimal import Decimal

from assets.stock import access
from assets.stock.asked import Line
from assets.stock.costs import share
from assets.stock.ledger_models import StockMovement, StockSlip
from assets.stock.models import StockBalance, StockItem, Store
from assets.stock.quantities import checked, checked_value
from assets.stock.rules import ledger, slips
from assets.stock.rules.ledger import Post
from assets.stock.states import Kind, SlipKind
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def adjust(
    store: Store,
    item: StockItem,
    difference: Decimal,
    reason: str,
    *,
    value: Decimal | None = None,
    by: Viewer,
) -> StockSlip:
    """Correct a wrong entry by a movement of its own.

    Args:
        difference: what the balance grows (or, negative, shrinks) by, in the base unit.
        reason: what was wrong.
        value: baht of what comes in; left out, it is worth the average.
        by: needs ``assets:stock:move`` over the unit of the store.

    Refuses a blank reason, a difference of zero, and a balance below zero (R-S1).
    """
    by.demand(access.MOVE, store.unit_id)
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    slips.check_open(store)
    amount = checked(abs(difference), whole=item.whole_only)
    balance = ledger.lock(store, [item])[item.id]
    slip = slips.write(SlipKind.ADJUSTMENT, store, by=by, purpose=reason)
    made = slips.add_line(slip, Line(item, amount), amount, amount)
    post = Post(slip, Kind.ADJUSTED, by, reason)
    moved = change(balance, item, amount if difference > 0 else -amount, post, value=value)
    made.value = abs(sum((one.value for one in moved), Decimal(0)))
    made.left_after = balance.quantity
    db.session.flush()  # who calls shows the document by its id
    slips.record("adjusted", slip, by=by, difference=difference, reason=reason.strip()[:400])
    return slip


def change(
    balance: StockBalance,
    item: StockItem,
    difference: Decimal,
    post: Post,
    *,
    value: Decimal | None = None,
) -> list[StockMovement]:
    """Move a locked balance by a signed difference; more is worth ``value``, else the average."""
    if difference < 0:
        return ledger.take_out(balance, item, -difference, post, promised=Decimal(0))
    worth = checked_value(value) if value is not None else average_worth(balance, difference)
    return [ledger.put_in(balance, difference, worth, post)]


def average_worth(balance: StockBalance, quantity: Decimal) -> Decimal:
    """Return what a quantity is worth at the average; in an empty store at the last price."""
    if balance.quantity:
        return share(balance.average_value, quantity, balance.quantity)
    last = ledger.last_layer(balance)
    return share(last.value, quantity, last.quantity) if last is not None else Decimal(0)
