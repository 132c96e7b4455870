"""Orders: from the approved lines to a vendor, in one order or several, and cancelling one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assets.stock.quantities import shown
from assets.vendors.models import Vendor
from helpdesk.purchases import access, amounts, queries
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import OrderLine, PurchaseOrder
from helpdesk.purchases.rules import drafting, instalments, story
from helpdesk.purchases.rules.instalments import InstalmentDraft
from helpdesk.purchases.states import PURCHASES, Act, Action, OrderState, State, Vat
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


@dataclass(frozen=True)
class OrderDraft:
    """An order as typed; ``lines`` holds quantity and price for one (baht) by the line's id."""

    vendor: Vendor
    document: str
    ordered_on: date
    due_on: date | None
    lines: Mapping[int, tuple[Decimal, Decimal]]
    instalments: Sequence[InstalmentDraft] = ()


def order(purchase: Purchase, draft: OrderDraft, *, by: Viewer) -> PurchaseOrder:
    """Order approved lines, all or a part, from a vendor.

    Args:
        purchase: an approved one, or one of which a part is ordered.
        draft: the order.
        by: needs ``helpdesk:purchase:buy`` over the unit of the purchase.

    Refuses an order without number or lines, more than was approved, a day to come, a delivery
    that is due before the order, a vendor that is no longer offered, instalments that do not make
    its whole cost, and orders that together cost more than was approved.
    """
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    target = PURCHASES.target(State(purchase.state), Action.ORDER)
    _check(draft)
    made = PurchaseOrder(
        purchase=purchase,
        vendor=draft.vendor,
        document=draft.document.strip()[:60],
        ordered_on=draft.ordered_on,
        due_on=draft.due_on,
        made_at=clock.now(),
    )
    lines = [
        _line(one, *draft.lines[one.line.id])
        for one in queries.side_by_side(purchase)
        if draft.lines.get(one.line.id, (Decimal(0),))[0]
    ]
    if not lines:
        raise Refusal(_("Please write how many are ordered of at least one line."))
    made.lines.extend(lines)
    cost = instalments.cost_of(made, Vat(purchase.vat))
    made.instalments.extend(instalments.rows(draft.instalments, cost, draft.due_on))
    db.session.add(made)
    db.session.flush()  # the orders together are added up from the rows
    _check_cost(purchase)
    purchase.state = target
    words = f"{draft.vendor.name} · {made.document}"
    story.note(purchase, Act.ORDERED, by=by, words=words)
    told = {"vendor": draft.vendor.name, "document": made.document, "number": purchase.number}
    audit.record("ordered", made, by=by, after=told)
    return made


def _check(draft: OrderDraft) -> None:
    """Refuse what is missing or impossible on the paper of an order."""
    if not draft.document.strip():
        raise Refusal(_("Please write the number of the order."), field="document")
    if draft.ordered_on > clock.today():
        raise Refusal(_("This day has not come yet."), field="ordered_on")
    if draft.due_on is not None and draft.due_on < draft.ordered_on:
        raise Refusal(_("It is delivered after it was ordered."), field="due_on")
    if draft.vendor.retired_on is not None:
        raise Refusal(_("“%(name)s” is retired.", name=draft.vendor.name), field="vendor_id")


def _line(one: queries.SideBySide, quantity: Decimal, price: Decimal) -> OrderLine:
    whole = one.line.goes_into == "register" or (
        one.line.item is not None and one.line.item.whole_only
    )
    wanted = amounts.checked_quantity(quantity, whole=whole, field=f"quantity_{one.line.id}")
    if wanted > one.to_order:
        raise Refusal(
            _(
                "“%(name)s”: %(left)s are approved and not ordered yet.",
                name=one.line.what,
                left=shown(one.to_order),
            ),
            field=f"quantity_{one.line.id}",
        )
    checked = amounts.checked_price(price, field=f"price_{one.line.id}")
    return OrderLine(line=one.line, quantity=wanted, unit_price=checked)


def _check_cost(purchase: Purchase) -> None:
    """Refuse orders that together cost more than was approved."""
    sums = [
        amounts.rounded(line.unit_price * (line.received if ended else line.quantity))
        for one in queries.orders_of(purchase)
        for ended in (one.state == OrderState.CANCELLED,)
        for line in one.lines
    ]
    whole = amounts.total(sums, Vat(purchase.vat)).whole
    if whole > purchase.total:
        raise Refusal(
            _(
                "The orders cost %(sum)s baht, but %(approved)s were approved. Order less, or let "
                "the asker change what was approved.",
                sum=f"{whole:,.2f}",
                approved=f"{purchase.total:,.2f}",
            )
        )


def cancel(made: PurchaseOrder, why: str, *, by: Viewer) -> None:
    """Cancel what has not come of an order; it can be ordered anew elsewhere.

    Refuses an order of which all has come, and an empty reason.
    """
    purchase = made.purchase
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    if made.state != OrderState.OPEN:
        raise Refusal(_("Nothing of this order is outstanding."))
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    made.state, made.ended_why = OrderState.CANCELLED, why.strip()[:300]
    db.session.flush()  # what is still ordered is added up from the rows
    if all(one.ordered == 0 for one in queries.side_by_side(purchase)):
        purchase.state = PURCHASES.target(State(purchase.state), Action.REOPEN)
    said = f"{made.vendor.name} · {made.document}: {made.ended_why}"
    story.note(purchase, Act.ORDER_CANCELLED, by=by, words=said)
    audit.record("cancelled", made, by=by, after={"why": made.ended_why})
