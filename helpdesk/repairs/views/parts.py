"""Parts from a store: taken by scanning a bin or typing, given back."""

from __future__ import annotations

from decimal import Decimal

from flask.typing import ResponseReturnValue

from assets.stock import access as stock
from assets.stock.models import StockItem
from assets.stock.queries import balances
from assets.stock.queries import items as stock_items
from helpdesk.repairs import access
from helpdesk.repairs.forms import GiveBackForm, PartsForm
from helpdesk.repairs.rules import parts
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets.models import Ticket
from kernel import numbers
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _


@blueprint.route("/tickets/<int:ticket_id>/parts-used", methods=["GET", "POST"])
@permit(access.KEEP)
def take_part(ticket_id: int) -> ResponseReturnValue:
    """Take parts out of a store for a repair."""
    form = PartsForm()
    stores = balances.store_choices(viewer(), stock.TAKE)
    form.store.choices = [(one.id, one.name) for one in stores]
    told = acting.before_money(ticket_id, access.KEEP)

    def verb(ticket: Ticket) -> None:
        place = stock_items.bin_by_code(form.code.data or "")
        store_id = place.store_id if place is not None else form.store.data
        store = stock.store_under(viewer(), store_id, stock.TAKE)
        item = _item(form.code.data or "")
        quantity = _quantity(form.quantity.data or "")
        parts.take(ticket, store, item, quantity, form.cover_why.data or "", by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Take parts from the store"),
        said=_("Taken. The cost stands on the ticket."),
        nothing="" if stores else _("There is no store that you may take parts from."),
        **told,
    )


@blueprint.route("/tickets/<int:ticket_id>/parts-used/<int:cost_id>/back", methods=["GET", "POST"])
@permit(access.KEEP)
def give_part_back(ticket_id: int, cost_id: int) -> ResponseReturnValue:
    """Give parts back that the repair did not need."""
    form = GiveBackForm()

    def verb(ticket: Ticket) -> None:
        cost = access.cost_of(ticket, cost_id)
        quantity, why = _quantity(form.quantity.data or ""), form.why.data or ""
        parts.give_back(ticket, cost, quantity, why, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Give parts back"),
        said=_("Given back. Their cost is off the ticket."),
    )


def _item(typed: str) -> StockItem:
    try:
        return stock_items.find_item(typed)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="code") from refusal


def _quantity(typed: str) -> Decimal:
    try:
        quantity = numbers.read(typed)
    except ValueError as wrong:
        raise Refusal(str(wrong), field="quantity") from wrong
    if quantity is None:
        raise Refusal(_("Please write how many."), field="quantity")
    return quantity
