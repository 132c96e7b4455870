"""The page behind the label of a bin, made for a phone: what lies in it, and taking some."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access, slots
from assets.stock.asked import Line
from assets.stock.forms import TakeForm
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBin
from assets.stock.quantities import shown
from assets.stock.queries import items as queries
from assets.stock.rules import slips
from assets.stock.slots import Take
from assets.stock.views.blueprint import blueprint
from assets.stock.views.lines import quantity_of
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
    typed = form.number.data or ""
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return earlier
        one = access.bin_under(viewer(), bin_id, access.TAKE)
        found = slots.find_purpose(typed, viewer())
        if found is None:
            raise Refusal(
                _("There is no open repair or request with the number “%(number)s”.", number=typed),
                field="number",
            )
        here = found.link
        if found.take is not None:
            slip = _take(one, form.quantity.data or "", found.take)
            here = url_for("stock.document", slip_id=slip.id)
            _tell(slip)
        bookkeeping.settle_key(form.act_key, here)
    return here


def _take(one: StockBin, typed: str, take: Take) -> StockSlip:
    if one.item is None:
        raise Refusal(_("Nothing is written down for this bin."))
    quantity, pack = quantity_of(one.item, typed)
    base = slips.base_quantity(Line(one.item, quantity, pack=pack))
    return take(one.store, one.item, base, viewer())


def _tell(slip: StockSlip) -> None:
    line = slip.lines[0]
    said = _(
        "%(count)s %(unit)s taken for %(number)s.",
        count=shown(line.done),
        unit=line.item.unit,
        number=slip.reference,
    )
    flash(said, "ok")
