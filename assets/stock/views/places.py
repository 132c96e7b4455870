"""The page behind the label of a bin, made for a phone: what lies in it, and taking some."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access
from assets.stock.asked import Line, People
from assets.stock.forms import TakeForm
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBin
from assets.stock.quantities import shown
from assets.stock.queries import items as queries
from assets.stock.rules import issuing
from assets.stock.views.blueprint import blueprint
from assets.stock.views.lines import quantity_of
from assets.stock.views.moving import purpose_of, with_promises
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/bins/<int:bin_id>", methods=["GET", "POST"])
@permit(access.SEE)
def place(bin_id: int) -> ResponseReturnValue:
    """Show a bin; take some out of it for a repair or a request."""
    form = TakeForm()
    if form.accepted():
        with form.refusals():
            return redirect(_taken(bin_id, form))
    me, one = viewer(), access.bin_under(viewer(), bin_id)
    page = render_template(
        "assets/stock/place.html",
        place=one,
        item=one.item,
        balance=queries.balance_in(one.store, one.item) if one.item else None,
        form=form,
        may_take=me.may(access.TAKE, one.store.unit_id),
        may_move=me.may(access.MOVE, one.store.unit_id),
        shown=shown,
    )
    return page, form.status


def _taken(bin_id: int, form: TakeForm) -> str:
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return earlier
        one = access.bin_under(viewer(), bin_id, access.TAKE)
        slip = _take(one, form)
        said = _(
            "%(count)s %(unit)s taken for %(number)s.",
            count=shown(slip.lines[0].done),
            unit=slip.lines[0].item.unit,
            number=slip.reference,
        )
        here = url_for("stock.document", slip_id=slip.id)
        bookkeeping.settle_key(form.act_key, here)
    flash(said, "ok")
    return here


def _take(one: StockBin, form: TakeForm) -> StockSlip:
    if one.item is None:
        raise Refusal(_("Nothing is written down for this bin."))
    quantity, pack = quantity_of(one.item, form.quantity.data or "")
    found = purpose_of(form.number.data or "")
    reference, line = found.reference, Line(one.item, quantity, pack=pack)
    if reference.ticket_id is not None:
        return issuing.issue_to_ticket(
            one.store, [line], ticket_id=reference.ticket_id, number=reference.number, by=viewer()
        )
    if reference.request_id is None or found.requester is None:
        raise Refusal(_("Nothing can be handed out for this number."), field="number")
    return issuing.issue_to_request(
        one.store,
        with_promises(one.store, [line], reference),
        People(found.requester, found.requester, found.approver),
        request_id=reference.request_id,
        number=reference.number,
        purpose=found.title,
        by=viewer(),
    )
