"""Ordering from a vendor, and accepting what came."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access as stock
from assets.stock.quantities import shown
from assets.stock.queries import balances
from assets.vendors import access as vendor_access
from assets.vendors import queries as vendors
from helpdesk.purchases import access, queries
from helpdesk.purchases.forms import AcceptForm, OrderForm, accept_form, order_form
from helpdesk.purchases.order_models import PurchaseOrder
from helpdesk.purchases.queries import SideBySide
from helpdesk.purchases.rules import instalments, ordering, receiving
from helpdesk.purchases.rules.ordering import OrderDraft
from helpdesk.purchases.rules.receiving import DeliveryDraft
from helpdesk.purchases.states import Into
from helpdesk.purchases.views.blueprint import blueprint
from helpdesk.specifications import queries as specifications
from helpdesk.specifications.comparison_models import Offer
from kernel import clock
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/<int:purchase_id>/order", methods=["GET", "POST"])
@permit(access.BUY)
def order(purchase_id: int) -> ResponseReturnValue:
    """Order approved lines from a vendor."""
    purchase = access.purchase_bought(viewer(), purchase_id)
    rows = [row for row in queries.side_by_side(purchase) if row.to_order > 0]
    ids = [row.line.id for row in rows]
    form = order_form(ids)
    form.vendor_id.choices = [(one.id, one.name) for one in vendors.offered()]
    if not form.is_submitted():
        form.ordered_on.data = clock.today()
        if purchase.due_on is not None and purchase.due_on >= clock.today():
            form.due_on.data = purchase.due_on
        _preset(form, rows)
        for draft in instalments.specified(purchase, clock.today()):
            form.instalments.append_entry(draft)
    form.spare_rows()
    if request.form.get("act") != "more" and form.accepted():
        with form.refusals():
            with work():
                there = url_for("purchases.show", purchase_id=purchase_id)
                if bookkeeping.spend_key(form.act_key, there) is None:
                    found = access.purchase_bought(viewer(), purchase_id)
                    ordering.order(found, _order_draft(form, ids), by=viewer())
            flash(_("Ordered. Accept what comes on this page."), "ok")
            return redirect(there)
    chosen = _chosen(rows)
    page = render_template(
        "helpdesk/purchases/order.html",
        one=purchase,
        rows=rows,
        form=form,
        shown=shown,
        chosen=chosen.comparison if chosen else None,
    )
    return page, 200 if request.form.get("act") == "more" else form.status


def _chosen(rows: list[SideBySide]) -> Offer | None:
    """Return the newest offer that a comparison chose for something to be ordered."""
    wanted = [row.line.spec_item_id for row in rows if row.line.spec_item_id]
    found = specifications.winning_offers(wanted) if wanted else ()
    return found[0] if found else None


def _preset(form: OrderForm, rows: list[SideBySide]) -> None:
    """Fill in what is left to order; vendor and prices of the chosen offer where there is one."""
    chosen = _chosen(rows)
    prices = {one.item_id: one.unit_price for one in chosen.prices} if chosen else {}
    if chosen is not None and chosen.vendor.retired_on is None:
        form.vendor_id.data = chosen.vendor_id
    for row in rows:
        line = row.line
        form[f"quantity_{line.id}"].data = row.to_order
        form[f"price_{line.id}"].data = prices.get(line.spec_item_id or 0, line.unit_price)


def _order_draft(form: OrderForm, ids: list[int]) -> OrderDraft:
    return OrderDraft(
        vendor=vendor_access.vendor_known(form.vendor_id.data),
        document=form.document.data or "",
        ordered_on=form.ordered_on.data,
        due_on=form.due_on.data,
        lines=form.lines(ids),
        instalments=form.instalment_drafts(),
    )


@blueprint.route("/orders/<int:order_id>/accept", methods=["GET", "POST"])
@permit(access.BUY)
def accept(order_id: int) -> ResponseReturnValue:
    """Accept what came of an order (clause 175)."""
    found = access.order_bought(viewer(), order_id)
    lines = [line for line in found.lines if line.left > 0]
    ids = [line.id for line in lines]
    expiring = [one.id for one in lines if one.line.item is not None and one.line.item.expires]
    form = accept_form(ids, expiring)
    stores = balances.store_choices(viewer(), stock.MOVE)
    form.store_id.choices = [(0, "–"), *((one.id, one.name) for one in stores)]
    if not form.is_submitted():
        form.delivered_on.data = form.accepted_on.data = clock.today()
        form.store_id.data = stores[0].id if len(stores) == 1 else 0
        for line in lines:
            form[f"quantity_{line.id}"].data = line.left
    if form.accepted():
        with form.refusals():
            with work():
                there = url_for("purchases.show", purchase_id=found.purchase_id)
                if bookkeeping.spend_key(form.act_key, there) is None:
                    again = access.order_bought(viewer(), order_id)
                    draft = _delivery_draft(form, ids, expiring)
                    receiving.accept(again, draft, by=viewer())
            flash(_("Accepted. What came stands below with its numbers."), "ok")
            return redirect(there)
    return _accept_page(found, form), form.status


def _accept_page(found: PurchaseOrder, form: AcceptForm) -> str:
    lines = [line for line in found.lines if line.left > 0]
    return render_template(
        "helpdesk/purchases/accept.html",
        order=found,
        one=found.purchase,
        lines=lines,
        form=form,
        shown=shown,
        to_store=any(line.line.goes_into == Into.STOCK for line in lines),
        to_register=any(line.line.goes_into == Into.REGISTER for line in lines),
    )


def _delivery_draft(form: AcceptForm, ids: list[int], expiring: list[int]) -> DeliveryDraft:
    store_id = form.store_id.data
    days = {one: form[f"expires_{one}"].data for one in expiring}
    return DeliveryDraft(
        document=form.document.data or "",
        delivered_on=form.delivered_on.data,
        accepted_on=form.accepted_on.data,
        quantities={one: form[f"quantity_{one}"].data or Decimal(0) for one in ids},
        store=stock.store_under(viewer(), store_id, stock.MOVE) if store_id else None,
        warranty_until=form.warranty_until.data,
        note=form.note.data or "",
        last_days={one: day for one, day in days.items() if day is not None},
    )
