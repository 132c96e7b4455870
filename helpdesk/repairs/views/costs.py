"""Costs that are typed, and struck out."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from assets.vendors import queries as vendors
from helpdesk.repairs import access
from helpdesk.repairs.forms import CostForm, WhyForm
from helpdesk.repairs.rules import costs
from helpdesk.repairs.rules.costs import Spent
from helpdesk.repairs.states import CostKind
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _


@blueprint.route("/tickets/<int:ticket_id>/costs", methods=["GET", "POST"])
@permit(access.KEEP)
def spend(ticket_id: int) -> ResponseReturnValue:
    """Write down what was paid; the warranty is shown before (R-R6)."""
    form = CostForm(on_day=clock.today())
    form.offer(vendors.offered())
    told = acting.before_money(ticket_id, access.KEEP)

    def verb(ticket: Ticket) -> None:
        if form.kind.data not in set(CostKind):
            raise Refusal(_("Choose what kind of cost it is."), field="kind")
        spent = Spent(
            kind=CostKind(form.kind.data),
            what=form.what.data or "",
            amount=form.amount.data,
            on_day=form.on_day.data,
            receipt_no=form.receipt_no.data or "",
            vendor_id=form.vendor.data or None,
            cover_why=form.cover_why.data or "",
        )
        costs.spend(ticket, spent, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Write down a cost"),
        said=_("The cost is written down."),
        **told,
    )


@blueprint.route("/tickets/<int:ticket_id>/costs/<int:cost_id>/strike", methods=["GET", "POST"])
@permit(access.KEEP)
def strike(ticket_id: int, cost_id: int) -> ResponseReturnValue:
    """Strike out a cost that was a mistake."""
    form = WhyForm()

    def verb(ticket: Ticket) -> None:
        costs.strike(ticket, access.cost_of(ticket, cost_id), form.why.data or "", by=viewer())

    title = _("Strike out the cost")
    return acting.accepted(
        ticket_id, form, verb, right=access.KEEP, title=title, said=_("Struck out.")
    )
