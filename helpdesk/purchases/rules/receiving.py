"""Deliveries: accept a part or all (clause 175), send goods back, and close the purchase.

An accepted line becomes expected items of the register with their numbers and tags, or a receipt
into a store with its cost; the value counts as spent of the budget.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from assets.labels.rules import tags
from assets.register.models import Asset
from assets.register.rules import drafts, lots
from assets.register.states import Lifecycle
from assets.stock.asked import Line, Paper, Reference
from assets.stock.models import Store
from assets.stock.quantities import shown
from assets.stock.rules import correcting, receiving
from helpdesk.purchases import access, amounts, earned, queries
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import (
    DeliveredItem,
    Delivery,
    DeliveryLine,
    OrderLine,
    PurchaseOrder,
)
from helpdesk.purchases.rules import drafting, story
from helpdesk.purchases.states import (
    ACQUIRED,
    PURCHASES,
    Act,
    Action,
    Into,
    Method,
    OrderState,
    State,
    Vat,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

SERIES = "ตร."
# One instalment is the whole order; it is not told apart.
NUMBERED = 2


@dataclass(frozen=True)
class DeliveryDraft:
    """A delivery as typed; ``quantities`` are by the id of the ordered line.

    ``last_days`` are the days materials expire on, by the id of the ordered line.
    """

    document: str
    delivered_on: date
    accepted_on: date
    quantities: Mapping[int, Decimal]
    store: Store | None = None
    warranty_until: date | None = None
    note: str = ""
    last_days: Mapping[int, date] | None = None


def accept(order: PurchaseOrder, draft: DeliveryDraft, *, by: Viewer) -> Delivery:
    """Accept what came of an order.

    Args:
        order: an open one.
        draft: the delivery paper and how many of each line are accepted.
        by: needs ``helpdesk:purchase:buy`` over the unit of the purchase.

    Refuses a delivery without its paper or lines, more than is outstanding, days to come or the
    wrong way round, materials without a store, and a warranty that ends before the acceptance.
    """
    purchase = order.purchase
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    if order.state != OrderState.OPEN or purchase.state != State.ORDERED:
        raise Refusal(_("Nothing of this order is outstanding."))
    _check_paper(draft)
    chosen = [
        (line, _quantity(line, draft.quantities[line.id]))
        for line in order.lines
        if draft.quantities.get(line.id)
    ]
    if not chosen:
        raise Refusal(_("Please write how many came of at least one line."))
    made = _delivery(order, draft, by)
    for line, quantity in chosen:
        value = amounts.with_tax(amounts.rounded(quantity * line.unit_price), Vat(purchase.vat))
        line.received += quantity
        one = DeliveryLine(order_line=line, quantity=quantity, value=value)
        made.lines.append(one)
        made.value += value
    db.session.flush()  # items and receipts name the lines they came with
    _into_register(made, by)
    _into_store(made, draft, by)
    purchase.spent += made.value
    _settle(purchase, order)
    story.note(purchase, Act.ACCEPTED, by=by, words=_said(made))
    told = {"number": made.number, "document": made.document, "value": made.value}
    audit.record("accepted", made, by=by, after=told)
    story.tell_asker(
        purchase,
        "purchase_accepted",
        lambda: _("Delivered and accepted: %(what)s", what=_said(made)) + _instalments_said(made),
    )
    return made


def _check_paper(draft: DeliveryDraft) -> None:
    if not draft.document.strip():
        raise Refusal(_("Please write the number of the delivery paper."), field="document")
    today = clock.today()
    if draft.delivered_on > today:
        raise Refusal(_("This day has not come yet."), field="delivered_on")
    if draft.accepted_on > today:
        raise Refusal(_("This day has not come yet."), field="accepted_on")
    if draft.accepted_on < draft.delivered_on:
        raise Refusal(_("It is accepted after it was delivered."), field="accepted_on")
    if draft.warranty_until is not None and draft.warranty_until < draft.accepted_on:
        raise Refusal(_("The warranty ends after the acceptance."), field="warranty_until")


def _quantity(line: OrderLine, quantity: Decimal) -> Decimal:
    item = line.line.item
    whole = line.line.goes_into == Into.REGISTER or (item is not None and item.whole_only)
    field = f"quantity_{line.id}"
    wanted = amounts.checked_quantity(quantity, whole=whole, field=field)
    if wanted > line.left:
        raise Refusal(
            _("“%(name)s”: %(left)s are outstanding.", name=line.line.what, left=shown(line.left)),
            field=field,
        )
    return wanted


def _delivery(order: PurchaseOrder, draft: DeliveryDraft, by: Viewer) -> Delivery:
    made = Delivery(
        order=order,
        number=bookkeeping.next_number(SERIES),
        document=draft.document.strip()[:80],
        delivered_on=draft.delivered_on,
        accepted_on=draft.accepted_on,
        warranty_until=draft.warranty_until,
        committee=[[one.person.name_th, one.person.position] for one in order.purchase.members],
        note=draft.note.strip()[:500],
        value=Decimal(0),
        accepted_by_id=by.id,
        accepted_by=by.name[:200],
        at=clock.now(),
    )
    db.session.add(made)
    return made


def _into_register(made: Delivery, by: Viewer) -> None:
    """Write the equipment down as expected items; what is left of a division goes to the first."""
    for one in made.lines:
        line = one.order_line.line
        if line.goes_into != Into.REGISTER:
            continue
        fields = _card(made, one)
        prices = lots.shares(one.value, int(one.quantity))
        unit = made.order.purchase.unit
        found: list[Asset] = []
        for price, pieces in _alike(prices):
            found += drafts.reserve(unit, {**fields, "price": price}, pieces, by=by)
        tags.tags_for(found, by=by)
        db.session.add_all(
            DeliveredItem(asset_id=asset.id, delivery_line_id=one.id) for asset in found
        )


def _alike(prices: Sequence[Decimal]) -> list[tuple[Decimal, int]]:
    """Return runs of one price, none longer than the register takes at once."""
    runs: list[tuple[Decimal, int]] = []
    for price in prices:
        if runs and runs[-1][0] == price and runs[-1][1] < drafts.MOST_AT_ONCE:
            runs[-1] = (price, runs[-1][1] + 1)
        else:
            runs.append((price, 1))
    return runs


def _card(made: Delivery, one: DeliveryLine) -> dict[str, Any]:
    purchase, line, vendor = made.order.purchase, one.order_line.line, made.order.vendor
    return {
        "name": line.what,
        "asset_class": line.asset_class,
        "unit_word": line.unit_word,
        "acquired_on": made.accepted_on,
        "fund_type": purchase.budget.source if purchase.budget else "",
        "acquire_method": ACQUIRED[Method(purchase.method)],
        "vendor_name": vendor.name,
        "vendor_address": vendor.address,
        "vendor_phone": vendor.phone,
        "doc_ref": f"{made.number} · {made.document}"[:120],
        "warranty_until": made.warranty_until,
    }


def _into_store(made: Delivery, draft: DeliveryDraft, by: Viewer) -> None:
    """Receive the materials into the store that was chosen, one receipt for all of them."""
    chosen = [one for one in made.lines if one.order_line.line.goes_into == Into.STOCK]
    if not chosen:
        return
    if draft.store is None:
        raise Refusal(_("Please choose the store that takes the materials."), field="store_id")
    last_days = draft.last_days or {}
    lines = []
    for one in chosen:
        item = one.order_line.line.item
        assert item is not None  # noqa: S101 - a line for the store was sent with its item
        expires = last_days.get(one.order_line_id)
        lines.append(Line(item, one.quantity, value=one.value, expires_on=expires))
        one.store_id = draft.store.id
    paper = Paper(made.document, made.delivered_on, made.order.vendor.name)
    purchase = made.order.purchase
    reference = Reference(purchase.number or "", purchase_id=purchase.id)
    slip = receiving.receive(draft.store, lines, paper, reference=reference, by=by)
    made.slip_number = slip.number


def _settle(purchase: Purchase, order: PurchaseOrder) -> None:
    """Say where order and purchase stand after something came."""
    if all(line.left == 0 for line in order.lines):
        order.state = OrderState.DONE
    db.session.flush()  # what has come is added up from the rows
    if all(one.received >= one.approved for one in queries.side_by_side(purchase)):
        purchase.state = PURCHASES.target(State(purchase.state), Action.RECEIVE)


def _said(made: Delivery) -> str:
    lines = ", ".join(
        f"{one.order_line.line.what} × {one.quantity.normalize():f}" for one in made.lines
    )
    return f"{made.number}: {lines}"


def _instalments_said(made: Delivery) -> str:
    """Return which instalments came whole with a delivery, a line for each."""
    order = made.order
    if len(order.instalments) < NUMBERED:
        return ""
    rows = earned.earned(order, queries.deliveries_on(order), None, clock.today())
    return "".join(
        "\n"
        + _(
            "Instalment %(number)s has come: %(amount)s baht.",
            number=one.row.position,
            amount=f"{one.row.amount:,.2f}",
        )
        for one in rows
        if one.done_by == made.id
    )


def close_short(purchase: Purchase, *, by: Viewer) -> None:
    """Say that nothing more will come than has come; the rest of the money is free again.

    Refuses a purchase of which nothing came, and one with an open order.
    """
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    target = PURCHASES.target(State(purchase.state), Action.RECEIVE)
    if any(one.state == OrderState.OPEN for one in queries.orders_of(purchase)):
        raise Refusal(_("An order is still outstanding. Accept it or cancel it first."))
    if not any(one.received for one in queries.side_by_side(purchase)):
        raise Refusal(_("Nothing has come yet. Cancel the orders instead."))
    purchase.state = target
    audit.record("closed", purchase, by=by, after={"number": purchase.number})


def give_back(one: DeliveryLine, quantity: Decimal, why: str, *, by: Viewer) -> None:
    """Send accepted goods back to the vendor; they count as outstanding again.

    The newest expected items of the line are cancelled, materials leave the store by a correction.

    Refuses an empty reason, more than is there, items that are in service already, and a purchase
    that stands in the books.
    """
    order = one.delivery.order
    purchase = order.purchase
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    if purchase.state not in (State.ORDERED, State.RECEIVED):
        raise Refusal(_("This purchase stands in the books; goods go back by a disposal."))
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    line = one.order_line.line
    whole = line.goes_into == Into.REGISTER
    wanted = amounts.checked_quantity(quantity, whole=whole)
    if wanted > one.quantity - one.returned:
        raise Refusal(_("More cannot go back than came with this delivery."), field="quantity")
    _take_out(one, wanted, why, by)
    before = one.value_left
    one.returned += wanted
    one.returned_why = why.strip()[:300]
    one.order_line.received -= wanted
    purchase.spent -= before - one.value_left
    if order.state == OrderState.DONE:
        order.state = OrderState.OPEN
    if purchase.state == State.RECEIVED:
        purchase.state = PURCHASES.target(State.RECEIVED, Action.RETURN)
    words = f"{line.what} × {wanted.normalize():f}: {one.returned_why}"
    story.note(purchase, Act.RETURNED, by=by, words=words)
    audit.record("returned", one.delivery, by=by, after={"why": one.returned_why, "note": words})


def _take_out(one: DeliveryLine, quantity: Decimal, why: str, by: Viewer) -> None:
    line = one.order_line.line
    if line.goes_into == Into.REGISTER:
        expected = [item for item in one.items if item.lifecycle == Lifecycle.DRAFT]
        if len(expected) < quantity:
            raise Refusal(
                _("Items in service cannot go back like this. Take them out of service first.")
            )
        for item in expected[-int(quantity) :]:
            drafts.cancel(item, why, by=by)
    elif line.goes_into == Into.STOCK and line.item is not None:
        store = db.session.get_one(Store, one.store_id)
        correcting.adjust(store, line.item, -quantity, why, by=by)


def register(purchase: Purchase, *, by: Viewer) -> None:
    """Say that everything that came stands in the books; the purchase is finished.

    Refuses while items of it are expected and not put into service.
    """
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    target = PURCHASES.target(State(purchase.state), Action.REGISTER)
    waiting = expected_items(purchase)
    if waiting:
        raise Refusal(
            _(
                "%(number)s items are expected and not put into service yet. Receive them on the "
                "page “Expected items” first.",
                number=waiting,
            )
        )
    purchase.state, purchase.ended_at = target, clock.now()
    story.note(purchase, Act.REGISTERED, by=by)
    audit.record("registered", purchase, by=by, after={"number": purchase.number})


def expected_items(purchase: Purchase) -> int:
    """Return how many items of a purchase are expected and not in service yet."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(DeliveredItem)
            .join(Asset, Asset.id == DeliveredItem.asset_id)
            .join(DeliveryLine, DeliveryLine.id == DeliveredItem.delivery_line_id)
            .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
            .join(PurchaseOrder, PurchaseOrder.id == Delivery.order_id)
            .where(PurchaseOrder.purchase_id == purchase.id, Asset.lifecycle == Lifecycle.DRAFT)
        )
        or 0
    )
